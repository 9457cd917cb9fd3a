/** The rooms that the widget must live in: pages as portals have them. Each is a document around the same two elements. */
import { strictPolicy } from '../site.ts';
import type { Supply } from './supplies.ts';

export interface Room {
  readonly name: string;
  /** Ends the sentence “the diary is read, checked and answered …”. */
  readonly where: string;
  readonly needs?: Supply;
  /** Attributes of the root element. */
  readonly root?: string;
  /** Class of the body. */
  readonly dress?: string;
  /** Files of the supplies, each `packages/…` or `prototype/…`. */
  readonly sheets?: readonly string[];
  readonly scripts?: readonly string[];
  /** The page's own style and script, served as files. */
  readonly css?: string;
  readonly script?: string;
  /** What stands around the elements; `{{here}}` is where they are. */
  readonly around?: string;
  /** The page's policy; `{{other}}` is the host that has the widget. Without it what a design system itself needs. */
  readonly policy?: string;
  /** The script comes from another host, and so do the diaries. */
  readonly isAbroad?: boolean;
  /** Its script says with `data-still` on the root element when it is done with the elements. */
  readonly isRestless?: boolean;
  /** How many times larger it is than the plain page. */
  readonly zoom?: number;
  /** Further scripts after the widget's own, of the same host. */
  readonly after?: readonly string[];
}

const common =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; report-uri /report";

/** What all elements are told by a page that wants to be obeyed. `all` leaves direction and custom properties alone. */
const hostile = `
* { all: unset !important; color: red !important; font: italic 31px/4 cursive !important; letter-spacing: 9px !important;
  word-spacing: 2em !important; text-transform: uppercase !important; text-indent: 4em !important; text-align: center !important;
  text-align-last: right !important; text-decoration: line-through !important; text-shadow: 2px 2px red !important;
  text-emphasis: dot !important; white-space: nowrap !important; text-wrap: nowrap !important; word-break: break-all !important;
  line-break: anywhere !important; hyphens: auto !important; tab-size: 1 !important; quotes: none !important;
  -webkit-text-fill-color: lime !important; -webkit-text-stroke: 1px red !important; font-kerning: none !important;
  font-variant: small-caps !important; font-stretch: 50% !important; font-feature-settings: "smcp" !important;
  list-style: square inside !important; border-collapse: collapse !important; border-spacing: 9px !important;
  caption-side: bottom !important; empty-cells: hide !important; fill: red !important; stroke: red !important;
  stroke-width: 9px !important; text-anchor: end !important; accent-color: red !important; caret-color: red !important;
  visibility: hidden !important; cursor: none !important; user-select: none !important; pointer-events: none !important;
  direction: rtl !important; unicode-bidi: bidi-override !important; writing-mode: vertical-rl !important;
  text-orientation: upright !important; float: right !important; position: absolute !important; overflow: hidden !important;
  opacity: .3 !important; transform: rotate(9deg) !important; rotate: 9deg !important; scale: .5 !important;
  translate: 40px !important; filter: blur(3px) !important; mix-blend-mode: difference !important;
  mask: linear-gradient(red, transparent) !important; clip-path: inset(40%) !important; perspective: 90px !important;
  contain: strict !important; content-visibility: hidden !important; height: 40px !important; max-height: 40px !important;
  padding: 20px !important; border: 9px solid red !important; outline: 9px solid red !important; 
  columns: 3 !important; aspect-ratio: 1 !important; animation: spin 1s infinite !important;
  transition: all 9s !important; }
@keyframes spin { to { transform: rotate(1turn); opacity: 0 } }
html, body, #diary, #feed { all: revert !important; background: #fff !important; }
head, head * { display: none !important; }
button, ul, li, a, form, input, textarea, p, h2, h3, section, header { display: none !important; }`;

const page = (inner: string): string => `<main>${inner}</main>`;

export const rooms: readonly Room[] = [
  { name: 'plain', where: 'on a plain page under a strict policy with Trusted Types', policy: strictPolicy },
  {
    name: 'uswds',
    where: 'on a page of the U.S. Web Design System',
    needs: 'packages',
    sheets: ['packages/@uswds/uswds/dist/css/uswds.min.css'],
    scripts: ['packages/@uswds/uswds/dist/js/uswds.min.js'],
    around:
      '<div class="usa-overlay"></div><header class="usa-header usa-header--basic"><div class="usa-nav-container"><div class="usa-navbar"><div class="usa-logo"><em class="usa-logo__text">Portal</em></div></div></div></header><main class="grid-container usa-prose usa-section">{{here}}</main>',
  },
  {
    name: 'govuk',
    where: 'on a page of GOV.UK Frontend',
    needs: 'packages',
    root: 'class="govuk-template"',
    dress: 'govuk-template__body js-enabled govuk-frontend-supported',
    sheets: ['packages/govuk-frontend/dist/govuk/govuk-frontend.min.css'],
    script:
      "import('/room/packages/govuk-frontend/dist/govuk/govuk-frontend.min.js').then(({ initAll }) => initAll());",
    around:
      '<a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">Skip</a><div class="govuk-width-container"><main class="govuk-main-wrapper govuk-body" id="main">{{here}}</main></div>',
  },
  {
    name: 'dsfr',
    where: 'on a page of the Système de Design de l’État',
    needs: 'packages',
    root: 'data-fr-scheme="light"',
    sheets: ['packages/@gouvfr/dsfr/dist/dsfr.min.css'],
    scripts: ['packages/@gouvfr/dsfr/dist/dsfr.module.min.js'],
    around:
      '<header role="banner" class="fr-header"><div class="fr-container"><p class="fr-logo">République</p></div></header><main class="fr-container fr-text--lg">{{here}}</main>',
  },
  {
    name: 'bootstrap',
    where: 'on a page of Bootstrap 3 with jQuery 1.12',
    needs: 'packages',
    sheets: ['packages/bootstrap/dist/css/bootstrap.min.css', 'packages/bootstrap/dist/css/bootstrap-theme.min.css'],
    scripts: ['packages/jquery/dist/jquery.min.js', 'packages/bootstrap/dist/js/bootstrap.min.js'],
    around:
      '<nav class="navbar navbar-default navbar-static-top"></nav><div class="container well lead text-uppercase">{{here}}</div>',
    // jQuery 1.12 tries at its start what inline styles and handlers do.
    policy: common.replace(/(script|style)-src 'self'/g, "$& 'unsafe-inline'"),
  },
  {
    name: 'prototype',
    where: 'on a page whose prototype.js 1.7 changes Array and Function, and with a stranger in every object',
    needs: 'prototype',
    scripts: ['prototype/prototype.js'],
    // It tries at its start what inline styles and handlers do.
    policy: common.replace(/(script|style)-src 'self'/g, "$& 'unsafe-inline'"),
    script: 'Object.prototype.stranger = 1;',
  },
  {
    name: 'abroad',
    where: 'with the script and the diaries of another host under script-src and connect-src of that host alone',
    isAbroad: true,
    policy:
      "default-src 'none'; style-src 'self'; script-src {{other}}; connect-src {{other}}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types sundial; report-uri /report",
  },
  {
    name: 'hostile',
    where: 'under rules with !important for all elements',
    css: hostile,
    around: '{{here}}',
    policy: strictPolicy,
  },
  { name: 'root10', where: 'with a root font size of 10 px', css: 'html { font-size: 10px }', policy: strictPolicy },
  { name: 'root24', where: 'with a root font size of 24 px', css: 'html { font-size: 24px }', policy: strictPolicy },
  { name: 'rtl', where: 'on a page written from right to left', root: 'dir="rtl"', policy: strictPolicy },
  {
    name: 'shadow',
    where: 'inside the shadow root of another element',
    policy: strictPolicy,
    script: `for (const place of document.querySelectorAll('#diary, #feed'))
  place.attachShadow({ mode: 'open' }).append(...place.childNodes);`,
  },
  {
    name: 'moved',
    isRestless: true,
    where: 'after it was moved about while it started',
    policy: strictPolicy,
    script: `const other = document.createElement('section');
document.body.append(other);
let left = 24;
const move = () => {
  if (!document.getElementById('diary')) return;
  for (const id of ['diary', 'feed']) {
    const place = document.getElementById(id), element = (left % 2 ? other : place).querySelector('sundial-' + id);
    if (element) (left % 2 ? place : other).append(element);
  }
  left -= 1;
  if (left > 16) queueMicrotask(move);
  else if (left > 0) setTimeout(move, 7);
  else document.documentElement.dataset.still = '';
};
move();`,
  },
  {
    name: 'single',
    where: 'after a page that navigates by itself left it behind, and made it anew on the way back',
    isRestless: true,
    policy: strictPolicy,
    script: `const main = document.querySelector('main');
const draw = () => {
  const { view } = history.state ?? {};
  if (view === 'other') main.replaceChildren(document.createTextNode('另一页'));
  else main.replaceChildren(...places.map((place) => place.cloneNode(true)));
};
let places = [];
addEventListener('popstate', () => {
  draw();
  document.documentElement.dataset.still = '';
});
main.addEventListener('sundial:ready', () => {
  places = [...main.children];
  history.pushState({ view: 'other' }, '', '/room/single/other');
  draw();
  setTimeout(() => history.back(), 100);
}, { once: true });`,
  },
  {
    name: 'two',
    where: 'with two versions of the script on one page',
    policy: strictPolicy,
    after: ['/older/sundial.js'],
  },
  {
    name: 'zoomed',
    where: 'in a page with zoom: 2',
    zoom: 2,
    css: 'body { zoom: 2; margin: 0; width: 800px }',
    policy: strictPolicy,
  },
];

/** Document of a room; `tags` are the elements, `origin` the host of the widget (empty: the room's own). */
export function documentOf(room: Room, tags: string, origin: string): string {
  const sheets = [...(room.sheets ?? []).map((one) => `/room/${one}`), `/room/${room.name}.css`];
  const early = (room.scripts ?? []).map(
    (one) => `<script ${one.includes('.module.') ? 'type="module"' : 'defer'} src="/room/${one}"></script>`,
  );
  const own = room.script === undefined ? [] : [`<script type="module" src="/room/${room.name}.js"></script>`];
  const widget = ['/sundial.js', ...(room.after ?? [])].map(
    (one) => `<script type="module" crossorigin src="${origin}${one}"></script>`,
  );
  return `<!doctype html><html lang="zh-CN" ${room.root ?? ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${room.name}</title>${sheets
    .map((one) => `<link rel="stylesheet" href="${one}">`)
    .join('')}${[...early, ...own, ...(tags === '' ? [] : widget)].join('')}</head><body class="${room.dress ?? ''}">${(
    room.around ?? page('{{here}}')
  ).replace('{{here}}', tags)}</body></html>`;
}

/** Every room gives the elements the same width on white, and nothing else. */
export const placeCss = `html body #diary, html body #feed { all: revert !important; display: block !important; box-sizing: border-box !important;
  width: 800px !important; max-width: 100% !important; margin: 0 !important; padding: 0 !important; background: #fff !important; }`;

/** The policy of a room. */
export const policyOf = (room: Room, origin: string): string => (room.policy ?? common).replaceAll('{{other}}', origin);
