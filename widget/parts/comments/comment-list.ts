// Published comments with the official reply and the case that came of them (closed-loop.md, look.md 7 "Cases").
import { html, nothing, type TemplateResult } from 'lit';
import type { PublicComment, PublicTicket } from '../../../shared/api/comments.ts';
import { dateOf } from '../../base/dates.ts';
import type { Setting } from '../../base/setting.ts';
import { linked, replyBox, stateBadge, when } from './comment-parts.ts';

/** Comments in the order of the server, by id. `about` gives the line that says what one hangs on, or nothing. */
export const commentList = (
  comments: readonly PublicComment[],
  setting: Setting,
  about: (comment: PublicComment) => TemplateResult | typeof nothing = () => nothing,
): TemplateResult =>
  html`<ul class="comments">${comments.map((comment) => commentRow(comment, setting, about(comment)))}</ul>`;

function commentRow(comment: PublicComment, setting: Setting, about: TemplateResult | typeof nothing): TemplateResult {
  const { words } = setting;
  const { text, nickname, at, kind, reply, ticket } = comment;
  if (text === null || nickname === null)
    return html`<li class="comment" part="comment"><p class="meta">${stub(comment, setting)}</p>${caseOf(ticket, setting)}</li>`;
  return html`<li class="comment" part="comment"><header><b>${nickname}</b><span class="kind">${words.domain.commentKind[kind] ?? kind}</span>${when(at, setting)}</header><p class="said">${linked(text)}</p>${about}${reply === null ? nothing : replyBox(reply, setting)}${caseOf(ticket, setting)}</li>`;
}

/** The line left in the place of a comment that was withdrawn or removed. */
function stub({ state, at, endedAt, reason }: PublicComment, setting: Setting): string {
  const { words } = setting;
  const known: Readonly<Record<string, string>> = words.domain.rejection;
  const said = reason === null ? null : (known[reason] ?? reason);
  return words.comments.stub(words.comments.stubs[state] ?? '', dateOf(endedAt ?? at, setting.offset, words), said);
}

const caseOf = (ticket: PublicTicket | null, setting: Setting): TemplateResult | typeof nothing =>
  ticket === null
    ? nothing
    : html`<details class="case"><summary>${stateBadge(ticket.state, setting)}<span class="link">${setting.words.comments.caseName(ticket.number)} · ${setting.words.comments.caseCourse}</span></summary><sundial-case .ticket=${ticket} .setting=${setting}></sundial-case></details>`;
