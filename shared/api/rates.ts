/** The closed-loop figures as the desk asks for them: by unit, kind, cause and period, and the tickets behind each (closed-loop.md "Rates"). */
import * as v from 'valibot';
import { commentKinds } from '../feedback/comment.ts';
import { rateFigures } from '../feedback/rates.ts';
import { rootCauses, ticketClocks, ticketStates } from '../feedback/ticket.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, PageQuery, pageOf, Seconds } from './field.ts';
import { Rates } from './public-rates.ts';

/** A filter's word for tickets that no unit was given yet; no unit can have this id. */
export const noUnit = '_none';

/** Which tickets: registered from one day to another, both included, in the organisation's zone. `cause` none: not found yet. */
const asked = {
  from: Day,
  to: Day,
  unit: v.optional(v.union([Id, v.literal(noUnit)])),
  kind: v.optional(v.picklist(commentKinds)),
  cause: v.optional(v.picklist([...rootCauses, 'none'])),
} as const;

/** How often each cause was found for tickets of one quarter; `from` is its first day. */
export const CauseQuarter = v.object({
  from: Day,
  informationGap: v.number(),
  workGap: v.number(),
  groupMissed: v.number(),
  external: v.number(),
});
export type CauseQuarter = v.InferOutput<typeof CauseQuarter>;

export const DeskRates = v.object({
  asOf: Seconds,
  /** The first day with a ticket, null before the first. */
  since: v.nullable(Day),
  all: Rates,
  /** Comments rejected in the window, of whatever unit and kind; null where a filter is set, which comments without a ticket cannot pass. */
  rejected: v.nullable(v.number()),
  /** In the order of the organisation; units without a ticket are left out. */
  units: v.array(v.object({ unit: v.nullable(Id), ...Rates.entries })),
  kinds: v.array(v.object({ kind: v.picklist(commentKinds), ...Rates.entries })),
  /** By the cause that the last reply gives, null where there is none yet. */
  causes: v.array(v.object({ cause: v.nullable(v.picklist(rootCauses)), ...Rates.entries })),
  /** The eight quarters up to that of the window's end, oldest first, by registration; filtered by unit and kind alone. */
  quarters: v.array(CauseQuarter),
});
export type DeskRates = v.InferOutput<typeof DeskRates>;

export const getDeskRates = endpoint({
  method: 'GET',
  path: '/api/v1/rates',
  group: 'tickets',
  summary: 'The closed-loop figures by unit, kind, cause and period',
  access: 'rates.read',
  query: v.object(asked),
  answer: DeskRates,
  refusals: ['FIELD_INVALID'],
});

/** What a list behind a figure may be asked for: a rate, or what is counted beside. */
export const listedFigures = [...rateFigures, 'tickets', 'referred', 'merged', 'silent'] as const;
export type ListedFigure = (typeof listedFigures)[number];

const Behind = v.object({
  number: v.string(),
  state: v.picklist(ticketStates),
  unit: v.nullable(Id),
  kind: v.picklist(commentKinds),
  clock: v.picklist(ticketClocks),
  cause: v.nullable(v.picklist(rootCauses)),
  registeredAt: Seconds,
  due: Seconds,
});

export const getRateTickets = endpoint({
  method: 'GET',
  path: '/api/v1/rates/tickets',
  group: 'tickets',
  summary: 'The tickets behind a figure; a handler sees those of the unit',
  access: 'rates.read',
  query: v.object({
    ...asked,
    figure: v.picklist(listedFigures),
    /** `part`, or the `rest` of the whole; of a figure that is a bare count there is only `part`. */
    part: v.picklist(['part', 'rest']),
    ...PageQuery.entries,
  }),
  /** `total` counts the whole list, `hidden` those among it that belong to other units than the asker's. */
  answer: v.object({ ...pageOf(Behind).entries, total: v.number(), hidden: v.number() }),
  refusals: ['FIELD_INVALID'],
});
