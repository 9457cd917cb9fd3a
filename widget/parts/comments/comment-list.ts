// Published comments with readers' answers, the official reply and the case that came of them (closed-loop.md, look.md 7 "Cases"). A row
// is thrifty: no wrapper without a look of its own, and one listener for the whole list.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublicComment, PublicReply, PublicTicket } from '../../../shared/api/comments.ts';
import type { Bytes } from '../../../shared/base/bytes.ts';
import { dateOf } from '../../base/dates.ts';
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
  html`<ul class="comments" @click=${context.act}>${comments.map((comment) => row(comment, context, true))}</ul>`;

function row(comment: PublicComment | PublicReply, context: ListContext, isFirstLevel: boolean): TemplateResult {
  const { setting } = context;
  const { words } = setting;
  const says = voicesIn(words.lang);
  const { id, text, nickname, at, kind, reply, ticket, place, photo } = comment;
  const look = context.here === id ? 'comment here' : 'comment';
  const more = isFirstLevel ? replies(comment, context) : nothing;
  if (text === null || nickname === null)
    return html`<li class=${look} part="comment" id=${`c-${id}`} tabindex="-1"><p class="meta">${stub(comment, setting)}</p>${caseOf(ticket, context)}${more}</li>`;
  return html`<li class=${look} part="comment" id=${`c-${id}`} tabindex="-1"><header><b>${nickname}</b>${isFirstLevel ? html`<span class="kind">${says.commentKind[kind] ?? kind}</span>` : nothing}<a class="at" href=${context.href(id)}>${when(at, setting)}</a></header><p class="said">${linked(text)}</p>${
    place ? html`<p class="meta">${says.place}${place}</p>` : nothing
  }${
    photo
      ? html`<sundial-picture exportparts="picture" .setting=${setting} .from=${context.photo(`comments/${id}/photo`)} .image=${{ ...photo, type: 'image/jpeg', alt: says.photo }}></sundial-picture>`
      : nothing
  }${isFirstLevel ? context.about(comment) : nothing}${reply === null ? nothing : replyBox(reply, setting)}${caseOf(ticket, context)}<div class="acts no-print">${isFirstLevel ? html`<button value="reply">${says.reply}</button>` : nothing}<button value="flag">${says.flag}</button></div>${context.below(id)}${more}</li>`;
}

function replies(comment: PublicComment, context: ListContext): TemplateResult | typeof nothing {
  const { replies: below = [], replyTotal = 0 } = comment;
  if (below.length === 0) return nothing;
  const left = replyTotal - below.length;
  return html`<ul class="replies">${below.map((one) => row(one, context, false))}</ul>${left > 0 ? html`<button class="link" value="more">${voicesIn(context.setting.words.lang).moreReplies(left)}</button>` : nothing}`;
}

/** The line left in the place of a comment that was withdrawn or removed. */
function stub({ state, at, endedAt, reason }: PublicReply, setting: Setting): string {
  const { words } = setting;
  const says = voicesIn(words.lang);
  const known: Readonly<Record<string, string>> = says.rejection;
  const said = reason === null ? null : (known[reason] ?? reason);
  return says.stub(says.stubs[state] ?? '', dateOf(endedAt ?? at, setting.offset, words), said);
}

const caseOf = (ticket: PublicTicket | null, { setting, photo }: ListContext): TemplateResult | typeof nothing =>
  ticket === null
    ? nothing
    : html`<details class="case"><summary>${stateBadge(ticket.state, setting)}<span class="link">${voicesIn(setting.words.lang).caseName(ticket.number)} · ${voicesIn(setting.words.lang).caseCourse}</span></summary><sundial-case .ticket=${ticket} .setting=${setting} .photo=${photo}></sundial-case></details>`;
