// Published comments with readers' answers, the official reply and the case that came of them (closed-loop.md, look.md 7 "Cases"). A row
// is thrifty: no wrapper without a look of its own, and one listener for the whole list.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublicComment, PublicReply } from '../../../shared/api/comments.ts';
import type { Bytes } from '../../../shared/base/bytes.ts';
import { dateOf, isoTime, shortTime } from '../../base/dates.ts';
import type { Setting } from '../../base/setting.ts';
import { voicesIn } from '../../locales/voices.ts';
import { linked, replyBox, stateBadge, when } from './comment-parts.ts';

/** What fetches a photo by its path below the dynamic part. */
export type PhotoAt = (path: string) => (signal: AbortSignal) => Promise<Bytes | null>;

/** What a list needs of its surroundings. */
export interface ListContext {
  readonly setting: Setting;
  /** Address of a comment, to be kept and passed on. */
  readonly href: (id: string) => string;
  /** The comment that the address of the page names. */
  readonly here: string | null;
  /** The line that says what a comment hangs on, or nothing. */
  readonly about: (comment: PublicComment) => TemplateResult | typeof nothing;
  /** What is unfolded under a comment, or nothing. */
  readonly below: (id: string) => TemplateResult | typeof nothing;
  /** A button of a row was pressed. */
  readonly act: (event: Event) => void;
  readonly photo: PhotoAt;
}

/** Comments in the order of the server, each once. A pressed button says in `value` what to do: `reply`, `flag`, `more`. */
export const commentList = (comments: readonly PublicComment[], context: ListContext): TemplateResult =>
  html`<ul class="comments" @click=${context.act}>${comments.map((comment) => row(comment, context))}</ul>`;

/** A comment. What all of them have is one template: a page may draw a thousand. */
function row(comment: PublicComment, context: ListContext): TemplateResult {
  const { setting } = context;
  const says = voicesIn(setting.words.lang);
  const { id, text, nickname, at, kind } = comment;
  if (text === null || nickname === null) return stubRow(comment, context, replies(comment, context));
  return html`<li class=${lookOf(id, context)} part="comment" id=${`c-${id}`} tabindex="-1"><header><b>${nickname}</b><span class="kind">${says.commentKind[kind] ?? kind}</span><a class="at" href=${context.href(id)}><time datetime=${isoTime(at)}>${shortTime(at, setting.offset, setting.words)}</time></a></header><p class="said">${linked(text)}</p>${placeOf(comment, context)}${photoOf(comment, context)}${context.about(comment)}${officialOf(comment, context)}${caseOf(comment, context)}<div class="acts no-print"><button value="reply">${says.reply}</button><button value="flag">${says.flag}</button></div>${context.below(id)}${replies(comment, context)}</li>`;
}

/** A reader's answer to a comment: it is of no kind and is not answered in turn. */
function answerRow(answer: PublicReply, context: ListContext): TemplateResult {
  const { setting } = context;
  const { id, text, nickname, at } = answer;
  if (text === null || nickname === null) return stubRow(answer, context, nothing);
  return html`<li class=${lookOf(id, context)} part="comment" id=${`c-${id}`} tabindex="-1"><header><b>${nickname}</b><a class="at" href=${context.href(id)}>${when(at, setting)}</a></header><p class="said">${linked(text)}</p>${placeOf(answer, context)}${photoOf(answer, context)}${officialOf(answer, context)}${caseOf(answer, context)}<div class="acts no-print"><button value="flag">${voicesIn(setting.words.lang).flag}</button></div>${context.below(id)}</li>`;
}

const stubRow = (comment: PublicReply, context: ListContext, more: TemplateResult | typeof nothing): TemplateResult =>
  html`<li class=${lookOf(comment.id, context)} part="comment" id=${`c-${comment.id}`} tabindex="-1"><p class="meta">${stub(comment, context.setting)}</p>${caseOf(comment, context)}${more}</li>`;

const lookOf = (id: string, { here }: ListContext): string => (here === id ? 'comment here' : 'comment');

const placeOf = ({ place }: PublicReply, { setting }: ListContext): TemplateResult | typeof nothing =>
  place ? html`<p class="meta">${voicesIn(setting.words.lang).place}${place}</p>` : nothing;

function photoOf({ id, photo }: PublicReply, context: ListContext): TemplateResult | typeof nothing {
  if (!photo) return nothing;
  const { setting } = context;
  const image = { ...photo, type: 'image/jpeg', alt: voicesIn(setting.words.lang).photo };
  return html`<sundial-picture exportparts="picture" .setting=${setting} .from=${context.photo(`comments/${id}/photo`)} .image=${image}></sundial-picture>`;
}

const officialOf = ({ reply }: PublicReply, { setting }: ListContext): TemplateResult | typeof nothing =>
  reply === null ? nothing : replyBox(reply, setting);

function replies(comment: PublicComment, context: ListContext): TemplateResult | typeof nothing {
  const { replies: below = [], replyTotal = 0 } = comment;
  if (below.length === 0) return nothing;
  const left = replyTotal - below.length;
  return html`<ul class="replies">${below.map((one) => answerRow(one, context))}</ul>${left > 0 ? html`<button class="link" value="more">${voicesIn(context.setting.words.lang).moreReplies(left)}</button>` : nothing}`;
}

/** The line left in the place of a comment that was withdrawn or removed. */
function stub({ state, at, endedAt, reason }: PublicReply, setting: Setting): string {
  const { words } = setting;
  const says = voicesIn(words.lang);
  const known: Readonly<Record<string, string>> = says.rejection;
  const said = reason === null ? null : (known[reason] ?? reason);
  return says.stub(says.stubs[state] ?? '', dateOf(endedAt ?? at, setting.offset, words), said);
}

const caseOf = ({ ticket }: PublicReply, { setting, photo }: ListContext): TemplateResult | typeof nothing =>
  ticket === null
    ? nothing
    : html`<details class="case"><summary>${stateBadge(ticket.state, setting)}<span class="link">${voicesIn(setting.words.lang).caseName(ticket.number)} · ${voicesIn(setting.words.lang).caseCourse}</span></summary><sundial-case .ticket=${ticket} .setting=${setting} .photo=${photo}></sundial-case></details>`;
