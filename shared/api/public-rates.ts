/** `rates.json`: the closed-loop figures with their numerators, denominators and windows (closed-loop.md "Rates"). */
import * as v from 'valibot';
import { Day, Id, Seconds } from './field.ts';

/** `part` of `of`. Below five of them only the two counts are shown, no percentage. */
const Share = v.object({ part: v.number(), of: v.number() });
export type Share = v.InferOutput<typeof Share>;

/** The figures of some tickets. `tickets`: how many are counted; what is left out stands beside. `silent`: closed in the loop without an answer
 *  of the reader, part of `closureRate`. */
export const Rates = v.object({
  tickets: v.number(),
  referred: v.number(),
  merged: v.number(),
  silent: v.number(),
  responseRate: Share,
  onTimeRate: Share,
  resolutionRate: Share,
  satisfactionRate: Share,
  followUpRate: Share,
  reopenRate: Share,
  closureRate: Share,
});
export type Rates = v.InferOutput<typeof Rates>;

/** Tickets by their registration; both days belong to the window, in the organisation's zone. `rejected`: comments rejected in it. */
export const RatesWindow = v.object({
  from: Day,
  to: Day,
  rejected: v.number(),
  all: Rates,
  /** By handling unit, in the order of the organisation; units without a ticket are left out. */
  units: v.array(v.object({ unit: Id, ...Rates.entries })),
});
export type RatesWindow = v.InferOutput<typeof RatesWindow>;

/** `whole` is everything since the first ticket, null before it; `quarters` the calendar quarters with a ticket, newest first, at most eight.
 * `asOf`: the moment of the figures, a full minute. */
export const PublicRates = v.object({
  v: v.literal(1),
  asOf: Seconds,
  zone: v.string(),
  whole: v.nullable(RatesWindow),
  quarters: v.array(RatesWindow),
});
export type PublicRates = v.InferOutput<typeof PublicRates>;
