/** Comments and tickets of the demonstration: written by readers, decided by moderators, answered by units, followed by receipt. */
import {
  getQueue,
  postComment,
  postDecision,
  postFollowUp,
  postReceiptWithdrawal,
  postReply,
} from '../../shared/api/comments.ts';
import { getTicket, postExtension, postMove, postTicket, putAction } from '../../shared/api/tickets.ts';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import type { Cast } from './cast.ts';
import type { DemoComment, DemoSet, DemoTicket } from './demo-set.ts';
import type { Device } from './device.ts';
import type { Place } from './showings.ts';
import { at, minuteOfDay, type Step } from './step.ts';
import { send, type World } from './world.ts';

/** What a reader holds after writing. */
interface Written {
  readonly id: string;
  readonly number: string;
  readonly code: string;
}

export interface Stage {
  readonly world: World;
  readonly cast: Cast;
  readonly places: ReadonlyMap<string, Place>;
  /** Runs what the clock does. */
  readonly jobs: () => Promise<void>;
}

type Event = DemoTicket['events'][number];

/** Steps of all comments and tickets. */
export function feedbackSteps(set: DemoSet, stage: Stage): Step[] {
  const written = new Map<string, Written>();
  const numbers = new Map<string, string>();
  const registered = new Map(set.tickets.map(({ comment, events }) => [comment, at(events[0]?.at ?? '')]));
  return [
    ...set.comments.flatMap((comment) => commentSteps(comment, set, stage, written, registered.get(comment.id))),
    ...set.tickets.flatMap((ticket) => ticketSteps(ticket, stage, written, numbers)),
  ];
}

function commentSteps(
  comment: DemoComment,
  set: DemoSet,
  stage: Stage,
  written: Map<string, Written>,
  registeredAt: number | undefined,
): Step[] {
  const diary = set.diaries.get(comment.diary);
  if (diary === undefined) throw new TypeError(`${comment.id} hangs on no diary`);
  const draw = `d-${diary.week.toLowerCase()}`;
  const posted = at(comment.at);
  const replied = comment.reply === undefined ? Number.POSITIVE_INFINITY : at(comment.reply.at);
  const ended = comment.stub === undefined ? Number.POSITIVE_INFINITY : at(comment.stub.at);
  const decided = Math.min(
    decisionAfter(posted),
    replied - 60_000,
    ended - 60_000,
    (registeredAt ?? Infinity) - 30_000,
  );
  const steps: Step[] = [
    { at: posted, act: async () => void written.set(comment.id, await write(comment, draw, diary.unit, stage)) },
    { at: Math.max(decided, posted + 1000), act: () => decide(comment, written, stage) },
  ];
  const { reply, stub } = comment;
  if (reply !== undefined)
    steps.push({
      at: replied,
      act: async () => {
        const handler = official(stage, reply.by);
        await handler.call(postReply, { params: { id: idOf(written, comment.id) }, body: { text: reply.text } });
      },
    });
  if (stub !== undefined)
    steps.push({
      at: ended,
      act: () => (comment.state === 'withdrawn' ? withdraw(comment, written, stage) : remove(comment, written, stage)),
    });
  return steps;
}

async function write(comment: DemoComment, draw: string, unit: string, { world, places }: Stage): Promise<Written> {
  const code = letters(world.random(16));
  const place = comment.entry === undefined ? undefined : places.get(comment.entry);
  const { number } = await send(world, postComment, {
    headers: { origin: new URL(world.issuer).origin },
    body: {
      draw,
      unit,
      item: place?.item ?? null,
      kind: comment.kind,
      text: comment.text,
      nickname: comment.nick,
      codeHash: b64u(await sha256(utf8(code))),
      consent: true,
    },
  });
  return { id: '', number, code };
}

/** The moderator on duty reads the queue and decides: publish with the proposed masks, or reject with the reason. */
async function decide(comment: DemoComment, written: Map<string, Written>, stage: Stage): Promise<void> {
  const moderator = official(stage, minuteOfDay(stage.world.now()) < 14 * 60 ? 'mod-1' : 'mod-2');
  const { rows } = await moderator.call(getQueue);
  const mine = written.get(comment.id);
  const row = rows.find(
    ({ nickname, at: writtenAt }) => nickname === comment.nick && writtenAt * 1000 === at(comment.at),
  );
  if (row === undefined || mine === undefined) throw new TypeError(`${comment.id} does not wait`);
  written.set(comment.id, { ...mine, id: row.id });
  const { version } = row;
  await moderator.call(postDecision, {
    params: { id: row.id },
    body:
      comment.state === 'rejected'
        ? { decision: 'reject', version, reason: comment.reason ?? 'offTopic', note: comment.reasonNote ?? null }
        : { decision: 'publish', version, masks: row.masks },
  });
}

async function withdraw(comment: DemoComment, written: ReadonlyMap<string, Written>, { world }: Stage): Promise<void> {
  await send(world, postReceiptWithdrawal, {}, receiptOf(written, comment.id));
}

async function remove(comment: DemoComment, written: ReadonlyMap<string, Written>, stage: Stage): Promise<void> {
  await official(stage, 'mod-1').call(postDecision, {
    params: { id: idOf(written, comment.id) },
    body: { decision: 'remove', version: 2, reason: comment.stub?.reason ?? 'duplicate', note: null },
  });
}

function ticketSteps(
  ticket: DemoTicket,
  stage: Stage,
  written: ReadonlyMap<string, Written>,
  numbers: Map<string, string>,
): Step[] {
  const answers = ticket.followUps.filter(({ answeredAt }) => typeof answeredAt === 'string');
  const steps: Step[] = [];
  let actionsTold = false;
  for (const event of ticket.events) {
    const answer = answers.findLast((each) => answeredBy(each, event));
    if (answer !== undefined && event.to !== 'closedUnsolved') {
      steps.push({ at: at(answer.answeredAt ?? event.at), act: () => followUp(answer, ticket, written, stage) });
      continue;
    }
    steps.push({ at: at(event.at), act: () => move(event, answer, ticket, stage, written, numbers) });
    if (event.to === 'inProgress' && !actionsTold) {
      actionsTold = true;
      steps.push({ at: at(event.at) + 60_000, act: () => tellActions(ticket, event.actor, 'open', stage, numbers) });
    }
  }
  const replied = ticket.events.findLast(({ to }) => to === 'replied');
  if (replied !== undefined && ticket.actions.length > 0)
    steps.push({ at: at(replied.at) - 60_000, act: () => tellActions(ticket, replied.actor, 'now', stage, numbers) });
  return steps;
}

/** An answer belongs to the event that it caused: the reader's, or the closing or supervision that a desk recorded after it. */
function answeredBy(answer: DemoTicket['followUps'][number], event: Event): boolean {
  const results = ['closedLoop', 'closedUnsolved', 'reopened', 'supervised'];
  const given = at(answer.answeredAt ?? '');
  const made = at(event.at);
  return results.includes(event.to) && event.actor !== 'system' && given <= made && made - given < 7 * 86_400_000;
}

async function move(
  event: Event,
  answer: DemoTicket['followUps'][number] | undefined,
  ticket: DemoTicket,
  stage: Stage,
  written: ReadonlyMap<string, Written>,
  numbers: Map<string, string>,
): Promise<void> {
  if (event.actor === 'system') return stage.jobs();
  if (event.to === 'extended') return extend(event, ticket, stage, numbers);
  const device = official(stage, event.actor);
  if (event.to === 'registered') {
    const body = { comment: idOf(written, ticket.comment), clock: ticket.clock, note: event.note };
    const { number } = await device.call(postTicket, { body });
    numbers.set(ticket.id, number);
    return;
  }
  const number = numberOf(numbers, ticket.id);
  const { version } = await device.call(getTicket, { params: { number } });
  const date = event.reviewDate ?? event.newDue;
  await device.call(postMove, {
    params: { number },
    body: {
      version,
      to: event.to,
      note: event.note,
      public: event.public,
      ...(event.unit === undefined ? {} : { unit: event.unit }),
      ...(date === undefined ? {} : { date }),
      ...(event.into === undefined ? {} : { into: numberOf(numbers, event.into) }),
      ...(event.resolutionKind === undefined ? {} : { resolutionKind: event.resolutionKind }),
      ...(event.rootCause === undefined ? {} : { rootCause: event.rootCause }),
      ...(event.firstContact === undefined ? {} : { firstContact: event.firstContact }),
      ...(answer === undefined
        ? {}
        : { followUp: { solved: answer.solved ?? false, rating: answer.rating ?? null, words: answer.words ?? null } }),
      ...(event.to === 'assigned' && event.unit === undefined ? { unit: unitBefore(ticket, event) } : {}),
    },
  });
}

/** The handler asks for more time, the organiser consents. */
async function extend(
  event: Event,
  ticket: DemoTicket,
  stage: Stage,
  numbers: ReadonlyMap<string, string>,
): Promise<void> {
  const params = { number: numberOf(numbers, ticket.id) };
  const handler = official(stage, event.actor);
  const { version } = await handler.call(getTicket, { params });
  const body = { version, date: event.newDue ?? '', reason: event.note ?? '' };
  const asked = await handler.call(postExtension, { params, body });
  const consent = { version: asked.version, to: 'extended' as const, note: null, public: true };
  await stage.cast.organiser.call(postMove, { params, body: consent });
}

/** A ticket that is assigned again without a unit goes to the one that had it last. */
function unitBefore(ticket: DemoTicket, event: Event): string {
  const earlier = ticket.events.slice(0, ticket.events.indexOf(event));
  return earlier.findLast(({ unit }) => unit !== undefined)?.unit ?? '';
}

async function followUp(
  answer: DemoTicket['followUps'][number],
  ticket: DemoTicket,
  written: ReadonlyMap<string, Written>,
  { world }: Stage,
): Promise<void> {
  const body = { solved: answer.solved ?? false, rating: answer.rating ?? null, words: answer.words ?? null };
  await send(world, postFollowUp, { body }, receiptOf(written, ticket.comment));
}

async function tellActions(
  ticket: DemoTicket,
  actor: string,
  when: 'open' | 'now',
  stage: Stage,
  numbers: ReadonlyMap<string, string>,
): Promise<void> {
  const handler = official(stage, actor);
  const handling = ticket.events.findLast(({ unit }) => typeof unit === 'string')?.unit ?? '';
  for (const action of ticket.actions) {
    const { text, date } = action;
    // A unit that joins later is not known to readers yet: who handles the case stands in.
    const unit = stage.cast.leaders.has(action.unit) ? action.unit : handling;
    const state = when === 'open' ? 'open' : action.state;
    await handler.call(putAction, {
      params: { number: numberOf(numbers, ticket.id), id: action.id },
      body: { unit, text, date, state, reason: state === 'dropped' ? '另行公布' : null },
    });
  }
}

/** Twenty minutes later, or at nine the next morning where that falls at night. */
function decisionAfter(posted: number): number {
  const soon = posted + 20 * 60_000;
  const minute = minuteOfDay(soon);
  if (minute >= 8 * 60 && minute < 22 * 60) return soon;
  const untilNine = (9 * 60 - minute + 1440) % 1440;
  return soon + untilNine * 60_000;
}

/** Organisers of the set are the two organiser devices; all others have a device of their own. */
function official({ cast }: Stage, id: string): Device {
  if (id === 'org-1') return cast.organiser;
  const device = id === 'org-2' || id === 'sup-1' ? cast.spare : cast.officials.get(id);
  if (device === undefined) throw new TypeError(`nobody is ${id}`);
  return device;
}

function idOf(written: ReadonlyMap<string, Written>, comment: string): string {
  const id = written.get(comment)?.id;
  if (id === undefined || id === '') throw new TypeError(`${comment} is not decided`);
  return id;
}

function receiptOf(written: ReadonlyMap<string, Written>, comment: string): string {
  const receipt = written.get(comment);
  if (receipt === undefined) throw new TypeError(`${comment} is not written`);
  return `Receipt ${receipt.number}.${receipt.code}`;
}

function numberOf(numbers: ReadonlyMap<string, string>, ticket: string): string {
  const number = numbers.get(ticket);
  if (number === undefined) throw new TypeError(`${ticket} is not registered`);
  return number;
}

/** Sixteen letters of Crockford base32. */
function letters(bytes: Uint8Array): string {
  return [...bytes].map((byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32]).join('');
}
