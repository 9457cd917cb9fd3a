// What was done about a case: actions, steps in their order, the reply, and what the reader said of it.
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PublicTicket } from '../../../shared/api/comments.ts';
import { SundialElement } from '../../base/element.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { talkIn } from '../../locales/talk.ts';
import { styles } from './case-course.styles.ts';
import { linked, replyBox, when } from './comment-parts.ts';
import { styles as commentStyles } from './comments.styles.ts';

/** @element sundial-case (inside `sundial-diary` and the receipt) */
export class SundialCase extends SundialElement {
  static override properties: PropertyDeclarations = { ticket: { attribute: false }, setting: { attribute: false } };
  static override styles = [paper, commentStyles, styles];

  declare ticket: PublicTicket;
  declare setting: Setting;

  override render() {
    const { setting, ticket } = this;
    const talk = talkIn(setting.words.lang);
    const { unit, reply, followUp } = ticket;
    return html`<div class="course">${unit === null ? nothing : html`<p class="meta">${talk.ticket.unit(setting.unit(unit))}</p>`}${this.#actions()}<ol class="line">${ticket.steps.map((step) => this.#step(step))}</ol>${
      reply === null
        ? nothing
        : replyBox(
            reply,
            setting,
            talk.ticket.reply(talk.resolutionKind[reply.resolutionKind], talk.rootCause[reply.rootCause]),
          )
    }${
      followUp === null
        ? nothing
        : html`<p class="label said">${talk.ticket.heard(followUp.words, talk.ticket.said(followUp.solved, followUp.rating))}</p>`
    }</div>`;
  }

  #actions() {
    const { setting, ticket } = this;
    const { ticket: says } = talkIn(setting.words.lang);
    if (ticket.actions.length === 0) return nothing;
    return html`<table><thead><tr><th>${says.what}</th><th>${says.who}</th><th class="n">${says.due}</th><th class="n">${says.outcome}</th></tr></thead><tbody>${ticket.actions.map(
      ({ text, unit, date, state, reason }) =>
        html`<tr><td>${text}${reason === null ? nothing : html`<br><span class="meta">${reason}</span>`}</td><td>${setting.unit(unit)}</td><td class="n">${date}</td><td class="n">${says.action[state] ?? state}</td></tr>`,
    )}</tbody></table>`;
  }

  #step({ to, at, note, unit, by }: PublicTicket['steps'][number]): TemplateResult {
    const { setting, ticket } = this;
    const { ticket: says } = talkIn(setting.words.lang);
    const isVoice = by === 'reader';
    const look = isVoice ? 'voice' : to === 'closedLoop' ? 'end' : to === 'closedUnsolved' ? 'gap' : '';
    return html`<li class=${look}>${when(at, setting)}<b>${isVoice ? says.reader : (setting.words.domain.ticketState[to] ?? to)}</b>${
      note === null ? nothing : html`<p class="said">${linked(isVoice ? says.quote(note) : note)}</p>`
    }${unit === null || unit === ticket.unit ? nothing : html`<p>${says.unit(setting.unit(unit))}</p>`}</li>`;
  }
}
