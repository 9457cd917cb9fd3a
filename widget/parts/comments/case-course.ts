// What was done about a case: actions, steps in their order, the reply, and what the reader said of it.
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PublicTicket } from '../../../shared/api/comments.ts';
import { dayNames } from '../../base/dates.ts';
import { SundialElement } from '../../base/element.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { talkIn } from '../../locales/talk.ts';
import { voicesIn } from '../../locales/voices.ts';
import { styles } from './case-course.styles.ts';
import type { PhotoAt } from './comment-list.ts';
import { linked, replyBox, stateBadge, when } from './comment-parts.ts';
import { styles as commentStyles } from './comments.styles.ts';

type Course = NonNullable<PublicTicket['leading']>;

/** @element sundial-case (inside `sundial-diary` and the receipt) */
export class SundialCase extends SundialElement {
  static override properties: PropertyDeclarations = {
    ticket: { attribute: false },
    setting: { attribute: false },
    photo: { attribute: false },
  };
  static override styles = [paper, commentStyles, styles];

  declare ticket: PublicTicket;
  declare setting: Setting;
  declare photo: PhotoAt;

  override render() {
    const { setting, ticket } = this;
    const talk = talkIn(setting.words.lang);
    const { unit, reply, leading } = ticket;
    return html`<div class="course">${unit === null ? nothing : html`<p class="meta">${talk.ticket.unit(setting.unit(unit))}</p>`}${this.#course(ticket)}${this.#messages()}${
      leading === undefined
        ? nothing
        : html`<p class="meta">${talk.ticket.follows(leading.number)} ${stateBadge(leading.state, setting)}</p>${this.#course(leading)}`
    }${
      reply === null
        ? nothing
        : replyBox(
            reply,
            setting,
            talk.ticket.reply(talk.resolutionKind[reply.resolutionKind], talk.rootCause[reply.rootCause]),
          )
    }${this.#replyPhoto()}</div>`;
  }

  #course(course: Course): TemplateResult {
    return html`${this.#actions(course)}<ol class="line">${course.steps.map((step) => this.#step(step, course))}</ol>`;
  }

  /** What the unit wrote to the holder of the receipt. */
  #messages() {
    const { setting, ticket } = this;
    const { ticket: says } = talkIn(setting.words.lang);
    return (ticket.messages ?? []).map(
      ({ at, unit, text }) =>
        html`<div class="reply"><header><b>${says.toYou(setting.unit(unit))}</b>${when(at, setting)}</header><p class="said">${linked(text)}</p></div>`,
    );
  }

  #replyPhoto() {
    const { setting, ticket } = this;
    const photo = ticket.reply?.photo;
    if (photo === undefined) return nothing;
    const number = ticket.leading?.number ?? ticket.number;
    return html`<sundial-picture exportparts="picture" .setting=${setting} .from=${this.photo(`tickets/${number}/photos/${photo.sha256}`)} .image=${{ ...photo, type: 'image/jpeg' }}></sundial-picture>`;
  }

  #actions(ticket: Course) {
    const { setting } = this;
    const { ticket: says } = talkIn(setting.words.lang);
    if (ticket.actions.length === 0) return nothing;
    return html`<table><thead><tr><th>${says.what}</th><th>${says.who}</th><th class="n">${says.due}</th><th class="n">${says.outcome}</th></tr></thead><tbody>${ticket.actions.map(
      ({ text, unit, date, state, reason }) =>
        html`<tr><td>${text}${reason === null ? nothing : html`<br><span class="meta">${reason}</span>`}</td><td>${setting.unit(unit)}</td><td class="n">${dayNames(date, setting.words).name}</td><td class="n">${says.action[state] ?? state}</td></tr>`,
    )}</tbody></table>`;
  }

  /** The reply stands below by itself; the reader's answer to the follow-up stands at its step. */
  #step({ to, at, note, unit, by }: PublicTicket['steps'][number], course: Course): TemplateResult {
    const { setting, ticket } = this;
    const { ticket: says } = talkIn(setting.words.lang);
    const { followUp, reply } = ticket;
    const state = voicesIn(setting.words.lang).ticketState[to] ?? to;
    const isVoice = by === 'reader';
    const answer = isVoice && followUp?.at === at ? followUp : null;
    const said = answer
      ? says.heard(answer.words, says.said(answer.solved, answer.rating))
      : isVoice && note
        ? says.quote(note)
        : note;
    const look = isVoice ? 'voice' : to === 'closedLoop' ? 'end' : to === 'closedUnsolved' ? 'gap' : '';
    return html`<li class=${look}>${when(at, setting)}<b>${isVoice ? says.reader : state}</b>${isVoice ? html`<span>${state}</span>` : nothing}${
      said === null || said === reply?.text ? nothing : html`<p class="said">${linked(said)}</p>`
    }${unit === null || unit === course.unit ? nothing : html`<p>${says.unit(setting.unit(unit))}</p>`}</li>`;
  }
}
