// One piece of work across weeks, months and years: where it stands, what came of it, and every entry on one line (design.md 6). Nothing is
// checked here; each entry leads to the diary in which it is.
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PublicThread, ThreadEntry } from '../../../shared/api/public-lists.ts';
import { dateOfDay, parseDay } from '../../../shared/time/civil.ts';
import { weekNames } from '../../base/dates.ts';
import { emptyLook, emptyStyles } from '../../base/empty-look.ts';
import { host } from '../../base/host.styles.ts';
import { icon } from '../../base/icons.ts';
import { diaryLink, hashIsFree, isPlainClick, toFeed } from '../../base/links.ts';
import { looks } from '../../base/looks.styles.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { unbroken } from '../../base/unbroken.ts';
import { HashController } from '../../controllers/hash.ts';
import { LoadController } from '../../controllers/load.ts';
import { listsIn } from '../../locales/lists.ts';
import { getThread, getThreadYear, isEntry } from '../../remote/lists.ts';
import type { SundialDiary } from '../diary/diary.ts';
import { type Read, readBeside, TreeElement } from '../tree-element.ts';
import { courseOf } from './course.ts';
import { styles } from './thread.styles.ts';

const isId = (text: string): boolean => /^[a-z0-9-]{1,32}$/.test(text);

/** @element sundial-thread
 *  @attr src address of the public tree
 *  @attr thread id of the thread; without it the page's hash `#sundial/thread/<id>` names it, else all are listed
 *  @attr vkey pinned verifier key of the log, for a diary that is opened here
 *  @attr organiser pinned key id of leaf 0, likewise
 *  @attr witness vkeys of outside witnesses, likewise
 *  @attr forget nothing of the log is remembered in the reader's browser, likewise
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the thread is painted
 *  @fires sundial:failed nothing could be loaded
 *  @csspart heading title results entry text button, and those of a diary that is opened here
 *  @slot what the page shows until the thread is there */
export class SundialThread extends TreeElement<PublicThread | null> {
  static override properties: PropertyDeclarations = {
    ...TreeElement.properties,
    thread: {},
    vkey: {},
    organiser: {},
    witness: {},
    forget: { type: Boolean },
    chosen: { state: true },
    opened: { state: true },
  };
  static override styles = [tokens, host, paper, looks, emptyStyles, styles];

  declare thread: string | null;
  declare vkey: string | null;
  declare organiser: string | null;
  declare witness: string | null;
  declare forget: boolean;
  /** The thread that the reader went to, '' for the list of all, null for the one of the attribute. */
  declare chosen: string | null;
  /** The entry whose diary is open here, on a page without a feed. */
  declare opened: ThreadEntry | null;
  protected override readonly asks = ['src', 'thread', 'chosen'];
  readonly #older = new LoadController<number>(this);
  /** Newest first. */
  #rows: readonly ThreadEntry[] = [];
  #of: unknown = null;
  /** Years whose file was read. */
  #years = new Set<string>();
  #wantsFocus = false;

  constructor() {
    super();
    new HashController(this, () => this.#followHash());
    this.thread = this.vkey = this.organiser = this.witness = null;
    this.chosen = null;
    this.opened = null;
    this.forget = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#followHash();
  }

  protected get says() {
    return listsIn(this.words.lang).thread;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (this.hasUpdated && changed.has('thread')) this.chosen = null;
    if (this.asks.some((name) => changed.has(name))) this.opened = null;
    super.willUpdate(changed);
  }

  protected override wrong(): string | null {
    return super.wrong() ?? (this.#id === '' || isId(this.#id) ? null : 'thread');
  }

  protected read(tree: string, signal: AbortSignal): Promise<Read<PublicThread | null>> {
    this.#older.reset();
    return readBeside(tree, signal, this.#id === '' ? null : getThread(tree, this.#id, signal));
  }

  override updated(): void {
    super.updated();
    if (!this.#wantsFocus || this.load.now.state !== 'ready') return;
    this.#wantsFocus = false;
    this.renderRoot.querySelector<HTMLElement>('.title')?.focus();
  }

  protected show(read: Read<PublicThread | null>, setting: Setting): TemplateResult {
    const { opened, says } = this;
    const { value, index, tree } = read;
    if (value === null)
      return html`${this.#head(setting, says.all, says.choose)}${
        index.threads.length === 0
          ? html`<div class="gap">${emptyLook(says.none, says.noneHow)}</div>`
          : html`<ul class="all">${index.threads.map(({ id, name }) => html`<li>${icon('thread', true)}${this.#way(id, name)}</li>`)}</ul>`
      }`;
    return html`${opened === null ? nothing : this.#diary(opened)}<div ?hidden=${opened !== null}>${this.#thread(value, tree, setting)}${this.#others(read)}</div>`;
  }

  #thread(thread: PublicThread, tree: string, setting: Setting): TemplateResult {
    const { says } = this;
    if (this.#of !== thread) {
      this.#of = thread;
      this.#years.clear();
      this.#rows = thread.newest.filter(isEntry);
    }
    const rows = this.#rows;
    const { from, to, entries, units } = thread;
    if (rows.length === 0 || from === null || to === null)
      return html`${this.#head(setting, thread.thread.name, nothing, true)}<div class="gap">${emptyLook(says.empty, says.noneHow)}</div>`;
    const results = rows.filter(({ result }) => result !== undefined).reverse();
    return html`${this.#head(
      setting,
      thread.thread.name,
      unbroken(
        says.lead(dateOf(from), dateOf(to), entries, units.length),
        [from, to].map((day) => setting.words.time.dayOfYear(dateOf(day))),
      ),
      true,
    )}
<p class="unchecked meta">${icon('idle', true)}<span>${says.unchecked}</span></p>
<section class="now"><h3 class="sec">${says.now}</h3>${this.#now(rows, tree, setting)}</section>${
      results.length === 0
        ? nothing
        : html`<section part="results"><h3 class="sec">${says.results}<small>${says.resultsOf(rows.length, entries)}</small></h3><ol class="results">${results.map(
            (entry) =>
              html`<li>${this.#dated(entry, tree, setting)}<p class="said" lang="zh-CN">${entry.result}</p></li>`,
          )}</ol></section>`
    }<section><h3 class="sec">${says.course}<small>${says.newestFirst}</small></h3>${courseOf(rows, setting, (entry) => this.#source(entry, tree, setting))}${this.#more(thread, tree)}</section>`;
  }

  /** The newest entry, and the newest next step where another entry has it. */
  #now(rows: readonly ThreadEntry[], tree: string, setting: Setting) {
    const { says } = this;
    const [latest] = rows;
    const ahead = rows.find(({ next }) => next !== undefined);
    if (latest === undefined) return nothing;
    return html`<dl class="state"><dt>${says.latest}</dt><dd>${this.#dated(latest, tree, setting)}<p class="said" lang="zh-CN">${latest.text}</p></dd>${
      ahead === undefined
        ? nothing
        : html`<dt>${says.next}</dt><dd>${ahead === latest ? nothing : this.#dated(ahead, tree, setting)}<p class="said" lang="zh-CN">${ahead.next}</p></dd>`
    }</dl>`;
  }

  #head(setting: Setting, title: string, lead: unknown, isName = false): TemplateResult {
    return html`<header part="heading">${this.kicker(setting, this.says.name)}<h2 class="title" part="title" tabindex="-1" lang=${isName ? 'zh-CN' : setting.words.lang}>${title}</h2>${lead === nothing ? nothing : html`<p class="byline num">${lead}</p>`}</header>`;
  }

  /** Day and unit of an entry; they lead to its diary. */
  #dated(entry: ThreadEntry, tree: string, setting: Setting): TemplateResult {
    const date = setting.words.time.dayOfYear(dateOf(entry.day));
    return html`<p class="meta">${this.#link(entry, tree, html`<time datetime=${entry.day}>${date}</time>${setting.words.sep} ${setting.unit(entry.unit)}`)}</p>`;
  }

  #source(entry: ThreadEntry, tree: string, setting: Setting): TemplateResult {
    const name = this.says.toDiary(setting.unit(entry.unit), weekNames(entry.week, setting.words).name);
    return this.#link(entry, tree, name);
  }

  #link(entry: ThreadEntry, tree: string, name: unknown): TemplateResult {
    const { draw, unit, item } = entry;
    return html`<a href=${diaryLink(tree, draw, unit, item)} @click=${(event: MouseEvent) => this.#follow(event, entry)}>${name}</a>`;
  }

  #more({ thread: { id }, years, entries }: PublicThread, tree: string): TemplateResult {
    const { says } = this;
    const has = (year: string): number => this.#rows.filter(({ start }) => start.startsWith(year)).length;
    const next = years.find(({ year, entries: n }) => !this.#years.has(year) && has(year) < n);
    const { now } = this.#older;
    const isLoading = now.state === 'loading';
    return html`<div class="row">${
      next === undefined
        ? html`<p class="meta">${says.allShown(entries)}</p>`
        : html`<button class="btn quiet no-print" part="button" aria-disabled=${isLoading} @click=${() => this.#read(tree, id, next.year)}>${isLoading ? says.loadingMore : says.more(says.year(next.year), next.entries - has(next.year))}</button>`
    }<p class="meta" role="status">${now.state === 'failed' ? says.moreFailed : ''}</p></div>`;
  }

  /** Puts the whole of a year in the place of what is there of it; the keyboard goes to the first entry that is new. */
  async #read(tree: string, id: string, year: string): Promise<void> {
    if (this.#older.now.state === 'loading') return;
    await this.#older.run(async (signal) => {
      const { value } = await getThreadYear(tree, id, year, signal);
      const [before, of] = [this.#rows.length, value.rows.filter(isEntry).reverse()];
      const others = this.#rows.filter(({ start }) => !start.startsWith(year));
      this.#rows = [...others, ...of].sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
      this.#years.add(year);
      return before;
    });
    await this.updateComplete;
    const { now } = this.#older;
    if (now.state === 'ready') this.renderRoot.querySelectorAll<HTMLElement>('.entry')[now.value]?.focus();
  }

  /** The threads before and after this one in the organisation's order. */
  #others({ index: { threads } }: Read<PublicThread | null>) {
    const { says } = this;
    const at = threads.findIndex(({ id }) => id === this.#id);
    if (threads.length < 2) return nothing;
    const [before, after] = [threads[at - 1], at < 0 ? undefined : threads[at + 1]];
    return html`<nav class="others no-print" aria-label=${says.others}>${before && html`<span>${icon('left', true)}${says.previous}${this.#way(before.id, before.name)}</span>`}${after && html`<span>${says.following}${this.#way(after.id, after.name)}${icon('right', true)}</span>`}<span>${this.#way('', says.list)}</span></nav>`;
  }

  /** A way to another thread: by the page's address where the page leaves it to us and names no thread. */
  #way(id: string, name: string): TemplateResult {
    const lang = id === '' ? this.words.lang : 'zh-CN';
    return this.thread === null && hashIsFree()
      ? html`<a href=${`#sundial/thread${id === '' ? '' : `/${id}`}`} lang=${lang} @click=${this.#moved}>${name}</a>`
      : html`<button class="link" lang=${lang} @click=${() => this.#choose(id)}>${name}</button>`;
  }

  #choose(id: string): void {
    this.chosen = id;
    this.#moved();
  }

  readonly #moved = (): void => {
    this.#wantsFocus = true;
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  };

  readonly #followHash = (): void => {
    const [isOurs, id = ''] = /^#sundial\/thread(?:\/([a-z0-9-]{1,32}))?$/.exec(location.hash) ?? [];
    if (isOurs !== undefined && this.thread === null) this.chosen = id;
    this.requestUpdate(); // whether links may use the page's hash
  };

  #diary({ draw, unit, item }: ThreadEntry): TemplateResult {
    return html`<p class="back no-print"><button class="btn quiet" part="button" @click=${this.#back}>${icon('left')}${this.says.back}</button></p>
<sundial-diary exportparts="title, verification, notice, hours, day, entry, text, withheld, comments, comment, form, button, state, picture" lang=${this.words.lang} .src=${this.src} .draw=${draw} .unit=${unit} .vkey=${this.vkey} .organiser=${this.organiser} .witness=${this.witness} .forget=${this.forget} .item=${item} @sundial:ready=${this.#came} @sundial:failed=${this.#came}></sundial-diary>`;
  }

  #follow(event: MouseEvent, entry: ThreadEntry): void {
    const link = event.currentTarget;
    if (!isPlainClick(event) || !(link instanceof HTMLAnchorElement)) return;
    if (link.getAttribute('href')?.startsWith('#')) {
      toFeed(event);
      return;
    }
    event.preventDefault();
    this.#left = link;
    this.opened = entry;
    this.#moved();
    this.#wantsFocus = false;
    this.#isOpening = true;
  }

  #left: HTMLElement | null = null;
  /** A diary was opened and has not come yet. */
  #isOpening = false;

  // A check that fails later leaves the keyboard where it is.
  readonly #came = ({ currentTarget, type }: Event): void => {
    if (type === 'sundial:ready') this.#isOpening = false;
    else if (this.#isOpening && isDiary(currentTarget)) currentTarget.focusTitle();
  };

  readonly #back = async (): Promise<void> => {
    this.opened = null;
    await this.updateComplete;
    this.#left?.focus();
  };

  get #id(): string {
    return this.chosen ?? this.thread?.trim() ?? '';
  }
}

const isDiary = (target: EventTarget | null): target is SundialDiary =>
  target instanceof HTMLElement && 'goTo' in target;

const dateOf = (day: string) => dateOfDay(parseDay(day) ?? 0);
