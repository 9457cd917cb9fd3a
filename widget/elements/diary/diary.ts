// A published diary: read by day, checked in the browser, answered by readers (design.md 6, look.md 7, verification.md 8 and 9).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PublicComment } from '../../../shared/api/comments.ts';
import type { PublicIndex } from '../../../shared/api/published.ts';
import type { ticketStates } from '../../../shared/feedback/ticket.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { dayStrip, patterns } from '../../base/charts.ts';
import {
  clockOf,
  dayNames,
  drawNames,
  fullTime,
  offsetName,
  offsetOf,
  spanNames,
  weekNames,
} from '../../base/dates.ts';
import { host } from '../../base/host.styles.ts';
import { icon } from '../../base/icons.ts';
import { looks } from '../../base/looks.styles.ts';
import { loadingLook, offlineLook, troubleLook } from '../../base/looks.ts';
import { OuterElement } from '../../base/outer-element.ts';
import { paper } from '../../base/paper.styles.ts';
import { type Setting, settingOf } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { LoadController } from '../../controllers/load.ts';
import { type Check, VerifyController } from '../../controllers/verify.ts';
import { commentList } from '../../parts/comments/comment-list.ts';
import { styles as commentStyles } from '../../parts/comments/comments.styles.ts';
import type { FormPlace } from '../../parts/feedback-form/feedback-form.ts';
import { type ReadBundle, readBundle } from '../../remote/bundle.ts';
import {
  apiOf,
  type CommentPage,
  getBundle,
  getComments,
  getDraw,
  getIndex,
  treeOf,
  Unreachable,
} from '../../remote/client.ts';
import { styles } from './diary.styles.ts';
import { hoursPanel } from './hours-panel.ts';
import { heldBox, type ItemView, whenOf, wordsOf } from './items.ts';
import { blocksOf, minutesOf, type Numbered, type Section, sectionsOf, weekHours } from './sections.ts';

interface Diary {
  readonly tree: string;
  readonly index: PublicIndex;
  readonly bundle: Readonly<Record<string, unknown>>;
  readonly read: ReadBundle;
  readonly publishedAt: number | null;
  readonly stale: boolean;
  readonly keptAt: number | null;
}

type Form = 'comment' | 'report' | 'follow';
/** What is unfolded: an entry's panel (its number) or the foot (`all`), and a form in it. */
interface Unfolded {
  readonly at: number | 'all';
  readonly form: Form | null;
}

const pageOfComments = 25;

/** @element sundial-diary
 *  @attr src address of the public tree
 *  @attr draw id of the draw
 *  @attr unit id of the unit
 *  @attr vkey pinned verifier key of the log, one or two
 *  @attr organiser pinned key id of leaf 0, one or two
 *  @attr witness vkeys of outside witnesses
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready text is painted
 *  @fires sundial:verified every check passed with pinned keys
 *  @fires sundial:failed a check failed, or the diary could not be loaded
 *  @fires sundial:comment the server took a comment
 *  @csspart title verification notice hours day entry text withheld comments comment form button
 *  @cssprop --sundial-accent --sundial-font --sundial-font-title --sundial-radius --sundial-paper --sundial-ink --sundial-line
 *  @slot what the page shows until the diary is there */
export class SundialDiary extends OuterElement {
  static override properties: PropertyDeclarations = {
    ...OuterElement.properties,
    src: {},
    draw: {},
    unit: {},
    vkey: {},
    organiser: {},
    witness: {},
    unfolded: { state: true },
    listed: { state: true },
    here: { state: true },
  };
  static override styles = [tokens, host, paper, looks, commentStyles, styles];

  declare src: string | null;
  declare draw: string | null;
  declare unit: string | null;
  declare vkey: string | null;
  declare organiser: string | null;
  declare witness: string | null;
  declare unfolded: Unfolded | null;
  declare listed: number;
  declare here: number | null;
  readonly #load = new LoadController<Diary>(this);
  readonly #comments = new LoadController<CommentPage>(this);
  readonly #verify = new VerifyController(this);
  #painted: Diary | null = null;
  #loadedAt = 0;

  constructor() {
    super();
    this.src = this.draw = this.unit = this.vkey = this.organiser = this.witness = null;
    this.unfolded = null;
    this.listed = pageOfComments;
    this.here = null;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('src') && !changed.has('draw') && !changed.has('unit')) return;
    const tree = treeOf(this.src);
    const [draw, unit] = [this.draw?.trim() ?? '', this.unit?.trim() ?? ''];
    if (this.#wrongAttribute() !== null || tree === null) return;
    this.unfolded = this.here = null;
    this.#places.clear();
    this.#comments.reset();
    this.#load.run((signal) => loadDiary(tree, draw, unit, signal));
  }

  override render() {
    const { words } = this;
    const wrong = this.#wrongAttribute();
    return html`<div class="s" lang=${words.lang}>${wrong === null ? this.#body() : html`<p class="msg fail" role="alert">${icon('warn')}<span>${words.state.attribute(wrong)}</span></p>`}</div>`;
  }

  override updated(): void {
    const { now } = this.#load;
    if (now.state === 'failed' && this.#painted !== null) this.#painted = null;
    if (now.state !== 'ready' || now.value === this.#painted) return;
    const isFirst = this.#painted?.bundle !== now.value.bundle;
    this.#painted = now.value;
    this.#loadedAt = Date.now();
    if (isFirst) this.#begin(now.value);
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

  /** Puts the keyboard on the title once there is one. */
  focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>('.title')?.focus({ preventScroll: true });
  }

  #body() {
    const { now } = this.#load;
    const { words } = this;
    switch (now.state) {
      case 'idle':
      case 'loading':
        return this.childElementCount > 0 ? html`<slot></slot>` : loadingLook(words.state.loading);
      case 'failed': {
        const plain = `${treeOf(this.src)}d/${this.draw?.trim()}/${this.unit?.trim()}.html`;
        return html`${troubleLook(words.state.failed, now.trouble, words, () => this.#load.again(), now.trouble === 'notThere' ? null : plain)}<slot></slot>`;
      }
      case 'ready':
        return this.#diary(now.value);
    }
  }

  #diary(diary: Diary): TemplateResult {
    const { words } = this;
    const setting = settingOf(diary.index, words);
    const { read } = diary;
    const check = this.#verify.of(diary.bundle);
    const items = check.state === 'passed' ? check.diary.items : read.items;
    const offset = offsetOf(read.zone || setting.zone);
    const view: ItemView = { setting, tree: diary.tree, author: read.author, drawIndex: read.drawIndex };
    return html`${patterns}${this.online && !diary.stale ? nothing : offlineLook(this.#keptName(diary, setting), words)}${this.#head(diary, items, setting, check)}
<div class="two"><aside><sundial-verification exportparts="verification, notice" .check=${check} .read=${read} .setting=${setting} .material=${`${diary.tree}draw/${this.draw}/${this.unit}.json`}></sundial-verification>${hoursPanel(weekHours(items, setting, offset), setting)}</aside>
<div class="read">${sectionsOf(items).map((section) => this.#section(section, view, diary))}${
      read.strays.length === 0
        ? nothing
        : html`<section class="day"><p class="msg fail">${icon('warn')}<b>${words.diary.stray}</b></p>${read.strays.map((text) => html`<p class="text" lang="zh-CN">${text}</p>`)}</section>`
    }${this.#talk(diary, items, setting)}<p class="foot meta">${words.time.zone(setting.zone, offsetName(setting.offset, diary.publishedAt ?? read.sealedAt ?? 0))}</p></div></div>`;
  }

  #head(diary: Diary, items: readonly ShownItem[], setting: Setting, check: Check): TemplateResult {
    const { words } = setting;
    const { read } = diary;
    const title = items.find(({ kind }) => kind === 'title');
    const week = weekNames(read.week, words);
    const unit = setting.unit(read.author);
    const draw = drawNames(this.draw?.trim() ?? '');
    const time = (at: number): string => fullTime(at, setting.offset, words);
    const proven = check.state === 'passed' ? check.diary : null;
    const isOpen = check.state === 'running';
    const latest = read.acks.length > 0 ? Math.max(...read.acks) : null;
    const notLater = proven ? proven.notLaterThan : latest;
    const acks = proven ? proven.acks.length : read.acks.length;
    const said = (at: number): string =>
      proven || isOpen ? time(at) + words.diary.witnessed(acks) : words.diary.unproven;
    return html`<header><p class="kicker">${setting.demo ? html`<span class="demo">${words.demo}</span>` : nothing}<span class="nb">${week.name}</span><span class="nb num">${week.days}</span></p>
<h2 class="title" part="title" tabindex="-1" lang="zh-CN">${title?.item?.text ?? (title?.withheld ? words.diary.titleHeld : words.feed.untitled(unit, week.name))}</h2>${title?.withheld ? heldBox(title, { setting, tree: diary.tree, author: read.author, drawIndex: read.drawIndex }) : nothing}
<p class="byline">${words.diary.by(unit, setting.post(read.author, read.week))}</p>
<dl class="times">${read.sealedAt === null ? nothing : html`<div><dt>${words.diary.signed}</dt><dd>${time(read.sealedAt)}</dd></div>`}${
      notLater === null
        ? nothing
        : html`<div><dt>${words.diary.notLater}</dt><dd class=${isOpen ? 'pending' : ''}>${said(notLater)}</dd></div>`
    }<div><dt>${words.diary.drawn}</dt><dd>${words.diary.drawnIn(weekNames(draw.week, words).name, draw.run)}${read.drawnAt === null ? nothing : ` · ${time(read.drawnAt)}`}</dd></div>${
      diary.publishedAt === null
        ? nothing
        : html`<div><dt>${words.diary.published}</dt><dd>${time(diary.publishedAt)}</dd></div>`
    }</dl></header>`;
  }

  #section({ day, kind, items }: Section, view: ItemView, diary: Diary): TemplateResult {
    const { words } = view.setting;
    const entries = items.filter((item) => item.kind !== 'review');
    const reviews = items.filter((item) => item.kind === 'review');
    const timed = entries.filter((item) => item.kind === 'entry');
    const hours = words.time.duration(minutesOf(timed, view.setting, offsetOf(diary.read.zone || view.setting.zone)));
    const named = day === null ? null : dayNames(day, words);
    const heading =
      named === null
        ? html`<h3>${kind === 'week' ? words.diary.weekReview : words.diary.other}</h3>`
        : html`<h3><span class="nb">${named.name}</span><small>${named.weekday}${named.isWeekend ? ` · ${words.diary.weekend}` : ''}</small></h3>`;
    return html`<section class="day" part="day"><div class="day-head">${heading}${timed.length > 0 ? html`<span class="meta num">${words.diary.day(hours, timed.length)}</span>` : nothing}</div>${
      timed.length > 0
        ? dayStrip(blocksOf(timed, view.setting), words.diary.strip(timed.length, hours), words.time.axis)
        : nothing
    }${entries.length > 0 ? html`<ol class="entries">${entries.map((item) => this.#entry(item, view, diary))}</ol>` : nothing}${reviews.map(
      (item) =>
        html`<div class="review" id=${`i${item.index}`} tabindex="-1"><h4>${kind === 'week' ? words.diary.weekend2 : words.diary.dayReview}</h4><div>${wordsOf(item, view)}</div></div>`,
    )}</section>`;
  }

  #entry(item: Numbered, view: ItemView, diary: Diary): TemplateResult {
    const { words } = view.setting;
    const { index } = item;
    const open = this.unfolded?.at === index;
    const said = this.#commentsOf(index);
    const takes = diary.index.api !== null;
    return html`<li class=${this.here === index ? 'entry here' : 'entry'} id=${`i${index}`} part="entry" tabindex="-1"><div class="top-row">${whenOf(item, view)}${
      takes
        ? html`<button class=${said.length > 0 ? 'speak some no-print' : 'speak no-print'} aria-expanded=${open} aria-label=${words.comments.sayName(said.length, this.#nameOf(item))} @click=${() => this.#unfold(index)}>${icon('talk', true)}<span>${words.comments.say}${said.length > 0 ? html`<span class="num">${words.lang === 'en' ? ' ' : ''}${said.length}</span>` : nothing}</span></button>`
        : nothing
    }</div><div class="what"><div>${wordsOf(item, view)}</div></div>${
      open
        ? html`<div class="panel">${commentList(said, view.setting)}${this.#forms(diary, view.setting, index)}</div>`
        : nothing
    }</li>`;
  }

  #talk(diary: Diary, items: readonly ShownItem[], setting: Setting): TemplateResult {
    const { comments: words } = setting.words;
    if (diary.index.api === null)
      return html`<section class="talk" part="comments"><h3 class="sec">${words.heading}</h3><p class="meta closed">${words.closed}</p></section>`;
    const { now } = this.#comments;
    const rows = now.state === 'ready' ? now.value.rows : [];
    const total = now.state === 'ready' ? now.value.total : 0;
    const cases = rows.flatMap(({ ticket }) => ticket ?? []);
    const closed = (state: (typeof ticketStates)[number]): number => cases.filter((one) => one.state === state).length;
    const count =
      now.state !== 'ready'
        ? ''
        : [
            words.count(total),
            ...(cases.length > 0 ? [words.tickets(cases.length, closed('closedLoop'), closed('closedUnsolved'))] : []),
          ].join(' · ');
    return html`<section class="talk" part="comments"><h3 class="sec">${words.heading}<small>${count}</small></h3>${this.#forms(diary, setting, 'all')}<div role="status" class="meta">${
      now.state === 'loading' ? words.loading : now.state === 'ready' && rows.length === 0 ? words.none : nothing
    }</div>${
      now.state === 'failed'
        ? html`<p class="msg fail">${icon('warn')}<span>${words.failed} <button class="link" @click=${() => this.#comments.again()}>${setting.words.state.retry}</button></span></p>`
        : nothing
    }${commentList(rows.slice(0, this.listed), setting, (comment) => this.#about(comment, items))}${
      total > this.listed && rows.length > 0
        ? html`<div class="row"><button class="btn quiet" @click=${() => this.#more(diary)}>${words.more(total - Math.min(this.listed, rows.length))}</button></div>`
        : nothing
    }</section>`;
  }

  #forms(diary: Diary, setting: Setting, at: Unfolded['at']): TemplateResult {
    const { comments: words } = setting.words;
    const api = apiOf(diary.index, diary.tree) ?? '';
    const form = this.unfolded?.at === at ? this.unfolded.form : null;
    const button = (name: Form, word: string, look: string) =>
      html`<button class=${look} part="button" id=${`${at}-${name}`} aria-expanded=${form === name} @click=${() => this.#open(at, name)}>${word}</button>`;
    return html`<div class="row no-print">${button('comment', words.write, at === 'all' ? 'btn' : 'btn quiet')}${button('report', words.report, 'btn quiet')}${at === 'all' ? button('follow', words.follow, 'btn bare') : nothing}</div>${
      form === null
        ? nothing
        : form === 'follow'
          ? html`<div class="panel"><sundial-receipt-desk .setting=${setting} .tree=${diary.tree} .api=${api}></sundial-receipt-desk></div>`
          : html`<div class="panel"><sundial-feedback-form exportparts="form, button" .setting=${setting} .place=${this.#placeOf(diary, setting, at, api)} ?report=${form === 'report'} @fold=${() => this.#open(at, form)} @sundial:comment=${this.#sent}></sundial-feedback-form></div>`
    }`;
  }

  #placeOf(diary: Diary, setting: Setting, at: Unfolded['at'], api: string): FormPlace {
    const item = at === 'all' ? null : at;
    const named = item === null ? undefined : diary.read.items[item];
    const place = { tree: diary.tree, api, draw: this.draw?.trim() ?? '', unit: this.unit?.trim() ?? '', item };
    const known = this.#places.get(at);
    if (known?.draw === place.draw && known.unit === place.unit && known.api === api) return known;
    const quote = named ? `${this.#nameOf(named)} ${named.item?.text ?? ''}`.trim() : setting.words.comments.whole;
    const made = { ...place, quote };
    this.#places.set(at, made);
    return made;
  }

  readonly #places = new Map<Unfolded['at'], FormPlace>();

  #about(comment: PublicComment, items: readonly ShownItem[]): TemplateResult | typeof nothing {
    const { comments: words } = this.words;
    const { item } = comment;
    const named = item === null ? undefined : items[item];
    if (item === null || named === undefined || comment.text === null) return nothing;
    return html`<p class="meta on">${words.on} <button class="link" @click=${() => this.goTo(item)}>${this.#nameOf(named)}</button></p>`;
  }

  /** `9月14日 08:30–10:00` of an item. */
  #nameOf({ day, start, end, kind }: ShownItem): string {
    const { words } = this;
    if (day === undefined) return words.diary.weekReview;
    const date = dayNames(day, words).name;
    if (start === undefined || end === undefined)
      return `${date} ${kind === 'review' ? words.diary.dayReview : ''}`.trim();
    return `${date} ${spanNames(start, end, words).text}`;
  }

  #commentsOf(item: number): readonly PublicComment[] {
    const { now } = this.#comments;
    return now.state === 'ready' ? now.value.rows.filter((comment) => comment.item === item) : [];
  }

  #unfold(at: Unfolded['at']): void {
    this.unfolded = this.unfolded?.at === at ? null : { at, form: null };
  }

  async #open(at: Unfolded['at'], form: Form): Promise<void> {
    const isOpen = this.unfolded?.at === at && this.unfolded.form === form;
    this.unfolded = { at, form: isOpen ? null : form };
    const next = isOpen ? `[id='${at}-${form}']` : 'sundial-feedback-form, sundial-receipt-desk';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  readonly #sent = (): void => this.#comments.again(true);

  async #more(diary: Diary): Promise<void> {
    const { now } = this.#comments;
    this.listed += pageOfComments;
    if (now.state !== 'ready' || now.value.next === null || now.value.rows.length >= this.listed) return;
    const { rows, next } = now.value;
    const api = apiOf(diary.index, diary.tree) ?? '';
    const of = { draw: this.draw?.trim() ?? '', unit: this.unit?.trim() ?? '', after: next };
    this.#comments.run(async (signal) => {
      const page = await getComments(api, of, signal);
      const known = new Set(rows.map(({ id }) => id));
      return { ...page, rows: [...rows, ...page.rows.filter(({ id }) => !known.has(id))] };
    }, true);
  }

  // The text stands first; only then does the check begin.
  async #begin(diary: Diary): Promise<void> {
    const [draw, unit] = [this.draw?.trim() ?? '', this.unit?.trim() ?? ''];
    this.tell('sundial:ready', { draw, unit });
    this.#followHash();
    const api = apiOf(diary.index, diary.tree);
    if (api !== null) this.#comments.run((signal) => getComments(api, { draw, unit, after: null }, signal));
    await shown();
    if (this.#painted !== diary || !this.isConnected) return;
    const pinned = (pin: string | null): string => pin?.trim().replace(/\s+/g, ' ') ?? '';
    this.#verify.run(
      {
        tree: diary.tree,
        bundle: diary.bundle,
        want: { draw, unit },
        pins: { vkey: pinned(this.vkey), organiser: pinned(this.organiser) },
        stated: diary.index.pins,
        witness: pinned(this.witness),
      },
      (check) => {
        if (check.state === 'failed') this.tell('sundial:failed', { draw, unit, code: check.failure });
        const isTick = check.state === 'passed' && check.pinned && !check.diary.notices.includes('DRAND_UNCHECKED');
        if (isTick) this.tell('sundial:verified', { draw, unit, notices: check.diary.notices });
      },
    );
  }

  #followHash(): void {
    const [, draw, unit, item] = /^#sundial\/([^/]+)\/([^/]+)\/(\d+)$/.exec(location.hash) ?? [];
    if (draw === this.draw?.trim() && unit === this.unit?.trim() && item !== undefined) this.goTo(Number(item));
  }

  #keptName({ stale, keptAt }: Diary, setting: Setting): string | null {
    const at = stale ? keptAt : this.#loadedAt || Date.now();
    return at === null ? null : clockOf(at / 1000, setting.offset, setting.words);
  }

  #wrongAttribute(): string | null {
    if (treeOf(this.src) === null) return 'src';
    if (!/^d-[a-z0-9-]{1,60}$/.test(this.draw?.trim() ?? '')) return 'draw';
    return /^[a-z0-9-]{1,32}$/.test(this.unit?.trim() ?? '') ? null : 'unit';
  }

  override backOnline(): void {
    this.#load.again(true);
  }
}

async function loadDiary(tree: string, draw: string, unit: string, signal: AbortSignal): Promise<Diary> {
  const [index, bundle, page] = await Promise.all([
    getIndex(tree, signal),
    getBundle(tree, draw, unit, signal),
    getDraw(tree, draw, signal).catch((error: unknown) => {
      if (error instanceof Unreachable) return null; // the draw's page only says when it was published
      throw error;
    }),
  ]);
  const publishedAt = page?.value.publishedAt ?? null;
  return {
    tree,
    index: index.value,
    bundle: bundle.value,
    read: readBundle(bundle.value),
    publishedAt,
    stale: bundle.stale,
    keptAt: bundle.keptAt,
  };
}

/** Resolves when a frame has been painted, or soon in a hidden page. */
function shown(): Promise<void> {
  return new Promise((resolve) => {
    const later = setTimeout(resolve, 200);
    requestAnimationFrame(() => {
      clearTimeout(later);
      setTimeout(resolve);
    });
  });
}
