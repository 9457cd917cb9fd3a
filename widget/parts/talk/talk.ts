// What readers say of a diary or of one entry, and the forms to say it: comments with their answers, cases, receipts (closed-loop.md).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PublicComment, PublicReply } from '../../../shared/api/comments.ts';
import type { ticketStates } from '../../../shared/feedback/ticket.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { SundialElement } from '../../base/element.ts';
import { icon } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { fetchKinds } from '../../base/shell.ts';
import { shown } from '../../base/shown.ts';
import { HashController } from '../../controllers/hash.ts';
import { LoadController } from '../../controllers/load.ts';
import { voicesIn } from '../../locales/voices.ts';
import { type CommentPage, getComments, getPhoto } from '../../remote/comments.ts';
import { commentList, type ListContext } from '../comments/comment-list.ts';
import { styles as commentStyles } from '../comments/comments.styles.ts';
import type { FormName, FormPlace } from '../feedback-form/feedback-form.ts';
import { itemName } from './item-name.ts';
import { styles } from './talk.styles.ts';

/** Which diary; `api` null where comments are closed. */
export interface TalkOf {
  readonly tree: string;
  readonly api: string | null;
  readonly draw: string;
  readonly unit: string;
}

type Form = FormName | 'follow' | 'flag';
/** The form that is open, and the comment under which it stands (`''`: above the list). */
interface Open {
  readonly id: string;
  readonly form: Form;
}

/** @element sundial-talk (inside `sundial-diary`)
 *  @fires counts what hangs on each entry (detail: item to number), after the list of a whole diary was read
 *  @fires goto the reader wants to see an entry (detail: its item)
 *  @csspart comments comment form button */
export class SundialTalk extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    of: { attribute: false, hasChanged: (now, before) => JSON.stringify(now) !== JSON.stringify(before) },
    items: { attribute: false },
    item: { attribute: false },
    count: { attribute: false },
    level: { attribute: false },
    open: { state: true },
    here: { state: true },
    whole: { state: true },
    missed: { state: true },
  };
  static override styles = [paper, commentStyles, styles];

  declare setting: Setting;
  declare of: TalkOf;
  /** Empty while they are not known. */
  declare items: readonly ShownItem[];
  /** The entry, null for the whole diary. */
  declare item: number | null;
  /** How many comments hang on the entry. */
  declare count: number;
  /** Of its heading: 3 below a diary, 2 by itself. */
  declare level: 2 | 3;
  declare open: Open | null;
  declare here: string | null;
  /** Whether all rows that are here are drawn, not the first ones alone. */
  declare whole: boolean;
  /** More was asked for and did not come. */
  declare missed: boolean;
  readonly #load = new LoadController<CommentPage>(this);
  #told: CommentPage | null = null;
  readonly #places = new Map<string, FormPlace>();

  constructor() {
    super();
    new HashController(this, () => this.#followHash());
    this.item = this.open = this.here = null;
    this.count = 0;
    this.level = 3;
    this.whole = this.missed = false;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('of') && !changed.has('item')) return;
    const { api, draw, unit } = this.of;
    this.open = this.here = this.#told = null;
    this.whole = this.missed = false;
    this.#places.clear();
    this.#load.reset();
    if (api !== null) this.#load.run((signal) => getComments(api, { draw, unit, item: this.item }, signal));
  }

  override updated(): void {
    const { now } = this.#load;
    if (!this.whole && this.#rows.length > firstRows) this.#drawAll();
    if (this.item !== null || now.state !== 'ready' || now.value === this.#told) return;
    const isFirst = this.#told === null;
    this.#told = now.value;
    if (now.value.byItem) this.dispatchEvent(new CustomEvent('counts', { detail: now.value.byItem }));
    if (isFirst) this.#followHash();
  }

  override render() {
    const { setting, item } = this;
    const words = voicesIn(setting.words.lang);
    if (this.of.api === null)
      return html`<section class="talk" part="comments">${this.#heading(nothing)}<p class="meta closed">${words.closed}</p></section>`;
    if (item !== null)
      return html`<div class="panel entry-talk">${this.count > 0 ? this.#list() : nothing}${this.#forms()}</div>`;
    return html`<section class="talk" part="comments">${this.#heading(html`<small>${this.#summary()}</small>`)}${this.#forms()}${this.#list()}</section>`;
  }

  #heading(more: TemplateResult | typeof nothing): TemplateResult {
    const { heading } = voicesIn(this.setting.words.lang);
    return this.level === 2
      ? html`<h2 class="sec">${heading}${more}</h2>`
      : html`<h3 class="sec">${heading}${more}</h3>`;
  }

  #summary(): string {
    const { now } = this.#load;
    const words = voicesIn(this.setting.words.lang);
    if (now.state !== 'ready') return '';
    const cases = now.value.rows.flatMap(({ ticket }) => ticket ?? []);
    const closed = (state: (typeof ticketStates)[number]): number => cases.filter((one) => one.state === state).length;
    const total = words.count(now.value.total);
    if (cases.length === 0) return total;
    return `${total} · ${words.tickets(cases.length, closed('closedLoop'), closed('closedUnsolved'))}`;
  }

  #list(): TemplateResult {
    const { now } = this.#load;
    const { lang, state } = this.setting.words;
    const words = voicesIn(lang);
    const rows = this.#rows;
    const total = this.item === null ? (now.state === 'ready' ? now.value.total : 0) : this.count;
    const shown = rows.reduce((sum, { replyTotal = 0 }) => sum + 1 + replyTotal, 0);
    return html`<div role="status" class="meta">${
      now.state === 'loading' ? words.loading : now.state === 'ready' && rows.length === 0 ? words.none : nothing
    }</div>${
      now.state === 'failed'
        ? html`<p class="msg fail">${icon('warn')}<span>${words.failed} <button class="link" @click=${() => this.#load.again()}>${state.retry}</button></span></p>`
        : nothing
    }${commentList(this.whole ? rows : rows.slice(0, firstRows), this.#context)}${
      now.state === 'ready' && now.value.next !== null
        ? html`<div class="row"><button class="btn quiet" part="button more" @click=${this.#more}>${words.more(Math.max(1, total - shown))}</button></div>`
        : nothing
    }${this.missed ? html`<p class="msg fail" role="alert">${icon('warn')}<span>${words.failed}</span></p>` : nothing}`;
  }

  get #context(): ListContext {
    const { setting } = this;
    const { api, draw, unit } = this.of;
    return {
      setting,
      here: this.here,
      act: this.#act,
      href: (id) => `#sundial/${draw}/${unit}/c-${id}`,
      about: (comment) => this.#about(comment),
      below: (id) => (this.open?.id === id ? this.#panel(this.open.form) : nothing),
      photo: (path) => (signal) => getPhoto(api ?? '', path, signal),
    };
  }

  #about({ item }: PublicComment): TemplateResult | typeof nothing {
    if (this.item !== null || item === null) return nothing;
    const { words } = this.setting;
    const says = voicesIn(words.lang);
    const named = this.items[item];
    return html`<p class="meta on">${says.on} <button class="link" @click=${() => this.dispatchEvent(new CustomEvent('goto', { detail: item }))}>${named ? itemName(named, words) : says.entry}</button></p>`;
  }

  #forms(): TemplateResult {
    const words = voicesIn(this.setting.words.lang);
    const isWhole = this.item === null;
    const form = this.open?.id === '' ? this.open.form : null;
    const button = (name: Form, word: string, look: string) =>
      html`<button class=${look} part="button" id=${name} aria-expanded=${form === name} @click=${() => this.#unfold('', name)}>${word}</button>`;
    return html`<div class="row no-print" @pointerover=${fetchForms} @focusin=${fetchForms}>${button('comment', words.write, isWhole ? 'btn' : 'btn quiet')}${button('report', words.report, 'btn quiet')}${isWhole ? button('follow', words.follow, 'btn bare') : nothing}${button('mention', words.mention, 'btn bare')}</div>${form === null ? nothing : this.#panel(form)}`;
  }

  #panel(form: Form): TemplateResult {
    const { setting } = this;
    const { tree, api } = this.of;
    const id = this.open?.id ?? '';
    const fold = (): Promise<void> => this.#unfold(id, form);
    return html`<div class="panel">${
      form === 'follow'
        ? html`<sundial-receipt-desk .setting=${setting} .tree=${tree} .api=${api}></sundial-receipt-desk>`
        : form === 'flag'
          ? html`<sundial-flag-form .setting=${setting} .api=${api} .comment=${id} @fold=${fold}></sundial-flag-form>`
          : html`<sundial-feedback-form exportparts="form, button" .setting=${setting} .place=${this.#placeOf(id)} .quote=${this.#quoteOf(id)} form=${form} @fold=${fold} @sundial:comment=${this.#sent}></sundial-feedback-form>`
    }</div>`;
  }

  /** Where a form's words go; the same object as long as it is the same place, so that a draft is read once. */
  #placeOf(id: string): FormPlace {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const { tree, api, draw, unit } = this.of;
    const place = { tree, api: api ?? '', draw, unit, item: this.item };
    const above = this.#rowAbove(id);
    const made = above === undefined ? place : { ...place, item: above.item, parent: id, kind: above.kind };
    this.#places.set(id, made);
    return made;
  }

  /** What the words of a form hang on. */
  #quoteOf(id: string): string {
    const { words } = this.setting;
    const above = this.#rowAbove(id);
    if (above !== undefined) return `${above.nickname}：${above.text}`;
    const named = this.item === null ? undefined : this.items[this.item];
    return named ? `${itemName(named, words)} ${named.item?.text ?? ''}`.trim() : voicesIn(words.lang).whole;
  }

  #rowAbove(id: string): PublicComment | undefined {
    return this.#rows.find((row) => row.id === id);
  }

  async #drawAll(): Promise<void> {
    await shown();
    this.whole = true;
  }

  get #rows(): readonly PublicComment[] {
    const { now } = this.#load;
    return now.state === 'ready' ? now.value.rows : [];
  }

  readonly #act = ({ target }: Event): void => {
    const button = target instanceof Element ? target.closest('button') : null;
    const id = button?.closest('.comment')?.id.slice(2);
    if (button === null || id === undefined) return;
    if (button.value === 'more') this.#moreReplies(id);
    if (button.value === 'reply' || button.value === 'flag') this.#unfold(id, button.value);
  };

  async #unfold(id: string, form: Form): Promise<void> {
    const isOpen = this.open?.id === id && this.open.form === form;
    this.open = isOpen ? null : { id, form };
    await this.updateComplete;
    const opener = id === '' ? `#${form}` : `[id='c-${id}'] > .acts > [value=${form}]`;
    const next = isOpen ? opener : 'sundial-feedback-form, sundial-receipt-desk, sundial-flag-form';
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  readonly #sent = (): void => this.#load.again(true);

  async #fetchMore(job: (signal: AbortSignal) => Promise<CommentPage>): Promise<void> {
    this.missed = false;
    this.missed = (await this.#load.run(job, true)) !== null;
  }

  readonly #more = async (): Promise<void> => {
    const { now } = this.#load;
    const { api, draw, unit } = this.of;
    if (now.state !== 'ready' || now.value.next === null || api === null) return;
    const { rows, next, byItem } = now.value;
    await this.#fetchMore(async (signal) => {
      const page = await getComments(api, { draw, unit, item: this.item, after: next }, signal);
      return { ...page, ...(byItem && { byItem }), rows: joined(rows, page.rows) };
    });
    await this.updateComplete;
    const first = this.#rows[rows.length];
    if (first !== undefined) this.#rowOf(first.id)?.focus({ preventScroll: true });
  };

  async #moreReplies(parent: string): Promise<void> {
    const { now } = this.#load;
    const { api, draw, unit } = this.of;
    const above = this.#rowAbove(parent);
    const last = above?.replies?.at(-1);
    if (now.state !== 'ready' || api === null || last === undefined) return;
    const page = now.value;
    await this.#fetchMore(async (signal) => {
      const more = await getComments(api, { draw, unit, parent, after: `${last.at}.${last.id}` }, signal);
      const rows = page.rows.map((row) =>
        row.id === parent ? { ...row, replies: joined<PublicReply>(row.replies ?? [], more.rows) } : row,
      );
      return { ...page, rows };
    });
    const [next] = this.#rows.find(({ id }) => id === parent)?.replies?.slice(above?.replies?.length) ?? [];
    await this.updateComplete;
    if (next !== undefined) this.#rowOf(next.id)?.focus({ preventScroll: true });
  }

  /** Shows the comment that the page's address names; one of a later page is fetched and stands first. */
  readonly #followHash = async (): Promise<void> => {
    const { now } = this.#load;
    const { api, draw, unit } = this.of;
    const [, of, by, id] = /^#sundial\/([^/]+)\/([^/]+)\/c-([0-9a-z]{1,40})$/.exec(location.hash) ?? [];
    if (this.item !== null || of !== draw || by !== unit || id === undefined) return;
    if (now.state !== 'ready' || api === null) return;
    const page = now.value;
    this.here = id;
    this.whole = true;
    await this.updateComplete;
    if (this.#rowOf(id) === null) {
      await this.#load.run(async (signal) => {
        const { rows } = await getComments(api, { draw, unit, only: id }, signal);
        return { ...page, rows: joined(rows, page.rows) };
      }, true);
      await this.updateComplete;
    }
    const row = this.#rowOf(id);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  };

  #rowOf(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[id='c-${id}']`);
  }
}

/** Rows of the first painting: about a screen of them. */
const firstRows = 10;

/** Who comes near the buttons is about to write. */
const fetchForms = (): void => void fetchKinds('talk');

/** Both lists, each id once: a comment that was published meanwhile moves no page. */
function joined<Row extends { readonly id: string }>(rows: readonly Row[], more: readonly Row[]): Row[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...more.filter(({ id }) => !known.has(id))];
}
