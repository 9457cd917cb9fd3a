// A draw for readers who know no cryptography: the list as it was frozen, who attested it, the numbers, the lot run again, the result
// beside the record (design.md 6, look.md 5 and 7, verification.md 7 to 9).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DrawHistory, PublicIndex } from '../../../shared/api/published.ts';
import { clockOf, drawNames, weekNames } from '../../base/dates.ts';
import { emptyLook, emptyStyles } from '../../base/empty-look.ts';
import { host } from '../../base/host.styles.ts';
import { icon, type Sign } from '../../base/icons.ts';
import { kicker } from '../../base/kicker.ts';
import { wordsOf } from '../../base/language.ts';
import { looks } from '../../base/looks.styles.ts';
import { loadingLook, offlineLook, troubleLook } from '../../base/looks.ts';
import { pause } from '../../base/more-icons.ts';
import { OuterElement } from '../../base/outer-element.ts';
import { paper } from '../../base/paper.styles.ts';
import { type Setting, settingOf } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { HashController } from '../../controllers/hash.ts';
import { LoadController, type Loaded } from '../../controllers/load.ts';
import { DrawCheckController } from '../../controllers/verify-draw.ts';
import { drawIn } from '../../locales/draw.ts';
import { styles as lineStyles } from '../../parts/verification/verification.styles.ts';
import { sayFailure } from '../../remote/checks.ts';
import { getIndex, treeOf, Unreachable } from '../../remote/client.ts';
import { getDraw, getHistory } from '../../remote/draws.ts';
import { styles } from './draw.styles.ts';
import { historyView } from './history.ts';
import { type ReadDraw, readDraw } from './read-draw.ts';
import { framesOf, groupsView, outcomeView, pickOf, type ReplayView, spoken, twinView, valuesView } from './replay.ts';
import { markOf, reachOf, stagesView } from './stages.ts';

interface Shown {
  readonly tree: string;
  readonly index: PublicIndex;
  /** Null before the first draw. */
  readonly read: ReadDraw | null;
  readonly history: DrawHistory | null;
  readonly loadedAt: number;
  readonly stale: boolean;
  readonly keptAt: number | null;
}

const stepMs = 600;
const pins = ['vkey', 'organiser', 'witness'];
/** Steps of verification.md 9 that each row of the opened check tells. */
const rows: readonly (readonly [from: number, to: number])[] = [
  [0, 2],
  [3, 4],
  [5, 6],
  [7, 7],
  [8, 8],
  [9, 9],
  [10, 10],
];

/** @element sundial-draw
 *  @attr src address of the public tree
 *  @attr draw id of the draw; else the newest
 *  @attr unit id of a unit to point out
 *  @attr vkey pinned verifier key of the log, one or two
 *  @attr organiser pinned key id of leaf 0, one or two
 *  @attr witness vkeys of outside witnesses
 *  @attr forget nothing of the log is remembered in the reader's browser
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the draw is painted
 *  @fires sundial:verified every check passed with pinned keys
 *  @fires sundial:failed a check failed, or the draw could not be loaded
 *  @csspart title verification notice stages replay history button
 *  @slot what the page shows until the draw is there */
export class SundialDraw extends OuterElement {
  static override properties: PropertyDeclarations = {
    ...OuterElement.properties,
    draw: {},
    unit: {},
    vkey: {},
    organiser: {},
    witness: {},
    forget: { type: Boolean },
    chosen: { state: true },
    frame: { state: true },
    playing: { state: true },
  };
  static override styles = [tokens, host, paper, looks, emptyStyles, lineStyles, styles];

  declare draw: string | null;
  declare unit: string | null;
  declare vkey: string | null;
  declare organiser: string | null;
  declare witness: string | null;
  declare forget: boolean;
  /** The draw that the reader chose. */
  declare chosen: string | null;
  /** Frames of the replay that are shown. */
  declare frame: number;
  declare playing: boolean;
  readonly #load = new LoadController<Shown>(this);
  readonly #check = new DrawCheckController(this);
  #told: Loaded<Shown> | null = null;
  #timer = 0;

  constructor() {
    super();
    new HashController(this, () => this.#followHash());
    this.draw = this.unit = this.vkey = this.organiser = this.witness = this.chosen = null;
    this.frame = Number.POSITIVE_INFINITY;
    this.playing = this.forget = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#followHash();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('src') && !changed.has('draw') && !changed.has('chosen')) return;
    if (this.hasUpdated && changed.has('draw')) this.chosen = null;
    const tree = treeOf(this.src);
    if (tree === null || this.wrong() !== null) {
      this.#load.reset();
      return;
    }
    const draw = this.chosen ?? this.draw?.trim() ?? null;
    this.#pause();
    this.frame = Number.POSITIVE_INFINITY;
    this.#check.reset();
    this.#load.run(async (signal) => (await Promise.all([loadDraw(tree, draw, signal), wordsOf(this)]))[0]);
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    const { now } = this.#load;
    const isNew = now !== this.#told;
    this.#told = now;
    if (isNew && now.state === 'failed') this.tell('sundial:failed', { code: now.trouble });
    if (now.state !== 'ready') return;
    const { read } = now.value;
    if (isNew) this.tell('sundial:ready', read === null ? {} : { draw: read.file.draw });
    if (read === null) return;
    if (isNew || pins.some((name) => changed.has(name))) this.#begin(now.value, read);
  }

  protected override body() {
    const { now } = this.#load;
    const { words } = this;
    const says = drawIn(words.lang);
    switch (now.state) {
      case 'idle':
      case 'loading':
        return this.childElementCount > 0 ? html`<slot></slot>` : loadingLook(says.loading);
      case 'failed':
        return html`${troubleLook(says.failed, words.state[now.trouble], words, () => this.#load.again(), null)}<slot></slot>`;
      case 'ready':
        return now.value.read === null ? emptyLook(says.none, says.noneHow) : this.#shown(now.value, now.value.read);
    }
  }

  #shown(shown: Shown, read: ReadDraw): TemplateResult {
    const { words } = this;
    const says = drawIn(words.lang);
    const setting = settingOf(shown.index, words);
    const check = this.#check.of(read.file);
    const { week, run } = drawNames(read.file.draw);
    const kept = shown.stale ? shown.keptAt : shown.loadedAt;
    const at = kept === null ? null : clockOf(kept / 1000, setting.offset, words);
    const view: ReplayView = { read, index: shown.index, setting, check, frame: this.frame, unit: this.unit };
    return html`${this.online && !shown.stale ? nothing : offlineLook(at, words)}<header>${kicker(setting, html`<span class="num">${says.kicker(weekNames(week, words).name, run)}</span>`)}<h2 class="title" part="title" tabindex="-1">${says.heading}</h2><p class="byline">${says.lead}</p></header>
${this.#line(read, shown.tree)}${this.#notices(read, setting)}${
  read.voided === null
    ? nothing
    : html`<p class="msg amber void">${icon('amber')}<span><b>${says.voided(read.voided.void)}</b>${says.voidedHow}</span></p>`
}<div part="stages">${stagesView(read, check, setting, shown.loadedAt / 1000)}</div>${this.#replay(view, shown)}${
      shown.history === null
        ? nothing
        : html`<div part="history">${historyView({ history: shown.history, units: shown.index.units, read, setting, unit: this.unit, open: this.#open })}</div>`
    }`;
  }

  #line(read: ReadDraw, tree: string): TemplateResult {
    const says = drawIn(this.words.lang).check;
    const check = this.#check.of(read.file);
    const [look, sign, say, how] = this.#look(read);
    const reach = reachOf(read);
    const material = `${tree}draw/${read.file.draw}.json`;
    // Two templates, so that the end of the check is new text and not the old one moved.
    const parts = say.map((part) => html`<span class="nb">${part}</span><wbr>`);
    const said =
      check.state === 'running' ? html`<span class="say">${parts}</span>` : html`<span class="say end">${parts}</span>`;
    return html`<details class=${`verify line ${look}`} part="verification" ?open=${check.state === 'failed'}><summary><span class="sign">${icon(sign)}</span>${said}<span class="more">${icon('down')}</span></summary><div class="body">${how === '' ? nothing : html`<p class="how">${how}</p>`}<ol class="steps">${rows.map(
      ([from, to], n) => {
        const [mark, sign] = from > reach ? (['', 'pend'] as const) : markOf(check, from, to);
        return html`<li class=${mark}>${icon(sign, true)}<span>${says.steps[n]}</span></li>`;
      },
    )}</ol><p class="meta">${says.how} <a href=${material} target="_blank" rel="noopener">${says.material}</a></p></div></details><p class="vh" role="status">${check.state === 'running' ? '' : say.join('')}</p>`;
  }

  #look(read: ReadDraw): readonly [look: string, sign: Sign, say: readonly string[], how: string] {
    const { check: words, lang } = this.words;
    const says = drawIn(lang).check;
    const check = this.#check.of(read.file);
    switch (check.state) {
      case 'running':
        return ['idle', 'pend', says.running, ''];
      case 'notChecked':
        return ['off', 'idle', words.notChecked, says.notCheckedHow];
      case 'unfinished':
        return ['amber', 'amber', words.unfinished, words.unfinishedHow];
      case 'failed': {
        const failure = check.failure ?? 'BUNDLE_MALFORMED';
        return ['bad', 'fail', words.failed(sayFailure(failure, lang).name), says.failedHow(failure)];
      }
      case 'passed': {
        if (!check.pinned) return ['amber', 'amber', words.notPinned, `NOT_PINNED · ${words.notPinnedHow}`];
        if (check.notices.includes('DRAND_UNCHECKED')) return ['amber', 'amber', words.amberDrand, ''];
        const say = read.voided ? says.void : read.file.publishedAt === null ? says.sofar : says.passed;
        return ['ok', 'ok', say, ''];
      }
    }
  }

  #notices(read: ReadDraw, setting: Setting): readonly TemplateResult[] {
    const says = drawIn(this.words.lang);
    const line = (text: unknown): TemplateResult =>
      html`<p class="notice" part="notice">${icon('amber', true)}<span>${text}</span></p>`;
    return read.notices.map((notice) => {
      switch (notice) {
        case 'DRAW_RERUN':
          return line(
            html`${says.rerun}${read.voids.map(({ draw, reason }, n) => html`${n === 0 ? '' : '\u00a0· '}<button class="link" @click=${() => this.#open(draw)}>${reason}</button>`)}`,
          );
        case 'NONCE_NOT_REVEALED': {
          const missing = read.list.list.filter(({ unit }) => !read.draw?.nonces.includes(unit));
          return line(says.notice.NONCE_NOT_REVEALED(this.words.listed(missing.map(({ unit }) => setting.unit(unit)))));
        }
        case 'LOCK_MINORITY':
          return line(says.notice.LOCK_MINORITY);
        default:
          return line(says.notice.FROZEN_EARLY);
      }
    });
  }

  #replay(view: ReplayView, shown: Shown): TemplateResult {
    const { read, setting } = view;
    const says = drawIn(this.words.lang).replay;
    const drawn = read.draw !== null;
    const canRun = framesOf(read) > 0;
    return html`<section class="replay" part="replay"><h3>${canRun ? says.heading : says.list}${canRun ? html`<small>${says.at(this.frame >= framesOf(read) ? 0 : pickOf(this.frame), read.steps?.length ?? 0)}</small>` : nothing}</h3>${canRun ? this.#controls(read) : nothing}${drawn ? valuesView(view) : nothing}${groupsView(view)}${
      drawn ? outcomeView(view) : nothing
    }${
      read.file.published.length === 0
        ? nothing
        : html`<p class="label after">${says.read}${read.draw?.drawn.map(({ unit }, n) => html`${n > 0 ? this.words.listed(['', '']) : nothing}<a href=${`${shown.tree}d/${read.file.draw}/${unit}.html`} @click=${(event: MouseEvent) => this.#toDiary(event, unit)}>${setting.unit(unit)}</a>`)}</p>`
    }${twinView(view)}<p class="vh" role="status">${canRun && this.frame < Number.POSITIVE_INFINITY ? spoken(view) : ''}</p></section>`;
  }

  #controls(read: ReadDraw): TemplateResult {
    const says = drawIn(this.words.lang).replay;
    const isEnd = this.frame >= framesOf(read);
    const calm = isCalm();
    const run = isEnd ? says.run : this.playing ? says.pause : says.goOn;
    return html`<div class="ctl no-print">${
      calm
        ? nothing
        : html`<button class="btn run" part="button" @click=${() => this.#run(read)}>${this.playing ? icon(pause) : nothing}${run}</button>`
    }<button class=${calm ? 'btn step' : 'btn quiet step'} part="button" @click=${() => this.#step(read)}>${isEnd ? says.stepwise : says.step}</button><button class=${isEnd ? 'btn quiet yet' : 'btn quiet'} part="button" @click=${this.#skip}>${says.skip}</button></div>`;
  }

  #run(read: ReadDraw): void {
    if (this.playing) {
      this.#pause();
      return;
    }
    if (this.frame >= framesOf(read)) this.frame = 0;
    this.playing = true;
    this.#timer = window.setTimeout(() => this.#tick(read), stepMs);
  }

  #tick(read: ReadDraw): void {
    this.#forward(read);
    if (this.frame < framesOf(read)) this.#timer = window.setTimeout(() => this.#tick(read), stepMs);
    else this.#pause();
  }

  #step(read: ReadDraw): void {
    this.#pause();
    if (this.frame >= framesOf(read)) this.frame = 0;
    else this.#forward(read);
  }

  /** One frame on; what is new comes into view. */
  #forward(read: ReadDraw): void {
    this.frame += 1;
    const end = this.frame >= framesOf(read);
    const held = end && this.renderRoot.querySelector('.ctl .btn:last-of-type:focus') !== null;
    this.updateComplete.then(() => {
      this.renderRoot.querySelector(end ? '.outcome' : '.sum.on')?.scrollIntoView({ block: 'nearest' });
      if (held) this.#focusFirst();
    });
  }

  readonly #skip = (): void => {
    this.#pause();
    this.frame = Number.POSITIVE_INFINITY;
    this.updateComplete.then(() => this.#focusFirst());
  };

  #focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('.ctl .btn')?.focus({ preventScroll: true });
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.playing = false;
  }

  /** Shows another draw, from its top. */
  readonly #open = (draw: string): void => {
    this.chosen = draw;
    this.scrollIntoView({ block: 'start' });
  };

  /** A feed on the same page opens the diary; else its plain page does. */
  #toDiary(event: MouseEvent, unit: string): void {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey) && event.button === 0;
    const { now } = this.#load;
    const draw = now.state === 'ready' ? now.value.read?.file.draw : undefined;
    if (!isPlain || draw === undefined || document.querySelector('sundial-feed') === null) return;
    event.preventDefault();
    location.hash = `#sundial/${draw}/${unit}`;
  }

  readonly #followHash = (): void => {
    const draw = /^#sundial\/(d-\d{4}-w\d\d(?:-r[2-9])?)$/.exec(location.hash)?.[1];
    if (draw === undefined) return;
    this.chosen = draw;
    this.scrollIntoView({ block: 'start' });
  };

  // The draw stands first; only then does the check begin.
  #begin({ tree, index }: Shown, read: ReadDraw): void {
    const pinned = (pin: string | null): string => pin?.trim().replace(/\s+/g, ' ') ?? '';
    const { draw } = read.file;
    this.#check.run(
      {
        tree,
        file: read.file,
        draw,
        pins: { vkey: pinned(this.vkey), organiser: pinned(this.organiser) },
        stated: index.pins,
        witness: pinned(this.witness),
        forget: this.forget,
      },
      (check) => {
        if (check.failure) this.tell('sundial:failed', { draw, code: check.failure });
        const isTick = check.state === 'passed' && check.pinned && !check.notices.includes('DRAND_UNCHECKED');
        if (isTick) this.tell('sundial:verified', { draw, notices: check.notices });
      },
    );
  }

  protected override wrong(): string | null {
    const draw = this.draw?.trim() ?? '';
    return super.wrong() ?? (draw === '' || /^d-[a-z0-9-]{1,60}$/.test(draw) ? null : 'draw');
  }

  override backOnline(): void {
    this.#load.again(true);
  }
}

const isCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

async function loadDraw(tree: string, asked: string | null, signal: AbortSignal): Promise<Shown> {
  const index = await getIndex(tree, signal);
  const draw = asked || index.value.draws[0]?.draw;
  const loaded = { tree, index: index.value, loadedAt: Date.now() };
  if (draw === undefined) return { ...loaded, read: null, history: null, stale: index.stale, keptAt: index.keptAt };
  const [file, history] = await Promise.all([
    getDraw(tree, draw, signal),
    getHistory(tree, signal).catch((error: unknown) => {
      if (error instanceof Unreachable) return null; // the draw stands without it
      throw error;
    }),
  ]);
  const read = await readDraw(file.value);
  if (read === null || file.value.draw !== draw) throw new Unreachable(200, true);
  return { ...loaded, read, history: history?.value ?? null, stale: file.stale, keptAt: file.keptAt };
}
