// Following by receipt: state, course, the answer to the follow-up, changing what waits, withdrawing (closed-loop.md).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ReceiptView } from '../../../shared/api/comments.ts';
import { reopenWithinDays } from '../../../shared/feedback/allowed.ts';
import { isReceiptNumber, plainCode } from '../../../shared/feedback/receipt.ts';
import { reopenLimit } from '../../../shared/feedback/ticket.ts';
import { drawNames, shortTime, weekNames } from '../../base/dates.ts';
import { SundialElement } from '../../base/element.ts';
import { fields } from '../../base/fields.styles.ts';
import { icon } from '../../base/icons.ts';
import { diaryLink, toFeed } from '../../base/links.ts';
import { wait } from '../../base/more-icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { unbroken } from '../../base/unbroken.ts';
import { SendController } from '../../controllers/send.ts';
import { talkIn } from '../../locales/talk.ts';
import { voicesIn } from '../../locales/voices.ts';
import { getPhoto } from '../../remote/comments.ts';
import { type KeptReceipt, keepReceipt, keepText, keptReceipts, keptText } from '../../remote/memory.ts';
import { type ReceiptKey, useReceipt } from '../../remote/post.ts';
import type { PhotoAt } from '../comments/comment-list.ts';
import { replyBox, stateBadge, when } from '../comments/comment-parts.ts';
import { styles as commentStyles } from '../comments/comments.styles.ts';
import { notice } from '../notice/notice.ts';
import { styles } from './receipt.styles.ts';
import { saveFile } from './save-file.ts';

type Step = 'text' | 'withdrawal' | 'follow-up' | 'erasure' | 'appeal';

/** @element sundial-receipt-desk (inside `sundial-diary` and `sundial-ticket`) */
export class SundialReceiptDesk extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    tree: { attribute: false },
    api: { attribute: false },
    isWhole: { attribute: false },
    view: { state: true },
    open: { state: true },
    wrong: { state: true },
  };
  static override styles = [paper, fields, commentStyles, styles];

  declare setting: Setting;
  declare tree: string;
  declare api: string;
  /** It stands by itself: what is around it has the heading, and says which diary it is about. */
  declare isWhole: boolean;
  declare view: ReceiptView | null;
  /** What is unfolded under the comment: changing it, or the question before withdrawing or erasing. */
  declare open: '' | 'edit' | 'withdraw' | 'erase' | 'erased' | 'again' | 'answered';
  declare wrong: '' | 'number' | 'code' | 'solved';
  #receipt: ReceiptKey | null = null;
  readonly #sending = new SendController(this);

  constructor() {
    super();
    this.view = null;
    this.open = '';
    this.wrong = '';
    this.isWhole = false;
  }

  override render() {
    const { receipt: words } = talkIn(this.setting.words.lang);
    return html`<section aria-label=${words.follow}>${this.isWhole ? nothing : html`<h3 class="sub">${words.follow}</h3>`}${this.view === null ? this.#ask() : this.#show(this.view)}${this.#trouble()}</section>`;
  }

  override focus(): void {
    this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input, button')?.focus());
  }

  #ask(): TemplateResult {
    const { receipt: words } = talkIn(this.setting.words.lang);
    const kept = keptReceipts(this.tree);
    return html`${
      kept.length === 0
        ? nothing
        : html`<div class="field"><p class="label">${words.remembered}</p><ul class="kept">${kept.map(
            (one) =>
              html`<li><button class="link num" @click=${() => this.#look(one)}>${one.number}</button><span>${one.label}</span><button class="link" @click=${() => this.#forget(one)}>${words.forget}</button></li>`,
          )}</ul></div>`
    }<form novalidate @submit=${this.#typed}><p class="hint">${words.followHint}</p>
<div class=${this.wrong === 'number' ? 'field invalid' : 'field'}><label for="number">${words.number}</label><input type="text" id="number" inputmode="numeric" autocomplete="off" aria-describedby="number-error">${this.#error('number', words.numberWrong)}</div>
<div class=${this.wrong === 'code' ? 'field invalid' : 'field'}><label for="code">${words.code}</label><input type="text" id="code" class="code-field" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-error">${this.#error('code', words.codeWrong)}</div>
<div class="row"><button class="btn" part="button" type="submit" aria-disabled=${this.#isBusy}>${this.#isBusy ? words.looking : words.look}</button></div></form>`;
  }

  #show(view: ReceiptView): TemplateResult {
    const { setting } = this;
    const { receipt: words } = talkIn(setting.words.lang);
    const voices = voicesIn(setting.words.lang);
    const known: Readonly<Record<string, string>> = voices.rejection;
    const canEdit = view.state === 'waiting' && view.kind !== 'mention';
    const canWithdraw = view.state === 'waiting' || view.state === 'published' || view.state === 'answered';
    const time = (at: number): string => shortTime(at, setting.offset, setting.words);
    return html`<div class="head" tabindex="-1"><b>${view.number}</b>${
      view.ticket === null
        ? html`<span class=${`state st-${view.state === 'published' ? 'open' : 'wait'}`}>${icon(view.state === 'waiting' ? wait : view.state === 'published' ? 'talk' : 'right', true)}${view.state === 'answered' ? words.wasAnswered : voices.commentState[view.state]}</span>`
        : stateBadge(view.ticket.state, setting)
    }<span class="meta">${words.sentAt(time(view.at))}</span></div>
${this.isWhole ? this.#about(view) : nothing}
${view.state === 'waiting' && view.decidedBy !== null ? html`<p class="label">${unbroken(words.decided(time(view.decidedBy)), [time(view.decidedBy)])}</p>` : nothing}
${view.reason === null ? nothing : html`<p class="label">${words.rejected(known[view.reason] ?? view.reason)}</p>`}
${this.open === 'edit' ? this.#editing(view) : view.text === '' ? nothing : html`<p class="mine">${view.text}</p>`}
${this.#appealing(view)}
${view.reply && replyBox(view.reply, setting)}${view.answer && html`<div class="reply"><header><b>${words.reviewer}</b>${when(view.answer.at, setting)}</header><p class="said">${view.answer.text}</p></div>`}
${view.ticket && html`<sundial-case .ticket=${view.ticket} .setting=${setting} .photo=${this.#photo}></sundial-case>`}
${view.followUpAsked || this.open === 'again' ? this.#asking() : this.open === 'answered' ? html`<p class="label" role="status">${icon('check', true)} ${words.answered}</p>` : nothing}
${
  this.open === 'withdraw'
    ? this.#sure(words.withdrawSure, words.withdrawYes, words.keepIt, () => this.#act('withdrawal'))
    : this.open === 'erase'
      ? this.#sure(words.eraseSure, words.eraseYes, words.keepData, this.#erase)
      : html`<div class="row">${canEdit && this.open !== 'edit' ? html`<button class="btn quiet" @click=${() => this.#unfold('edit')}>${words.edit}</button>` : nothing}${this.open === '' && mayReopen(view) ? html`<button class="btn quiet" part="button" @click=${() => this.#unfold('again')}>${words.again}</button>` : nothing}${canWithdraw ? html`<button class="btn quiet" @click=${() => this.#unfold('withdraw')}>${words.withdraw}</button>` : nothing}<button class="btn bare" @click=${this.#another}>${words.another}</button></div><div class="row"><button class="link" @click=${this.#download}>${words.download}</button>${this.open === 'erased' ? html`<span class="label" role="status">${words.erased}</span>` : html`<button class="link" @click=${() => this.#unfold('erase')}>${words.erase}</button>`}</div>`
}`;
  }

  #sure(what: string, yes: string, no: string, act: () => unknown): TemplateResult {
    return html`<p class="msg amber field" role="alert">${icon('warn')}<span>${what}</span></p><div class="row"><button class="btn" @click=${act}>${yes}</button><button class="btn bare" @click=${() => this.#unfold('')}>${no}</button></div>`;
  }

  #about({ draw, unit, item }: ReceiptView): TemplateResult {
    const { setting } = this;
    const what = setting.words.feed.untitled(setting.unit(unit), weekNames(drawNames(draw).week, setting.words).name);
    return html`<p class="label"><a href=${diaryLink(this.tree, draw, unit, item ?? undefined)} @click=${toFeed}>${talkIn(setting.words.lang).form.on(what)}</a></p>`;
  }

  #editing({ text }: ReceiptView): TemplateResult {
    const { receipt: words, form } = talkIn(this.setting.words.lang);
    return html`<form @submit=${this.#saveEdit}><div class="field"><label for="edit">${form.text}</label><textarea id="edit" .value=${keptText(this.#draftName('edit')) || text} @input=${this.#keep}></textarea><p class="hint">${words.editHint}</p></div><div class="row"><button class="btn" type="submit">${words.saveEdit}</button><button class="btn bare" type="button" @click=${() => this.#unfold('')}>${form.cancel}</button></div></form>`;
  }

  #asking(): TemplateResult {
    const { receipt: words, form } = talkIn(this.setting.words.lang);
    return html`<form novalidate @submit=${this.#answer}>${
      this.open === 'again'
        ? html`<p class="hint">${words.againHint}</p>`
        : html`<fieldset class="field"><legend>${words.asked}</legend><div class="choices"><label><input type="radio" name="solved" value="y">${words.solved}</label><label><input type="radio" name="solved" value="n">${words.unsolved}</label></div>${this.#error('solved', words.needAnswer)}</fieldset>`
    }
<fieldset class="field"><legend>${words.rating}</legend><div class="stars">${words.rate.map((word, n) => html`<label><input type="radio" name="rating" value=${n + 1}>${n + 1}<small>${word}</small></label>`)}</div></fieldset>
<div class="field"><label for="words">${words.moreWords}</label><textarea id="words" name="words" .value=${keptText(this.#draftName('words'))} @input=${this.#keep}></textarea></div>${notice(form.answerNotice(this.setting.organisation), this.api, this.setting)}<div class="row"><button class="btn" part="button" type="submit">${this.open === 'again' ? words.again : words.answer}</button></div></form>`;
  }

  /** What the author may say once against a rejection or removal, and what became of it. */
  #appealing({ note, appeal, mayAppeal }: ReceiptView) {
    const { receipt: words } = talkIn(this.setting.words.lang);
    return html`${note ? html`<p class="label">${words.moderatorSays(note)}</p>` : nothing}${
      appeal
        ? html`<p class="label" role="status">${words.appeal[appeal.state]}${appeal.note === null ? nothing : words.moderatorSays(appeal.note)}</p><p class="mine">${appeal.words}</p>`
        : nothing
    }${
      mayAppeal === true
        ? html`<form @submit=${this.#sendAppeal}><div class="field"><label for="appeal">${words.appealWhy}</label><textarea id="appeal" .value=${keptText(this.#draftName('appeal'))} @input=${this.#keep}></textarea><p class="hint">${words.appealHint}</p></div><div class="row"><button class="btn quiet" type="submit">${words.appealSend}</button></div></form>`
        : nothing
    }`;
  }

  #trouble() {
    const { now } = this.#sending;
    const { form } = talkIn(this.setting.words.lang);
    return html`<div role="alert">${now.state === 'failed' ? html`<p class="msg fail field">${icon('warn')}<span>${now.problem === 'UNREACHABLE' ? form.notSent : (form.why[now.problem] ?? form.odd)}</span></p>` : nothing}</div>`;
  }

  #error(mistake: 'number' | 'code' | 'solved', text: string) {
    return html`<p class="err" id=${`${mistake}-error`} ?hidden=${this.wrong !== mistake}>${icon('warn', true)}<span>${text}</span></p>`;
  }

  // What is being written survives closing and failed posts; it is dropped once the server has it.
  readonly #keep = ({ target }: Event): void => {
    if (target instanceof HTMLTextAreaElement) keepText(this.#draftName(target.id), target.value);
  };

  #drop(id: string): void {
    keepText(this.#draftName(id), '');
  }

  readonly #photo: PhotoAt = (path) => (signal) => getPhoto(this.api, path, signal);

  #draftName = (id: string): string => `${this.tree} ${this.#receipt?.number}/${id}`;

  get #isBusy(): boolean {
    return this.#sending.now.state === 'sending';
  }

  #unfold(open: SundialReceiptDesk['open']): void {
    this.open = open;
    this.#sending.clear();
  }

  readonly #another = (): void => {
    this.view = null;
    this.#receipt = null;
    this.#unfold('');
    this.focus();
  };

  readonly #typed = (event: Event): void => {
    event.preventDefault();
    const number = this.#value('number').normalize('NFKC').replace(/\D/g, '');
    const code = plainCode(this.#value('code'));
    this.wrong = !isReceiptNumber(number) ? 'number' : code === null ? 'code' : '';
    if (this.wrong === '' && code !== null) this.#look({ number, code });
    else this.renderRoot.querySelector<HTMLElement>(`#${this.wrong}`)?.focus();
  };

  #value(id: string): string {
    const field = this.renderRoot.querySelector(`#${id}`);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '';
  }

  async #look({ number, code }: ReceiptKey): Promise<void> {
    const receipt = { number, code: plainCode(code) ?? code };
    const view = await this.#sending.run(() => useReceipt(this.api, receipt));
    if (view === null) return;
    this.#receipt = receipt; // what is done goes to the one that is shown
    this.view = view;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.head')?.focus();
  }

  #forget(receipt: KeptReceipt): void {
    keepReceipt(this.tree, receipt, false);
    this.requestUpdate();
  }

  async #act(step: Step, body?: Parameters<typeof useReceipt>[3]): Promise<boolean> {
    const receipt = this.#receipt;
    if (receipt === null) return false;
    const view = await this.#sending.run(() => useReceipt(this.api, receipt, step, body));
    if (view === null || this.#receipt !== receipt) return false;
    this.view = view;
    this.open = '';
    return true;
  }

  readonly #erase = async (): Promise<void> => {
    if (!(await this.#act('erasure'))) return;
    for (const draft of ['edit', 'words', 'appeal']) this.#drop(draft);
    this.open = 'erased';
  };

  // As the server gave it, for a person and for a program.
  readonly #download = async (): Promise<void> => {
    const receipt = this.#receipt;
    const own = receipt && (await this.#sending.run(() => useReceipt(this.api, receipt, 'export')));
    if (own === null) return;
    const { receipt: words } = talkIn(this.setting.words.lang);
    saveFile(new Blob([JSON.stringify(own, null, 2)], { type: 'application/json' }), words.dataFile(own.number));
  };

  readonly #saveEdit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = this.#value('edit');
    const { view } = this;
    if (view && text.trim() && (await this.#act('text', { version: view.version, text }))) this.#drop('edit');
  };

  readonly #sendAppeal = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = this.#value('appeal');
    if (words.trim() !== '' && (await this.#act('appeal', { words }))) this.#drop('appeal');
  };

  readonly #answer = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const given = new FormData(event.target);
    const solved = this.open === 'again' ? 'n' : given.get('solved');
    const rating = given.get('rating');
    const words = String(given.get('words') ?? '');
    this.wrong = solved === null ? 'solved' : '';
    if (solved === null) {
      this.renderRoot.querySelector<HTMLElement>('[name=solved]')?.focus();
      return;
    }
    const answer = {
      solved: solved === 'y',
      rating: rating === null ? null : Number(rating),
      words: words.trim() === '' ? null : words,
    };
    if (!(await this.#act('follow-up', answer))) return;
    this.#drop('words');
    this.open = 'answered';
  };
}

/** Whether the reader may have a closed case opened again; the server has the last word. */
function mayReopen({ ticket }: ReceiptView): boolean {
  if (ticket === null || (ticket.state !== 'closedLoop' && ticket.state !== 'closedUnsolved')) return false;
  const closedAt = ticket.steps.at(-1)?.at ?? 0;
  const before = ticket.steps.filter(({ to }) => to === 'reopened').length;
  return before < reopenLimit && Date.now() / 1000 < closedAt + reopenWithinDays * 86_400;
}
