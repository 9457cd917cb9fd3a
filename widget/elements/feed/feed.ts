// Published diaries, newest first; one opens in place and the list waits behind it (design.md 6, look.md 7).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DiaryCard, PublicIndex } from '../../../shared/api/published.ts';
import { unionMinutes } from '../../../shared/time/interval.ts';
import { type Block, patterns, weekStrip } from '../../base/charts.ts';
import { clockOf, dateOf, weekNames } from '../../base/dates.ts';
import { host } from '../../base/host.styles.ts';
import { icon } from '../../base/icons.ts';
import { looks } from '../../base/looks.styles.ts';
import { emptyLook, loadingLook, offlineLook, troubleLook } from '../../base/looks.ts';
import { OuterElement } from '../../base/outer-element.ts';
import { paper } from '../../base/paper.styles.ts';
import { type Setting, settingOf } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { LoadController } from '../../controllers/load.ts';
import { getFeedPage, getIndex, isCard, type Kept, treeOf } from '../../remote/client.ts';
import type { SundialDiary } from '../diary/diary.ts';
import { styles } from './feed.styles.ts';

interface Feed {
  readonly tree: string;
  readonly index: PublicIndex;
  readonly rows: readonly DiaryCard[];
  readonly stale: boolean;
  readonly keptAt: number | null;
}

/** The diary that is open: its draw and unit. */
interface Opened {
  readonly draw: string;
  readonly unit: string;
}

const keyOf = ({ draw, unit }: Opened): string => `${draw}/${unit}`;
/** The feed that answers to the page's hash: the first one. */
let hashKeeper: SundialFeed | null = null;

/** @element sundial-feed
 *  @attr src address of the public tree
 *  @attr vkey pinned verifier key of the log, one or two
 *  @attr organiser pinned key id of leaf 0, one or two
 *  @attr witness vkeys of outside witnesses
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the list, and each diary that is opened, is painted
 *  @fires sundial:verified every check of an opened diary passed
 *  @fires sundial:failed a check failed, or nothing could be loaded
 *  @fires sundial:comment the server took a comment
 *  @csspart heading card title verification notice hours day entry text withheld comments comment form button
 *  @slot what the page shows until the list is there */
export class SundialFeed extends OuterElement {
  static override properties: PropertyDeclarations = {
    ...OuterElement.properties,
    src: {},
    vkey: {},
    organiser: {},
    witness: {},
    opened: { state: true },
  };
  static override styles = [tokens, host, paper, looks, styles];

  declare src: string | null;
  declare vkey: string | null;
  declare organiser: string | null;
  declare witness: string | null;
  declare opened: Opened | null;
  readonly #load = new LoadController<Feed>(this);
  readonly #older = new LoadController<number>(this);
  #rows: readonly DiaryCard[] = [];
  #nextPage: number | null = null;
  #isTold = false;
  /** The reader opened a diary: the keyboard goes to its title when it is there. */
  #wantsFocus = false;
  #pushed = false;
  #scrolled = 0;
  #loadedAt = 0;

  constructor() {
    super();
    this.src = this.vkey = this.organiser = this.witness = null;
    this.opened = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    hashKeeper ??= this;
    addEventListener('popstate', this.#followHash);
    addEventListener('hashchange', this.#followHash);
    this.#followHash();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (hashKeeper === this) hashKeeper = null;
    removeEventListener('popstate', this.#followHash);
    removeEventListener('hashchange', this.#followHash);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('src')) return;
    const tree = treeOf(this.src);
    this.#isTold = false;
    this.#older.reset();
    if (tree !== null) this.#load.run((signal) => loadFeed(tree, signal));
  }

  override render() {
    const { words } = this;
    return html`<div class="s" lang=${words.lang}>${
      treeOf(this.src) === null
        ? html`<p class="msg fail" role="alert">${icon('warn')}<span>${words.state.attribute('src')}</span></p>`
        : html`${this.opened === null ? nothing : this.#reading(this.opened)}<div ?hidden=${this.opened !== null}>${this.#body()}</div>`
    }</div>`;
  }

  override updated(): void {
    const { now } = this.#load;
    if (now.state === 'failed' && !this.#isTold) {
      this.#isTold = true;
      this.tell('sundial:failed', { code: now.trouble });
    }
    if (now.state !== 'ready' || this.#isTold) return;
    this.#isTold = true;
    this.#loadedAt = Date.now();
    this.tell('sundial:ready', { total: now.value.index.feed.total });
  }

  #reading({ draw, unit }: Opened): TemplateResult {
    const { words } = this;
    return html`<p class="back no-print"><button class="btn quiet" part="button" @click=${this.#back}>${icon('left')}${words.feed.back}</button></p>
<sundial-diary exportparts="title, verification, notice, hours, day, entry, text, withheld, comments, comment, form, button" lang=${words.lang} .src=${this.src} .draw=${draw} .unit=${unit} .vkey=${this.vkey} .organiser=${this.organiser} .witness=${this.witness} @sundial:ready=${this.#focusDiary}></sundial-diary>`;
  }

  #body() {
    const { now } = this.#load;
    const { words } = this;
    switch (now.state) {
      case 'idle':
      case 'loading':
        return this.childElementCount > 0 ? html`<slot></slot>` : loadingLook(words.state.loadingList);
      case 'failed':
        return html`${troubleLook(words.state.failedList, now.trouble, words, this.#again, null)}<slot></slot>`;
      case 'ready':
        return this.#list(now.value);
    }
  }

  #list(feed: Feed): TemplateResult {
    const { words } = this;
    const setting = settingOf(feed.index, words);
    if (this.#rows.length === 0 || !feed.rows.every((row) => this.#rows.includes(row))) this.#begin(feed);
    const { total } = feed.index.feed;
    const [newest] = feed.rows;
    return html`${patterns}${this.online && !feed.stale ? nothing : offlineLook(this.#keptName(feed, setting), words)}
<header part="heading"><p class="kicker">${setting.demo ? html`<span class="demo">${words.demo}</span>` : nothing}<span>${setting.organisation} · ${words.feed.name}</span></p><h2 class="title">${words.feed.heading}</h2>${total === 0 ? nothing : html`<p class="byline">${words.feed.lead(total, newest ? dateOf(newest.publishedAt, setting.offset, words) : null)}</p>`}</header>
${
  this.#rows.length === 0
    ? html`<div class="gap">${emptyLook(words.state.emptyList, nextOf(feed.index, setting))}</div>`
    : html`<ol class="rows">${this.#rows.map((card) => this.#card(card, setting))}</ol>`
}${this.#foot(feed, total)}`;
  }

  #card(card: DiaryCard, setting: Setting): TemplateResult {
    const { words } = setting;
    const week = weekNames(card.week, words);
    const unit = setting.unit(card.unit);
    const facts = [
      words.time.duration(card.minutes),
      words.feed.entries(card.entries),
      ...(card.held > 0 ? [words.feed.held(card.held)] : []),
      ...(card.comments > 0 ? [words.feed.comments(card.comments)] : []),
      ...(card.tickets > 0 ? [words.feed.tickets(card.tickets, card.closedLoop)] : []),
    ];
    const threads = (card.themes ?? []).flatMap((id) => setting.thread(id) ?? []);
    return html`<li class="card" part="card"><p class="meta">${joined([unit, week.name, week.days])}</p><h3 lang=${card.title === null ? words.lang : 'zh-CN'}><a href=${this.#linkOf(card)} id=${`c-${card.draw}-${card.unit}`} @click=${(event: MouseEvent) => this.#follow(event, card)}>${card.title ?? words.feed.untitled(unit, week.name)}</a></h3>${card.opening === null ? nothing : html`<p class="lede" lang="zh-CN">${card.opening}</p>`}${weekStrip(columnsOf(card, setting), words.feed.strip(words.time.duration(card.minutes)))}<p class="meta num">${joined(facts)}</p>${
      threads.length === 0
        ? nothing
        : html`<div class="chips">${threads.map((name) => html`<span>${icon('thread', true)}<span lang="zh-CN">${name}</span></span>`)}</div>`
    }</li>`;
  }

  #foot(feed: Feed, total: number) {
    const { feed: words, state } = this.words;
    if (this.#rows.length === 0) return nothing;
    const { now } = this.#older;
    const isLoading = now.state === 'loading';
    return html`<div class="row more">${
      this.#nextPage === null
        ? html`<p class="meta">${words.all(this.#rows.length)}</p>`
        : html`<button class="btn quiet" part="button" aria-disabled=${isLoading} @click=${() => this.#more(feed)}>${isLoading ? state.loadingList : words.more(this.#rows.length, total)}</button>`
    }<p class="meta" role="status">${now.state === 'failed' ? words.moreFailed : ''}</p></div>`;
  }

  #begin({ index, rows }: Feed): void {
    this.#rows = rows;
    this.#nextPage = rows.length < index.feed.total ? index.feed.newest : null;
  }

  /** Appends the page before; pages whose rows are all there already are passed over. */
  #more(feed: Feed): void {
    if (this.#older.now.state === 'loading') return;
    this.#older.run(async (signal) => {
      const known = new Set(this.#rows.map(keyOf));
      while (this.#nextPage !== null) {
        const page = this.#nextPage;
        const { value } = await getFeedPage(feed.tree, page, signal);
        const fresh = [...value.rows].reverse().filter((row) => isCard(row) && !known.has(keyOf(row)));
        this.#rows = [...this.#rows, ...fresh];
        this.#nextPage = page > 0 ? page - 1 : null;
        if (fresh.length > 0) break;
      }
      return this.#rows.length;
    });
  }

  #linkOf({ draw, unit }: Opened): string {
    return hashIsFree() ? `#sundial/${draw}/${unit}` : `${treeOf(this.src)}d/${draw}/${unit}.html`;
  }

  #follow(event: MouseEvent, { draw, unit }: Opened): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.#scrolled = scrollY;
    if (hashIsFree() && hashKeeper === this) this.#pushed = push(`#sundial/${draw}/${unit}`);
    this.#wantsFocus = true;
    this.opened = { draw, unit };
    this.updateComplete.then(() => {
      if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
    });
  }

  readonly #back = (): void => {
    if (this.#pushed) {
      history.back();
      return;
    }
    if (location.hash.startsWith('#sundial/')) push(location.pathname + location.search);
    this.#close();
  };

  #close(): void {
    const { opened } = this;
    this.opened = null;
    this.#pushed = false;
    if (opened === null) return;
    this.updateComplete.then(() => {
      scrollTo(scrollX, this.#scrolled);
      this.renderRoot
        .querySelector<HTMLElement>(`[id='c-${opened.draw}-${opened.unit}']`)
        ?.focus({ preventScroll: true });
    });
  }

  readonly #followHash = (): void => {
    if (hashKeeper !== this) return;
    const [, draw, unit] = /^#sundial\/(d-[\w-]+)\/([a-z0-9-]+)(?:\/\d+)?$/.exec(location.hash) ?? [];
    if (draw === undefined || unit === undefined) {
      if (this.opened !== null && (this.#pushed || location.hash === '')) this.#close();
    } else if (this.opened === null || keyOf(this.opened) !== keyOf({ draw, unit })) this.opened = { draw, unit };
  };

  readonly #focusDiary = (event: Event): void => {
    const diary = event.currentTarget;
    if (this.#wantsFocus && isDiary(diary)) diary.focusTitle();
    this.#wantsFocus = false;
  };

  readonly #again = (): void => {
    this.#isTold = false;
    this.#load.again();
  };

  override backOnline(): void {
    this.#load.again(true);
  }

  #keptName({ stale, keptAt }: Feed, setting: Setting): string | null {
    const at = stale ? keptAt : this.#loadedAt || Date.now();
    return at === null ? null : clockOf(at / 1000, setting.offset, setting.words);
  }
}

const isDiary = (target: EventTarget | null): target is SundialDiary =>
  target instanceof HTMLElement && 'focusTitle' in target;

/** Facts with a dot after each but the last; each holds together, lines break between them. */
const joined = (parts: readonly string[]) =>
  parts.map((part, n) => [n > 0 ? ' ' : '', html`<span class="nb">${part}${n < parts.length - 1 ? ' ·' : ''}</span>`]);

function columnsOf({ strip }: DiaryCard, { words }: Setting) {
  return words.time.weekdayShort.map((name, day) => {
    const blocks = strip.flatMap(([of, start, end, fill]): Block[] =>
      of === day ? [{ start, end, fill: fill ?? 'none' }] : [],
    );
    const minutes = unionMinutes(blocks);
    return { name, blocks, hours: minutes === 0 ? '' : words.time.tenths((minutes / 60).toFixed(1)) };
  });
}

function nextOf({ draws }: PublicIndex, { words }: Setting): string {
  const frozen = draws.find(({ stage }) => stage === 'frozen' || stage === 'locked' || stage === 'drawn');
  return frozen ? words.state.emptyNext(weekNames(frozen.week, words).name) : words.state.emptyHow;
}

async function loadFeed(tree: string, signal: AbortSignal): Promise<Feed> {
  const { value, stale, keptAt }: Kept<PublicIndex> = await getIndex(tree, signal);
  return { tree, index: value, rows: value.newest.filter(isCard), stale, keptAt };
}

/** Whether the page leaves its hash to us: pages with a router of their own have something in it. */
const hashIsFree = (): boolean => location.hash === '' || location.hash.startsWith('#sundial/');

function push(address: string): boolean {
  try {
    history.pushState(history.state, '', address);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false; // a document without an address of its own
    throw error;
  }
}
