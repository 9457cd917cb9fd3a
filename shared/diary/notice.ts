// A notice: what it is about, and what a device remembers of it. The id is stable, so that a notice is shown once.

import type { Week } from '../time/week.ts';

export const noticeKinds = [
  'evening',
  'lastDay',
  'sealDay',
  'sealHour',
  'reopenedHour',
  'reopenedShut',
  'ack',
  'drawn',
  'release',
  'published',
  'log',
  'tray',
  'unsent',
  'nudge',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a person set: the hour of the evening reminder for Monday to Sunday in minutes after midnight, null where there is none (one
 *  before 05:00 is of the night that follows the day); and the kinds switched off. */
export interface NoticePlan {
  readonly evening: readonly (number | null)[];
  readonly off: readonly NoticeKind[];
}

/** 21:00 from Monday to Friday, everything on. */
export const firstPlan: NoticePlan = { evening: [1260, 1260, 1260, 1260, 1260, null, null], off: [] };

/** An own week that was drawn. */
export interface OwnDraw {
  readonly draw: string;
  readonly unit: string;
  readonly week: Week;
  /** Milliseconds since 1970; null before. */
  readonly publishedAt: number | null;
}

/** What is remembered: by notice id when it was shown and ticked off, by condition since when it holds. */
export interface NoticeMemory {
  readonly shown: Readonly<Record<string, number>>;
  readonly ticked: Readonly<Record<string, number>>;
  readonly since: Readonly<Record<string, number>>;
}

/** `about`: the day, the week, `draw/unit/week`, or the code it is about; with the kind it makes the id. `until`: a deadline. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly about: string;
  readonly at: number;
  readonly until: number | null;
}

/** A device that has shown nothing yet. */
export const noMemory: NoticeMemory = { shown: {}, ticked: {}, since: {} };

/** A notice's kind and what it is about, from its id; null for an id of nobody's making. */
export function readNoticeId(id: string): Pick<Notice, 'kind' | 'about'> | null {
  const kind = noticeKinds.find((each) => id.startsWith(`${each}:`));
  return kind === undefined ? null : { kind, about: id.slice(kind.length + 1) };
}

/** Names of conditions whose beginning is remembered, because nothing that is stored tells it. */
export const conditionOf = {
  /** Holds from the first look on: what was before is not called for. */
  begun: 'begun',
  ack: (code: string) => `ack:${code}`,
  log: (code: string) => `log:${code}`,
  reopened: (week: Week) => `reopened:${week}`,
  shut: (week: Week) => `shut:${week}`,
  drawn: (own: OwnDraw) => `drawn:${aboutDraw(own)}`,
} as const;

/** What a notice of an own draw is about. */
export function aboutDraw({ draw, unit, week }: OwnDraw): string {
  return `${draw}/${unit}/${week}`;
}

/** How many notices are remembered of each sort; those that are forgotten are long past. */
const mostRemembered = 400;

/** The memory with these notices noted at `now` as shown or ticked off. */
export function noted(memory: NoticeMemory, as: 'shown' | 'ticked', ids: readonly string[], now: number): NoticeMemory {
  const fresh = ids.filter((id) => !Object.hasOwn(memory[as], id)).map((id) => [id, now] as const);
  if (fresh.length === 0) return memory;
  const kept = [...Object.entries(memory[as]), ...fresh].slice(-mostRemembered);
  return { ...memory, [as]: Object.fromEntries(kept) };
}

/** The memory with the conditions that hold at `now`: each keeps when it was first seen, those that ended are forgotten. One that began
 *  in the future, because the clock was wrong then, begins now. The same object where nothing changed. */
export function withConditions(memory: NoticeMemory, holding: readonly string[], now: number): NoticeMemory {
  const begun = (condition: string) => Math.min(memory.since[condition] ?? now, now);
  const isKept = (condition: string) => memory.since[condition] === begun(condition);
  if (Object.keys(memory.since).length === holding.length && holding.every(isKept)) return memory;
  return { ...memory, since: Object.fromEntries(holding.map((each) => [each, begun(each)])) };
}
