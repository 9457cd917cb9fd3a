// Published diaries, newest first; one opens in place and the list waits behind it (design.md 6, look.md 7).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { FacetIndex } from '../../../shared/api/public-lists.ts';
import type { DiaryCard, PublicIndex } from '../../../shared/api/published.ts';
import { type Asked, type AskedName, askedNames, askedOf, hashOf, narrowest } from '../../../shared/search/asked.ts';
import { patterns } from '../../base/charts.ts';
import { clockOf, dateOf, weekNames } from '../../base/dates.ts';
import { emptyLook, emptyStyles } from '../../base/empty-look.ts';
import { host } from '../../base/host.styles.ts';
import { kicker } from '../../base/kicker.ts';
import { wordsOf } from '../../base/language.ts';
import { isPlainClick } from '../../base/links.ts';
import { looks } from '../../base/looks.styles.ts';
import { loadingLook, offlineLook, troubleLook } from '../../base/looks.ts';
import { OuterElement } from '../../base/outer-element.ts';
import { paper } from '../../base/paper.styles.ts';
import { type Setting, settingOf } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { unbroken } from '../../base/unbroken.ts';
import { AddressController } from '../../controllers/address.ts';
import { FindController } from '../../controllers/find.ts';
import { LoadController } from '../../controllers/load.ts';
import { OlderController } from '../../controllers/older.ts';
import { cardIn } from '../../locales/card.ts';
import { findIn } from '../../locales/find.ts';
import { isCard } from '../../remote/cards.ts';
import { getIndex, type Kept, treeOf } from '../../remote/client.ts';
import { find, getFacets } from '../../remote/search.ts';
import { styles } from './feed.styles.ts';
import { findings } from './findings.ts';
import { OpenDiary } from './open-diary.ts';
import { cardRow, type RowView } from './rows.ts';
import { nameOf, tools } from './tools.ts';

interface Feed {
  readonly tree: string;
  readonly index: PublicIndex;
  readonly rows: readonly DiaryCard[];
  readonly stale: boolean;
  readonly keptAt: number | null;
}

/** How long a reader pauses before what is typed is searched for, in ms. */
const pauseMs = 250;

/** @element sundial-feed
 *  @attr src address of the public tree
 *  @attr vkey pinned verifier key of the log, one or two
 *  @attr organiser pinned key id of leaf 0, one or two
 *  @attr witness vkeys of outside witnesses
 *  @attr forget nothing of the log is remembered in the reader's browser
 *  @attr draws address of the page that has `sundial-draw`
 *  @attr threads address of the page that has `sundial-thread`
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the list, and each diary that is opened, is painted
 *  @fires sundial:verified every check of an opened diary passed
 *  @fires sundial:failed a check failed, or nothing could be loaded
 *  @fires sundial:comment the server took a comment
 *  @csspart heading card title verification notice hours day entry text withheld comments comment form button state picture
 *  @slot what the page shows until the list is there */
export class SundialFeed extends OuterElement {
  static override properties: PropertyDeclarations = {
    ...OuterElement.properties,
    vkey: {},
    organiser: {},
    witness: {},
    forget: { type: Boolean },
    draws: {},
    threads: {},
    asked: { state: true },
    unfolded: { state: true },
  };
  static override styles = [tokens, host, paper, looks, emptyStyles, styles];

  declare vkey: string | null;
  declare organiser: string | null;
  declare witness: string | null;
  declare forget: boolean;
  declare draws: string | null;
  declare threads: string | null;
  /** What the reader looks for. */
  declare asked: Asked;
  /** Whether the choices are unfolded where there is little room. */
  declare unfolded: boolean;
  readonly #address = new AddressController(this, () => this.#followAddress());
  readonly #open = new OpenDiary(this, this.#address, () => {
    if (!this.#address.back(this.asked)) this.#open.close();
  });
  readonly #load = new LoadController<Feed>(this);
  readonly #older = new OlderController(this);
  readonly #facets = new LoadController<FacetIndex>(this);
  readonly #found = new FindController(this);
  #isTold = false;
  #loadedAt = 0;
  /** The reader is typing, and what is typed waits for the pause or for the end of composing. */
  #isTyping = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.vkey = this.organiser = this.witness = this.draws = this.threads = null;
    this.asked = {};
    this.unfolded = this.forget = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#followAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('src')) return;
    const tree = treeOf(this.src);
    this.#isTold = false;
    this.#older.reset();
    this.#facets.reset();
    this.#found.reset();
    if (tree === null) this.#load.reset();
    else this.#load.run(async (signal) => (await Promise.all([loadFeed(tree, signal), wordsOf(this)]))[0]);
  }

  protected override body() {
    return html`${this.#open.view}<div ?hidden=${this.#open.place !== null}>${this.#shelf()}</div>`;
  }

  override updated(): void {
    this.#fill();
    const { now } = this.#load;
    if (now.state === 'failed' && !this.#isTold) {
      this.#isTold = true;
      this.tell('sundial:failed', { code: now.trouble });
    }
    if (now.state !== 'ready' || this.#isTold) return;
    this.#isTold = true;
    this.#loadedAt = Date.now();
    this.tell('sundial:ready', { total: now.value.index.feed.total });
    this.#look();
    // After the list, so that it waits for nothing more.
    if (now.value.index.feed.total > 0) this.#facets.run((signal) => getFacets(now.value.tree, signal));
  }

  #shelf() {
    const { now } = this.#load;
    const { words } = this;
    switch (now.state) {
      case 'idle':
      case 'loading':
        return this.childElementCount > 0 ? html`<slot></slot>` : loadingLook(words.state.loadingList);
      case 'failed':
        return html`${troubleLook(words.state.failedList, words.state[now.trouble], words, this.#again, null)}<slot></slot>`;
      case 'ready':
        return this.#list(now.value);
    }
  }

  #list(feed: Feed): TemplateResult {
    const { words } = this;
    const setting = settingOf(feed.index, words);
    const says = findIn(words.lang).list;
    this.#older.begin(feed);
    const { rows } = this.#older;
    const { total } = feed.index.feed;
    const [newest] = feed.rows;
    const last = newest ? dateOf(newest.publishedAt, setting.offset, words) : null;
    return html`${patterns}${this.online && !feed.stale ? nothing : offlineLook(this.#keptName(feed, setting), words)}
<header part="heading">${kicker(setting, html`<span>${setting.organisation} · ${says.name}</span>`)}<h2 class="title">${says.heading}</h2>${total === 0 ? nothing : html`<p class="byline">${unbroken(says.lead(total, last), last === null ? [] : [last])}</p>`}</header>
${
  rows.length === 0
    ? html`<div class="gap">${emptyLook(cardIn(words.lang).emptyList, nextOf(feed.index, setting))}</div>`
    : html`${this.#tools(feed, setting)}${this.#findings(feed, setting) ?? html`<ol class="rows">${rows.map((card) => cardRow(card, this.#rowView(feed, setting)))}</ol>${this.#foot(feed, total)}`}`
}`;
  }

  #tools({ index }: Feed, setting: Setting): TemplateResult {
    return tools({
      index,
      setting,
      counts: this.#counts,
      asked: this.asked,
      isOpen: this.unfolded,
      typed: this.#typed,
      chosen: this.#chosen,
      submitted: this.#submitted,
      unfold: () => {
        this.unfolded = !this.unfolded;
      },
    });
  }

  #findings(feed: Feed, setting: Setting): TemplateResult | null {
    const finding = this.#found.now;
    if (finding === null) return null;
    const { asked } = this;
    const way = this.#counts === null || asked.q !== undefined ? null : narrowest(asked, this.#counts);
    return findings({
      ...this.#rowView(feed, setting),
      finding,
      known: way?.isExact ? way.count : null,
      asked: askedNames.flatMap((name) => {
        const value = asked[name];
        if (value === undefined) return [];
        return [[name, name === 'q' ? value : nameOf(name, value, { index: feed.index, setting })] as const];
      }),
      more: () => this.#found.more(),
      stop: () => this.#found.stop(),
      clear: () => this.#ask({}),
      drop: (name: AskedName) => this.#ask({ ...this.asked, [name]: '' }),
    });
  }

  #rowView({ index }: Feed, setting: Setting): RowView {
    return {
      setting,
      linkOf: (of) => this.#open.linkTo(of),
      open: (event, of) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        // What was being typed is dropped: it would take the address from the diary.
        clearTimeout(this.#pause);
        this.#isTyping = false;
        this.#open.open(of);
      },
      themeOf: (id) =>
        index.themes?.some((theme) => theme.id === id) ? nameOf('theme', id, { index, setting }) : null,
      byTheme: (theme) => this.#ask({ theme }),
    };
  }

  get #counts(): FacetIndex['counts'] | null {
    const { now } = this.#facets;
    return now.state === 'ready' ? now.value.counts : null;
  }

  #foot(feed: Feed, total: number) {
    const { lang, state: looks } = this.words;
    const words = findIn(lang).list;
    const { state, rows } = this.#older;
    const isLoading = state === 'loading';
    return html`<div class="row more">${
      state === 'all'
        ? html`<p class="meta">${words.all(rows.length)}</p>`
        : html`<button class="btn quiet" part="button" aria-disabled=${isLoading} @click=${() => this.#older.more(feed.tree)}>${isLoading ? looks.loadingList : words.more(rows.length, total)}</button>`
    }<p class="meta" role="status">${state === 'failed' ? words.moreFailed : ''}</p></div>`;
  }

  #followAddress(): void {
    const { here } = this.#address;
    if (here === null) return;
    if ('draw' in here) {
      this.#open.follow(here);
      return;
    }
    this.#open.close();
    if (hashOf(here) === hashOf(this.asked)) return;
    this.asked = here;
    this.#look();
  }

  /** Looks for something else. `goesOn`: a word grows, so that back leads to what was before it. */
  #ask(asked: Asked, goesOn = false): void {
    const next = askedOf((name) => asked[name] ?? null);
    if (hashOf(next) === hashOf(this.asked)) return;
    this.asked = next;
    this.#address.ask(next, goesOn);
    this.#look();
    if (!goesOn) this.updateComplete.then(() => this.shadowRoot?.activeElement ?? this.#comeTo());
  }

  /** What had the keyboard is gone: it goes to what was found, or to the search. */
  #comeTo(): void {
    const to = this.renderRoot.querySelector<HTMLElement>('.told [role], #q');
    to?.focus({ preventScroll: true });
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  }

  #look(): void {
    const { now } = this.#load;
    const { asked } = this;
    if (now.state !== 'ready' || hashOf(asked) === '') this.#found.reset();
    else this.#found.run((signal) => find(now.value.tree, now.value.index, asked, signal));
    this.requestUpdate();
  }

  /** The fields show what is asked for; the one that is being typed in is left alone. */
  #fill(): void {
    for (const field of this.renderRoot.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.tools [name]')) {
      const name = askedNames.find((one) => one === field.name);
      const value = (name && this.asked[name]) ?? '';
      if (field.value !== value && !(name === 'q' && this.#isTyping)) field.value = value;
    }
  }

  readonly #typed = (event: Event): void => {
    clearTimeout(this.#pause);
    this.#isTyping = true;
    // While characters are being composed the field shows letters that nobody means.
    const isComposing = event instanceof InputEvent && event.isComposing;
    if (!isComposing) this.#pause = setTimeout(this.#submitted, pauseMs);
  };

  readonly #submitted = (event?: Event): void => {
    event?.preventDefault();
    clearTimeout(this.#pause);
    this.#isTyping = false;
    const field = this.renderRoot.querySelector<HTMLInputElement>('#q');
    this.#ask({ ...this.asked, q: field?.value ?? '' }, this.asked.q !== undefined);
  };

  readonly #chosen = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.#ask({ ...this.asked, [target.name]: target.value });
  };

  readonly #again = (): void => {
    this.#isTold = false;
    this.#load.again();
  };

  override renew(): void {
    if (this.#load.now.state === 'failed') this.#again();
    else this.#load.again(true);
  }

  #keptName({ stale, keptAt }: Feed, setting: Setting): string | null {
    const at = stale ? keptAt : this.#loadedAt || Date.now();
    return at === null ? null : clockOf(at / 1000, setting.offset, setting.words);
  }
}

function nextOf({ draws }: PublicIndex, { words }: Setting): string {
  const frozen = draws.find(({ stage }) => stage === 'frozen' || stage === 'locked' || stage === 'drawn');
  return frozen ? findIn(words.lang).list.emptyNext(weekNames(frozen.week, words).name) : cardIn(words.lang).emptyHow;
}

async function loadFeed(tree: string, signal: AbortSignal): Promise<Feed> {
  const { value, stale, keptAt }: Kept<PublicIndex> = await getIndex(tree, signal);
  return { tree, index: value, rows: value.newest.filter(isCard), stale, keptAt };
}
