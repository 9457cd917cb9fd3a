// A published diary: read by day, checked in the browser, answered by readers (design.md 6, look.md 7, verification.md 8 and 9).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Beside } from '../../../shared/api/public-lists.ts';
import type { PublicIndex } from '../../../shared/api/published.ts';
import { type Explained, type Stretch, termCutter } from '../../../shared/diary/glossary.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { dayStrip, patterns } from '../../base/charts.ts';
import { clockOf, dayNames, offsetName, offsetOf } from '../../base/dates.ts';
import { host } from '../../base/host.styles.ts';
import { icon } from '../../base/icons.ts';
import { wordsOf } from '../../base/language.ts';
import { hashIsFree, isPlainClick, isSealed, wrongName } from '../../base/links.ts';
import { looks } from '../../base/looks.styles.ts';
import { loadingLook, offlineLook, troubleLook } from '../../base/looks.ts';
import { OuterElement } from '../../base/outer-element.ts';
import { paper } from '../../base/paper.styles.ts';
import { type Setting, settingOf } from '../../base/setting.ts';
import { fetchKinds } from '../../base/shell.ts';
import { shown } from '../../base/shown.ts';
import { tokens } from '../../base/tokens.ts';
import type { Check } from '../../controllers/check-job.ts';
import { HashController } from '../../controllers/hash.ts';
import { LoadController, type Loaded } from '../../controllers/load.ts';
import { VerifyController } from '../../controllers/verify.ts';
import type { Words } from '../../locales/zh.ts';
import { itemName } from '../../parts/talk/item-name.ts';
import type { TalkOf } from '../../parts/talk/talk.ts';
import { getBeside } from '../../remote/beside.ts';
import { fetchChecks } from '../../remote/checks.ts';
import { apiOf, askAhead, commentsAt, treeOf } from '../../remote/client.ts';
import { styles } from './diary.styles.ts';
import { headOf } from './head.ts';
import { hoursPanel } from './hours-panel.ts';
import { type ItemView, keepPlaces, proseOf, whenOf } from './items.ts';
import { type Diary, loadDiary } from './load-diary.ts';
import { blocksOf, minutesOf, type Numbered, type Section, sectionsOf, weekHours } from './sections.ts';
import { type Around, neighbours, relatedTags } from './ways.ts';

/** @element sundial-diary
 *  @attr src address of the public tree
 *  @attr draw id of the draw
 *  @attr unit id of the unit
 *  @attr vkey pinned verifier key of the log, one or two
 *  @attr organiser pinned key id of leaf 0, one or two
 *  @attr witness vkeys of outside witnesses
 *  @attr forget nothing of the log is remembered in the reader's browser
 *  @attr draws address of the page that has `sundial-draw`: the draw is linked there
 *  @attr threads address of the page that has `sundial-thread`: threads are linked there
 *  @attr item number of the entry that is shown at first
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready text is painted
 *  @fires sundial:verified every check passed with pinned keys
 *  @fires sundial:failed a check failed, or the diary could not be loaded
 *  @fires sundial:comment the server took a comment
 *  @csspart title verification notice hours day entry text withheld comments comment form button state picture
 *  @cssprop --sundial-accent --sundial-font --sundial-font-title --sundial-radius --sundial-paper --sundial-ink --sundial-line
 *  @slot what the page shows until the diary is there */
export class SundialDiary extends OuterElement {
  static override properties: PropertyDeclarations = {
    ...OuterElement.properties,
    draw: {},
    unit: {},
    vkey: {},
    organiser: {},
    witness: {},
    forget: { type: Boolean },
    draws: {},
    threads: {},
    item: { type: Number },
    asked: { state: true },
    copied: { state: true },
    unfolded: { state: true },
    counts: { state: true },
    here: { state: true },
  };
  static override styles = [tokens, host, paper, looks, styles];

  declare draw: string | null;
  declare unit: string | null;
  declare vkey: string | null;
  declare organiser: string | null;
  declare witness: string | null;
  declare forget: boolean;
  declare draws: string | null;
  declare threads: string | null;
  declare item: number | null;
  /** The term whose explanation is open. */
  declare asked: ItemView['asked'];
  /** The item whose address was copied last. */
  declare copied: number | null;
  /** The entry whose comments are unfolded. */
  declare unfolded: number | null;
  /** How many comments hang on each entry. */
  declare counts: Readonly<Record<string, number>>;
  declare here: number | null;
  readonly #load = new LoadController<Diary>(this);
  readonly #verify = new VerifyController(this);
  /** The bundle that was checked to the end. */
  #ticked: unknown;
  readonly #beside = new LoadController<Beside>(this);
  /** What readers said is painted. */
  #voices: Promise<void> | null = null;
  #painted: Loaded<Diary> | null = null;
  #cut: { readonly items: readonly ShownItem[]; readonly texts: ReadonlyMap<number, readonly Stretch[]> } | null = null;
  #loadedAt = 0;

  constructor() {
    super();
    new HashController(this, () => this.#followHash());
    this.draw = this.unit = this.vkey = this.organiser = this.witness = this.draws = null;
    this.threads = this.item = this.asked = this.copied = this.unfolded = this.here = null;
    this.counts = {};
    this.forget = false;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('src') && !changed.has('draw') && !changed.has('unit')) return;
    const tree = treeOf(this.src);
    const { draw, unit } = this.#named;
    if (this.wrong() !== null || tree === null) {
      this.#load.reset();
      return;
    }
    this.unfolded = this.here = this.asked = this.copied = null;
    this.counts = {};
    this.#load.run(async (signal) => {
      const isFirst = this.#load.now.state === 'loading';
      const loaded = loadDiary(tree, { draw, unit }, signal, (index) => {
        const api = apiOf(index, tree);
        if (isFirst && !signal.aborted && api !== null && isSealed(draw))
          this.#voices = askAhead(commentsAt(api, draw, unit)).then(shown);
      });
      const beside = this.#beside.run(async (signal) => (await getBeside(tree, draw, unit, signal)).value, !isFirst);
      fetchKinds('comments');
      const diary = await loaded;
      // Comes while the text is drawn, which does not wait for it.
      if (diary.read.imported === null) fetchChecks();
      // What lies around stands there from the beginning if it comes in time: then nothing moves.
      await Promise.all([Promise.race([beside, wait(besideMs)]), wordsOf(this)]);
      if (!isFirst) keepPlaces(this.renderRoot, diary.read.items);
      return diary;
    });
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    const { now } = this.#load;
    const before = this.#painted;
    this.#painted = now;
    if (now.state === 'failed' && now !== before) this.tell('sundial:failed', { ...this.#named, code: now.trouble });
    if (now.state !== 'ready') return;
    if (now !== before) {
      this.#loadedAt = Date.now();
      const isFirst = before?.state !== 'ready';
      // Read anew and the same, it is not checked again once it has its tick.
      if (isFirst || before.value.bundle !== now.value.bundle) this.#begin(now.value, isFirst);
      else if (this.#ticked !== now.value.bundle) this.#check(now.value);
    } else if (pins.some((name) => changed.has(name))) this.#check(now.value);
  }

  /** Shows an entry: scrolls to it and puts the keyboard there. */
  goTo(item: number): void {
    this.here = item;
    this.updateComplete.then(() => {
      const entry = this.renderRoot.querySelector<HTMLElement>(`#i${item}`);
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      entry?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
      entry?.focus({ preventScroll: true });
    });
  }

  /** Puts the keyboard on the title; where the diary did not come, on the button that asks for it again. */
  focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>('.title, .top .link')?.focus({ preventScroll: true });
  }

  protected override body() {
    const { now } = this.#load;
    const { words } = this;
    if (now.state === 'ready') return this.#diary(now.value);
    if (now.state !== 'failed')
      return this.childElementCount > 0 ? html`<slot></slot>` : loadingLook(words.state.loading);
    const { draw, unit } = this.#named;
    const plain = now.trouble === 'notThere' ? null : `${treeOf(this.src)}d/${draw}/${unit}.html`;
    return html`${troubleLook(words.state.failed, words.state[now.trouble], words, () => this.#load.again(), plain)}<slot></slot>`;
  }

  #diary(diary: Diary): TemplateResult {
    const { words } = this;
    const setting = settingOf(diary.index, words);
    const { read } = diary;
    const check: Check = read.imported === null ? this.#verify.of(diary.bundle) : { state: 'notSealed' };
    const items = check.state === 'passed' ? check.diary.items : read.items;
    const offset = offsetOf(read.zone || setting.zone);
    const hours = weekHours(items, setting, offset);
    const around: Around = {
      tree: diary.tree,
      here: { ...this.#named, week: read.week },
      items,
      beside: this.#beside.now.state === 'ready' ? this.#beside.now.value : null,
      words,
    };
    const view: ItemView = {
      setting,
      offset,
      tree: diary.tree,
      author: read.author,
      drawIndex: read.drawIndex,
      untimed: read.imported === null ? words.diary.untimed : words.diary.noTime,
      around,
      cut: this.#cutTexts(items, diary.index),
      asked: this.asked,
      explain: this.#explain,
      threads: this.threads ?? (document.querySelector('sundial-thread') === null ? null : ''),
      addressOf: this.#addresses(words),
    };
    const late = relatedTags(null, around);
    return html`${patterns}${this.online && !diary.stale ? nothing : offlineLook(this.#keptName(diary, setting), words)}${headOf(diary, items, setting, check, this.draws)}
<div class="two"><aside><sundial-verification exportparts="verification, notice" .check=${check} .read=${read} .setting=${setting} .material=${`${diary.tree}draw/${this.draw}/${this.unit}.json`}></sundial-verification>${hours.entries + hours.lateEntries === 0 ? nothing : hoursPanel(hours, setting)}</aside>
<div class="read">${late.length === 0 ? nothing : html`<p class="meta late">${words.ways.late(late.length)} ${late}</p>`}${sectionsOf(items).map((section) => this.#section(section, view, diary))}${
      read.strays.length === 0
        ? nothing
        : html`<section class="day"><p class="msg fail">${icon('warn')}<b>${words.diary.stray}</b></p>${read.strays.map((text) => html`<p class="text" lang="zh-CN">${text}</p>`)}</section>`
    }${neighbours(around)}${read.imported === null ? this.#talk(diary, setting, null) : html`<p class="quiet meta closed">${words.diary.closed}</p>`}<p class="foot meta"><span class="source">${words.ways.source(setting.organisation, `${diary.tree}d/${this.#named.draw}/${this.#named.unit}.html`)}<br></span>${words.time.zone(setting.zone, offsetName(setting.offset, diary.publishedAt ?? read.sealedAt ?? 0))}</p></div></div>`;
  }

  #section({ day, kind, items }: Section, view: ItemView, diary: Diary): TemplateResult {
    const { words } = view.setting;
    const entries = items.filter((item) => item.kind !== 'review');
    const reviews = items.filter((item) => item.kind === 'review');
    const timed = entries.filter((item) => item.kind === 'entry');
    const blocks = blocksOf(timed, view.setting);
    const hours = words.time.duration(minutesOf(timed, view.setting, view.offset));
    const named = day === null ? null : dayNames(day, words);
    const heading =
      named === null
        ? html`<h3>${kind === 'week' ? words.diary.weekReview : diary.read.imported === null ? words.diary.other : words.diary.noDay}</h3>`
        : html`<h3><span class="nb">${named.name}</span><small>${[named.weekday, ...this.#dayMark(day ?? '', diary)].join(' · ')}</small></h3>`;
    return html`<section class="day" part="day"><div class="day-head">${heading}${blocks.length > 0 ? html`<span class="meta num">${words.diary.day(hours, timed.length)}</span>` : nothing}</div>${
      blocks.length > 0 ? dayStrip(blocks, words.diary.strip(timed.length, hours), words.time.axis) : nothing
    }${entries.length > 0 ? html`<ol class="entries">${entries.map((item) => this.#entry(item, view, diary))}</ol>` : nothing}${reviews.map(
      (item) =>
        html`<div class="review" id=${`i${item.index}`} tabindex="-1"><h4>${kind === 'week' ? words.diary.weekend2 : words.diary.dayReview}${view.addressOf(item)}</h4><div>${proseOf(item, view)}</div></div>`,
    )}</section>`;
  }

  #entry(item: Numbered, view: ItemView, diary: Diary): TemplateResult {
    const { words } = view.setting;
    const { index } = item;
    const open = this.unfolded === index;
    const said = this.counts[index] ?? 0;
    const takes = diary.index.api !== null && diary.read.imported === null;
    return html`<li class=${this.here === index ? 'entry here' : 'entry'} id=${`i${index}`} part="entry" tabindex="-1"><div class="top-row">${whenOf(item, view)}${
      takes
        ? html`<button class=${said > 0 ? 'speak some no-print' : 'speak no-print'} aria-expanded=${open} aria-label=${words.comments.sayName(said, itemName(item, words))} @click=${() => this.#unfold(index)}>${icon('talk', true)}<span>${said > 0 ? words.comments.said(said) : words.comments.say}</span></button>`
        : nothing
    }</div><div class="what"><div>${proseOf(item, view)}</div></div>${
      open ? this.#talk(diary, view.setting, index) : nothing
    }</li>`;
  }

  /** The permanent address of an item, as a link that also copies it. */
  #addresses(words: Words): ItemView['addressOf'] {
    const { draw, unit } = this.#named;
    const before = hashIsFree() ? `#sundial/${draw}/${unit}/` : `${treeOf(this.src)}d/${draw}/${unit}.html#item-`;
    return (item) => {
      const { index } = item;
      const isCopied = this.copied === index;
      return html`<a class="arrow no-print" href=${before + index} aria-label=${words.ways.address(itemName(item, words))} @click=${(event: MouseEvent) => this.#copy(event, index)}>${icon(isCopied ? 'check' : 'link', true)}</a>${isCopied ? html`<span class="vh" role="status">${words.ways.copied}</span>` : nothing}`;
    };
  }

  async #copy(event: MouseEvent, index: number): Promise<void> {
    const link = event.currentTarget;
    if (!(link instanceof HTMLAnchorElement) || !isPlainClick(event) || !hashIsFree()) return;
    event.preventDefault();
    this.goTo(index);
    try {
      history.replaceState(history.state, '', link.href);
      await navigator.clipboard.writeText(link.href);
      this.copied = index;
    } catch (error) {
      // No clipboard here, or not for us: the address stands in the browser's bar.
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    }
  }

  readonly #explain = (item: number, term: Explained): void => {
    this.asked = this.asked?.item === item && this.asked.term === term ? null : { item, term };
  };

  /** Each word is explained where it stands first. */
  #cutTexts(items: readonly ShownItem[], { glossary = [] }: PublicIndex): ReadonlyMap<number, readonly Stretch[]> {
    if (this.#cut?.items !== items) {
      const cut = termCutter(glossary);
      const texts = new Map(
        items.flatMap(({ kind, item }, n) => (kind === 'title' || !item ? [] : [[n, cut(item.text)] as const])),
      );
      this.#cut = { items, texts };
    }
    return this.#cut.texts;
  }

  /** Public holiday or weekend, unless it is worked to make up for a holiday. */
  #dayMark(day: string, { index: { calendar } }: Diary): readonly string[] {
    const { diary: words } = this.words;
    if (calendar?.holidays.includes(day)) return [words.holiday];
    return dayNames(day, this.words).isWeekend && !calendar?.makeUpWorkdays.includes(day) ? [words.weekend] : [];
  }

  #talk(diary: Diary, setting: Setting, item: number | null): TemplateResult {
    const of: TalkOf = { ...this.#named, tree: diary.tree, api: apiOf(diary.index, diary.tree) };
    return html`<sundial-talk exportparts="comments, comment, form, button, state, picture" .setting=${setting} .of=${of} .items=${diary.read.items} .item=${item} .count=${this.counts[item ?? ''] ?? 0} @counts=${this.#counted} @goto=${this.#wanted}></sundial-talk>`;
  }

  get #named(): { readonly draw: string; readonly unit: string } {
    return { draw: this.draw?.trim() ?? '', unit: this.unit?.trim() ?? '' };
  }

  readonly #counted = ({ detail }: CustomEvent<Readonly<Record<string, number>>>): void => {
    this.counts = detail;
  };

  readonly #wanted = ({ detail }: CustomEvent<number>): void => this.goTo(detail);

  #unfold(item: number): void {
    this.unfolded = this.unfolded === item ? null : item;
  }

  // The text stands first, then what readers said; only then does the check begin.
  async #begin(diary: Diary, isFirst: boolean): Promise<void> {
    const { draw, unit } = this.#named;
    this.tell('sundial:ready', { draw, unit });
    // Read anew, it leaves the reader where he is.
    if (isFirst && !this.#followHash() && this.item !== null) this.goTo(this.item);
    await shown();
    await Promise.race([this.#voices, wait(voicesMs)]);
    this.#check(diary);
  }

  #check(diary: Diary): void {
    const { now } = this.#load;
    if (now.state !== 'ready' || now.value !== diary || diary.read.imported !== null) return;
    const { draw, unit } = this.#named;
    const pinned = (pin: string | null): string => pin?.trim().replace(/\s+/g, ' ') ?? '';
    this.#verify.run(
      {
        tree: diary.tree,
        bundle: diary.bundle,
        want: { draw, unit },
        pins: { vkey: pinned(this.vkey), organiser: pinned(this.organiser) },
        stated: diary.index.pins,
        witness: pinned(this.witness),
        forget: this.forget,
      },
      (check) => {
        if (check.state === 'failed') this.tell('sundial:failed', { draw, unit, code: check.failure });
        const isTick = check.state === 'passed' && check.pinned && !check.diary.notices.includes('DRAND_UNCHECKED');
        if (!isTick) return;
        this.#ticked = diary.bundle;
        this.tell('sundial:verified', { draw, unit, notices: check.diary.notices });
      },
    );
  }

  /** Goes to the entry that the page's address names; true if it names one of this diary. */
  readonly #followHash = (): boolean => {
    const [, draw, unit, item] = /^#sundial\/([^/]+)\/([^/]+)\/(\d+)$/.exec(location.hash) ?? [];
    if (draw !== this.#named.draw || unit !== this.#named.unit || item === undefined) return false;
    this.goTo(Number(item));
    return true;
  };

  #keptName({ stale, keptAt }: Diary, setting: Setting): string | null {
    const at = stale ? keptAt : this.#loadedAt || Date.now();
    return at === null ? null : clockOf(at / 1000, setting.offset, setting.words);
  }

  protected override wrong(): string | null {
    return super.wrong() ?? wrongName(this.draw, this.unit);
  }

  override renew(): void {
    this.#load.again(true);
  }
}

const pins = ['vkey', 'organiser', 'witness'];

/** How long a text waits for what lies around it, in ms. */
const besideMs = 250;

/** How long the check waits for what readers said, in ms. */
const voicesMs = 150;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
