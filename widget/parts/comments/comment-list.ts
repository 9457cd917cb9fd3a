// Published comments with the official reply and the case that came of them (closed-loop.md, look.md 7 "Cases").
import { html, nothing, type TemplateResult } from 'lit';
import type { PublicComment, PublicTicket } from '../../../shared/api/comments.ts';
import type { TicketState } from '../../../shared/feedback/ticket.ts';
import { dateOf, isoTime, shortTime } from '../../base/dates.ts';
import { icon, type Sign } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';

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
  return html`<li class="comment" part="comment"><header><b>${nickname}</b><span class="kind">${words.domain.commentKind[kind] ?? kind}</span>${when(at, setting)}</header><p class="said">${linked(text)}</p>${about}${
    reply &&
    html`<div class="reply"><header><b>${setting.unit(reply.unit)}</b><span class="kind">${words.comments.official}</span>${when(reply.at, setting)}</header><p class="said">${linked(reply.text)}</p></div>`
  }${caseOf(ticket, setting)}</li>`;
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
    : html`<details class="case"><summary>${stateBadge(ticket.state, setting)}<span class="link">${setting.words.ticket.name(ticket.number)} · ${setting.words.ticket.course}</span></summary>${course(ticket, setting)}</details>`;

/** Look and sign of each state: rings are cases, closed and unsolved differ in word, frame, colour and sign. */
const badges: Readonly<Record<TicketState, readonly [look: string, sign: Sign]>> = {
  registered: ['wait', 'wait'],
  assigned: ['wait', 'wait'],
  disputed: ['warm', 'wait'],
  accepted: ['open', 'half'],
  inProgress: ['open', 'half'],
  extended: ['warm', 'clock'],
  onHold: ['warm', 'pause'],
  replied: ['open', 'talk'],
  reopened: ['open', 'half'],
  supervised: ['late', 'warn'],
  closedLoop: ['closed', 'loop'],
  closedUnsolved: ['unsolved', 'gap'],
  referred: ['wait', 'right'],
  merged: ['wait', 'link'],
};

/** The state of a case as a word in its colour with its sign. */
export function stateBadge(state: TicketState, { words }: Setting): TemplateResult {
  const [look, sign] = badges[state] ?? ['wait', 'wait'];
  return html`<span class=${`state st-${look}`} part="state">${icon(sign, true)}${words.domain.ticketState[state] ?? state}</span>`;
}

/** What was done about a case: actions, steps in their order, the reply, and what the reader said. */
export function course(ticket: PublicTicket, setting: Setting): TemplateResult {
  const { words } = setting;
  const { ticket: says, domain } = words;
  const { actions, steps, reply, followUp } = ticket;
  return html`<div class="course">${
    ticket.unit === null ? nothing : html`<p class="meta">${says.unit(setting.unit(ticket.unit))}</p>`
  }${
    actions.length === 0
      ? nothing
      : html`<table><thead><tr><th>${says.what}</th><th>${says.who}</th><th class="n">${says.due}</th><th class="n">${says.outcome}</th></tr></thead><tbody>${actions.map(
          ({ text, unit, date, state, reason }) =>
            html`<tr><td>${text}${reason === null ? nothing : html`<br><span class="meta">${reason}</span>`}</td><td>${setting.unit(unit)}</td><td class="n">${date}</td><td class="n">${says.action[state] ?? state}</td></tr>`,
        )}</tbody></table>`
  }<ol class="line">${steps.map(({ to, at, note, unit, by }) => {
    const voice = by === 'reader';
    const look = voice ? 'voice' : to === 'closedLoop' ? 'end' : to === 'closedUnsolved' ? 'gap' : '';
    return html`<li class=${look}>${when(at, setting)}<b>${voice ? says.reader : (domain.ticketState[to] ?? to)}</b>${
      note === null ? nothing : html`<p class="said">${linked(voice ? says.quote(note) : note)}</p>`
    }${unit === null || unit === ticket.unit ? nothing : html`<p>${says.unit(setting.unit(unit))}</p>`}</li>`;
  })}</ol>${
    reply &&
    html`<div class="reply"><header><b>${setting.unit(reply.unit)}</b><span class="kind">${words.comments.official}</span>${when(reply.at, setting)}</header><p class="said">${linked(reply.text)}</p><p class="meta">${says.reply(domain.resolutionKind[reply.resolutionKind], domain.rootCause[reply.rootCause])}</p></div>`
  }${
    followUp &&
    html`<p class="label said">${says.heard(followUp.words, says.said(followUp.solved, followUp.rating))}</p>`
  }</div>`;
}

/** A time of the organisation's zone, machine-readable. */
export const when = (at: number, setting: Setting): TemplateResult =>
  html`<time datetime=${isoTime(at)}>${shortTime(at, setting.offset, setting.words)}</time>`;

/** Reader's text as it is; addresses become links that lend no weight. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/[^\s<>"'，。；、！？（）《》“”]+)/)
    .map((part, n) =>
      n % 2 === 1 ? html`<a href=${part} rel="nofollow ugc noopener noreferrer" target="_blank">${part}</a>` : part,
    );
}
