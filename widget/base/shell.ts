// Stands for an element whose code is in a part (remote/part.ts): has its tag, keeps its attributes, properties, children and focus, and
// becomes it once the part is there.
import { adoptStyles, css, html, nothing, ReactiveElement, render, type TemplateResult } from 'lit';
import { getIndex, treeOf, Unreachable } from '../remote/client.ts';
import { fileOf, type PartName } from '../remote/lent.ts';
import { loadPart } from '../remote/part.ts';
import { tell } from './element.ts';
import { host } from './host.styles.ts';
import { wordsAt, wordsOf } from './language.ts';
import { looks } from './looks.styles.ts';
import { loadingLook, troubleLook } from './looks.ts';
import { paper } from './paper.styles.ts';
import { tokens } from './tokens.ts';

type Kind = (new () => ReactiveElement) & Pick<typeof ReactiveElement, 'observedAttributes'>;
/** What a part of elements hands over: the class of each of its tags. */
export type Kinds = Readonly<Record<string, Kind>>;

/** Attributes of all elements that come later; one that does not know a name passes it over. */
const attributes = 'src lang draw unit thread vkey organiser witness forget draws threads count every form'.split(' ');

const kinds = new Map<string, Kind>();
const asked = new Map<PartName, Promise<Kinds | null>>();
const toFocus = new WeakSet<Element>();

// A shell becomes an element by running the element's constructors on itself. For that the ground of our own copy of Lit, in the place of
// HTMLElement, gives them the shell instead of something new.
let becoming: Element | null = null;
function Ground(): Element {
  const given = becoming;
  becoming = null;
  return given ?? Reflect.construct(HTMLElement, [], new.target ?? HTMLElement);
}
Ground.prototype = HTMLElement.prototype;
Object.setPrototypeOf(ReactiveElement, Ground);

/** Where an element stands: in the page, or inside another element of ours, and then perhaps only loaded once it is `seen`. */
type Place = 'page' | 'inner' | 'seen';

/** The class of a tag whose element comes with a part. */
export function shellOf(part: PartName, place: Place = 'page'): CustomElementConstructor {
  return class extends HTMLElement {
    static readonly observedAttributes = attributes;

    constructor() {
      super();
      become(this);
    }

    connectedCallback(): void {
      const element = become(this);
      if (element !== null) element.connectedCallback();
      else if (place === 'seen') whenSeen(this, () => arrive(this, part, place));
      else arrive(this, part, place);
    }

    disconnectedCallback(): void {
      become(this)?.disconnectedCallback();
    }

    attributeChangedCallback(name: string, old: string | null, value: string | null): void {
      // What was set before it becomes the element is read then.
      if (this instanceof ReactiveElement) this.attributeChangedCallback(name, old, value);
    }

    override focus(): void {
      toFocus.add(this);
    }
  };
}

/** Loads a part before its elements are there. */
export function fetchKinds(part: PartName): Promise<Kinds | null> {
  const known = asked.get(part);
  if (known !== undefined) return known;
  const coming = loadPart<Kinds>(part).then((found) => {
    if (found === null) asked.delete(part);
    for (const [tag, kind] of Object.entries(found ?? {})) {
      void kind.observedAttributes; // Lit finishes a class when this is read
      kinds.set(tag, kind);
    }
    return found;
  });
  asked.set(part, coming);
  return coming;
}

/** The element that a shell is by now, null while the part is not there. */
function become(shell: HTMLElement): ReactiveElement | null {
  const kind = kinds.get(shell.localName);
  if (kind === undefined) return null;
  if (shell instanceof kind) return shell;
  shell.shadowRoot?.replaceChildren();
  Object.setPrototypeOf(shell, kind.prototype);
  becoming = shell;
  const element = new kind();
  for (const { name, value } of shell.attributes) element.attributeChangedCallback(name, null, value);
  return element;
}

async function arrive(shell: HTMLElement, part: PartName, place: Place): Promise<void> {
  if (shell instanceof ReactiveElement) return;
  const isFilled = place === 'page' && shell.childElementCount > 0;
  show(shell, place, isFilled ? nothing : loadingLook(wordsAt(shell).state.loadingList));
  if (place === 'page') readAhead(shell);
  if ((await fetchKinds(part)) === null) {
    await wordsOf(shell);
    if (shell instanceof ReactiveElement) return;
    show(
      shell,
      place,
      refused(shell, part, () => arrive(shell, part, place)),
    );
    if (place === 'page') tell(shell, 'sundial:failed', { code: 'noPart' });
    return;
  }
  // Where it was moved meanwhile, it was here before, or the page calls it.
  if (!shell.isConnected || shell instanceof ReactiveElement) return;
  const element = become(shell);
  element?.connectedCallback();
  if (toFocus.delete(shell)) element?.focus();
}

// In a box of its own, which goes when Lit takes the root over.
function show(shell: HTMLElement, place: Place, look: TemplateResult | typeof nothing): void {
  const root = shell.shadowRoot ?? shell.attachShadow({ mode: 'open' });
  adoptStyles(root, place === 'page' ? [tokens, host, paper, looks, outerLook] : [paper, looks, innerLook]);
  const box = document.createElement('div');
  root.replaceChildren(box);
  render(html`<div class="s" lang=${wordsAt(shell).lang}>${look}<slot></slot></div>`, box);
}

/** The file that every element of a page begins with comes beside the part. What is wrong with it the element tells. */
function readAhead(shell: HTMLElement): void {
  const tree = treeOf(shell.getAttribute('src'));
  if (tree === null) return;
  getIndex(tree, new AbortController().signal).catch((error) => {
    if (!(error instanceof Unreachable)) throw error;
  });
}

/** Says that the part did not come, and where the same can be read without it. */
function refused(shell: HTMLElement, part: PartName, again: () => void): TemplateResult {
  const words = wordsAt(shell);
  const { state } = words;
  const [src = '', draw = '', unit = ''] = ['src', 'draw', 'unit'].map((name) => shell.getAttribute(name)?.trim());
  const page = draw && unit ? `d/${draw}/${unit}.html` : 'fragment/feed.html';
  const tree = treeOf(src);
  return troubleLook(state.noPart, state.noPartHow(fileOf(part)), words, again, tree === null ? null : tree + page);
}

/** About as high as a form. */
const innerLook = css`
  :host { display: block; }
  .bones { min-height: 360px; }
`;

/** As high as the carousel will be, which stands among other things of a page. */
const outerLook = css`
  :host(sundial-carousel) .bones { height: 0; min-height: 420px; overflow: hidden; }
  @container (min-width: 720px) { :host(sundial-carousel) .bones { min-height: 240px; } }
`;

function whenSeen(element: Element, then: () => void): void {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      then();
    },
    { rootMargin: '400px' },
  );
  watch.observe(element);
}
