// Pieces that a comment and a case have in common: the state as a word, the unit's answer, times, and text with its addresses as links.
import { html, nothing, type TemplateResult } from 'lit';
import type { TicketState } from '../../../shared/feedback/ticket.ts';
import { isoTime, shortTime } from '../../base/dates.ts';
import { icon, type Paths, type Sign } from '../../base/icons.ts';
import { clock, gap, half, loop, pause, wait } from '../../base/more-icons.ts';
import type { Setting } from '../../base/setting.ts';
import { voicesIn } from '../../locales/voices.ts';

/** Look and sign of each state: rings are cases, closed and unsolved differ in word, frame, colour and sign. */
const badges: Readonly<Record<TicketState, readonly [look: string, sign: Sign | Paths]>> = {
  registered: ['wait', wait],
  assigned: ['wait', wait],
  disputed: ['warm', wait],
  accepted: ['open', half],
  inProgress: ['open', half],
  extended: ['warm', clock],
  onHold: ['warm', pause],
  replied: ['open', 'talk'],
  reopened: ['open', half],
  supervised: ['late', 'warn'],
  closedLoop: ['closed', loop],
  closedUnsolved: ['unsolved', gap],
  referred: ['wait', 'right'],
  merged: ['wait', 'link'],
};

/** The state of a case as a word in its colour with its sign. */
export function stateBadge(state: TicketState, { words }: Setting): TemplateResult {
  const [look, sign] = badges[state] ?? ['wait', wait];
  return html`<span class=${`state st-${look}`} part="state">${icon(sign, true)}${voicesIn(words.lang).ticketState[state] ?? state}</span>`;
}

/** The unit's answer; `below` says of what kind it is. */
export const replyBox = (
  { unit, at, text }: { readonly unit: string; readonly at: number; readonly text: string },
  setting: Setting,
  below = '',
): TemplateResult =>
  html`<div class="reply"><header><b>${setting.unit(unit)}</b><span class="kind">${voicesIn(setting.words.lang).official}</span>${when(at, setting)}</header><p class="said">${linked(text)}</p>${below === '' ? nothing : html`<p class="meta">${below}</p>`}</div>`;

/** A time of the organisation's zone, machine-readable. */
export const when = (at: number, setting: Setting): TemplateResult =>
  html`<time datetime=${isoTime(at)}>${shortTime(at, setting.offset, setting.words)}</time>`;

/** Text of a reader or a unit as it is; addresses become links that lend no weight. */
export function linked(text: string) {
  const parts = text.split(/(https?:\/\/[^\s<>"'，。；、！？（）《》“”]+)/);
  if (parts.length === 1) return text;
  return parts.map((part, n) =>
    n % 2 === 1 ? html`<a href=${part} rel="nofollow ugc noopener noreferrer" target="_blank">${part}</a>` : part,
  );
}
