/** The showing plan as the organiser sees it: who writes, who has sealed, who is late; never a text. */
import * as v from 'valibot';
import { standings } from '../organisation/plan.ts';
import { endpoint } from './endpoint.ts';
import { Id, Seconds, Week } from './field.ts';

/** Weeks shown at once. */
export const planWeeks = 8;

/** `weeks`: the newest first; `due`: the last second in which to seal, null where no rule holds; `group`: whose turn it is. `rows`: every unit
 *  in its order, `group` null where it writes each week; `standings` in the order of `weeks`. */
export const getPlan = endpoint({
  method: 'GET',
  path: '/api/v1/plan',
  group: 'organisation',
  summary: 'Who writes when, who has sealed, who is late',
  access: 'draws.run',
  query: v.object({ last: v.optional(Week) }),
  answer: v.object({
    weeks: v.array(v.object({ week: Week, due: v.nullable(Seconds), group: v.nullable(v.number()) })),
    rows: v.array(
      v.object({
        unit: Id,
        group: v.nullable(v.number()),
        standings: v.array(v.object({ standing: v.picklist(standings), sealedAt: v.nullable(Seconds) })),
      }),
    ),
  }),
  refusals: ['FIELD_INVALID'],
});
