// The newest diaries, one at a time (轮播). It turns by itself only while nobody hovers over it, reads in it or has stopped it, the page is seen
// and the reader wants motion. Pattern: WAI-ARIA APG, carousel; WCAG 2.2.2.
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DiaryCard } from '../../../shared/api/published.ts';
import { columnsOf, factsOf, joined } from '../../base/card.ts';
import { patterns } from '../../base/charts.ts';
import { weekNames } from '../../base/dates.ts';
import { emptyLook, emptyStyles } from '../../base/empty-look.ts';
import { host } from '../../base/host.styles.ts';
import { icon } from '../../base/icons.ts';
import { diaryLink, toFeed } from '../../base/links.ts';
import { looks } from '../../base/looks.styles.ts';
import { pause, play } from '../../base/more-icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { weekStrip } from '../../base/week-strip.ts';
import { cardIn } from '../../locales/card.ts';
import { listsIn } from '../../locales/lists.ts';
import { isCard } from '../../remote/cards.ts';
import { type Read, readBeside, TreeElement } from '../tree-element.ts';
import { styles } from './carousel.styles.ts';

const calm = matchMedia('(prefers-reduced-motion: reduce)');
/** How far a finger goes sideways, in px, before it turns the page. */
const swipePx = 40;

/** @element sundial-carousel
 *  @attr src address of the public tree
 *  @attr count how many diaries, 1 to 20; 5 if none is given
 *  @attr every seconds that each stays, 5 to 60; 8 if none is given
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the diaries are painted
 *  @fires sundial:failed nothing could be loaded
 *  @csspart heading card button
 *  @slot what the page shows until the diaries are there */
export class SundialCarousel extends TreeElement<null> {
  static override properties: PropertyDeclarations = {
    ...TreeElement.properties,
    count: {},
    every: {},
    at: { state: true },
    playing: { state: true },
    turned: { state: true },
  };
  static override styles = [tokens, host, paper, looks, emptyStyles, styles];

  declare count: string | null;
  declare every: string | null;
  declare at: number;
  declare playing: boolean;
  /** The reader turned to this one: it is said. */
  declare turned: boolean;
  #timer = 0;
  #isHovered = false;
  #cards: readonly DiaryCard[] = [];
  #from: { readonly x: number; readonly y: number } | null = null;

  constructor() {
    super();
    this.count = this.every = null;
    this.at = 0;
    this.playing = true;
    this.turned = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#arm);
    calm.addEventListener('change', this.#calmer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#arm);
    calm.removeEventListener('change', this.#calmer);
  }

  protected get says() {
    return listsIn(this.words.lang).carousel;
  }

  protected override wrong(): string | null {
    return (
      super.wrong() ??
      (numberOf(this.count, 5, 1, 20) === null ? 'count' : numberOf(this.every, 8, 5, 60) === null ? 'every' : null)
    );
  }

  protected read(tree: string, signal: AbortSignal): Promise<Read<null>> {
    return readBeside<null>(tree, signal);
  }

  protected show({ tree, index }: Read<null>, setting: Setting): TemplateResult {
    const { says, words } = this;
    this.#cards = index.newest.filter(isCard).slice(0, numberOf(this.count, 5, 1, 20) ?? 5);
    const { length } = this.#cards;
    if (length === 0) return emptyLook(cardIn(words.lang).emptyList, cardIn(words.lang).emptyHow);
    const now = this.at % length;
    return html`${patterns}<section aria-roledescription=${says.role} aria-label=${says.name} @pointerenter=${this.#hover} @pointerleave=${this.#hover} @focusin=${this.#entered}><header class="sec" part="heading"><h2>${says.name}</h2>${setting.demo ? html`<span class="demo">${words.demo}</span>` : nothing}${length === 1 ? nothing : this.#controls(now, length)}</header>
<p class="vh" role="status">${this.turned ? `${says.at(now + 1, length)}${words.sep} ${this.#titleOf(now, setting)}` : ''}</p>
<div class="deck" @pointerdown=${this.#down} @pointerup=${this.#up}>${this.#cards.map((card, n) => this.#slide(card, n, n === now, tree, setting))}</div></section>`;
  }

  #controls(now: number, length: number): TemplateResult {
    const { says } = this;
    const turning = this.playing ? says.stop : says.start;
    return html`<div class="ctl no-print"><span class="meta num" aria-hidden="true">${says.at(now + 1, length)}</span>${
      calm.matches
        ? nothing
        : html`<button part="button" aria-label=${turning} title=${turning} @click=${this.#toggle}>${this.playing ? icon(pause) : icon(play)}</button>`
    }<button part="button" aria-label=${says.previous} title=${says.previous} @click=${() => this.#turn(-1)}>${icon('left')}</button><button part="button" aria-label=${says.following} title=${says.following} @click=${() => this.#turn(1)}>${icon('right')}</button></div>`;
  }

  #slide(card: DiaryCard, n: number, isOn: boolean, tree: string, setting: Setting): TemplateResult {
    const { says, words } = this;
    const week = weekNames(card.week, words);
    const hours = words.time.duration(card.minutes);
    return html`<div class=${isOn ? 'slide on' : 'slide'} part="card" role="group" aria-roledescription=${says.slide} aria-label=${says.at(n + 1, this.#cards.length)}><div><p class="meta">${joined([setting.unit(card.unit), week.name, week.days])}</p><h3 lang=${card.title === null ? words.lang : 'zh-CN'}><a href=${diaryLink(tree, card.draw, card.unit)} @click=${toFeed}>${this.#titleOf(n, setting)}</a></h3>${card.opening === null ? nothing : html`<p class="lede" lang="zh-CN">${card.opening}</p>`}<p class="meta num">${joined(factsOf(card, words))}</p></div>${weekStrip(columnsOf(card, setting), cardIn(words.lang).strip(hours))}</div>`;
  }

  #titleOf(n: number, setting: Setting): string {
    const card = this.#cards[n];
    if (card === undefined) return '';
    return card.title ?? this.words.feed.untitled(setting.unit(card.unit), weekNames(card.week, this.words).name);
  }

  override updated(): void {
    super.updated();
    this.#arm();
  }

  /** Counts to the next one anew, where it may turn. */
  readonly #arm = (): void => {
    clearTimeout(this.#timer);
    const may = this.playing && !this.#isHovered && !document.hidden && !calm.matches && this.#cards.length > 1;
    const seconds = numberOf(this.every, 8, 5, 60) ?? 8;
    if (may && this.isConnected) this.#timer = window.setTimeout(() => this.#show(1, false), seconds * 1000);
  };

  readonly #calmer = (): void => this.requestUpdate();

  #show(by: number, turned: boolean): void {
    const { length } = this.#cards;
    this.at = (this.at + by + length) % length;
    this.turned = turned;
    this.requestUpdate();
  }

  /** The reader turns the page: it stays. */
  #turn(by: number): void {
    this.playing = false;
    this.#show(by, true);
  }

  readonly #toggle = (): void => {
    this.playing = !this.playing;
    this.turned = false;
  };

  readonly #hover = ({ type, pointerType }: PointerEvent): void => {
    this.#isHovered = type === 'pointerenter' && pointerType !== 'touch';
    this.#arm();
  };

  // Once the keyboard is in it, it turns again only when asked to.
  readonly #entered = ({ target, currentTarget, relatedTarget }: FocusEvent): void => {
    const wasIn =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!wasIn && target instanceof Element && target.matches(':focus-visible')) this.playing = false;
  };

  readonly #down = ({ pointerType, clientX, clientY }: PointerEvent): void => {
    this.#from = pointerType === 'mouse' ? null : { x: clientX, y: clientY };
  };

  readonly #up = ({ clientX, clientY }: PointerEvent): void => {
    const from = this.#from;
    this.#from = null;
    if (from === null || this.#cards.length < 2) return;
    const [x, y] = [clientX - from.x, clientY - from.y];
    if (Math.abs(x) > swipePx && Math.abs(x) > 2 * Math.abs(y)) this.#turn(x < 0 ? 1 : -1);
  };
}

/** A whole number of an attribute, `fallback` where there is none, null where it is out of range. */
function numberOf(text: string | null, fallback: number, min: number, max: number): number | null {
  const trimmed = text?.trim() ?? '';
  const number = trimmed === '' ? fallback : /^\d{1,3}$/.test(trimmed) ? Number(trimmed) : -1;
  return number >= min && number <= max ? number : null;
}
