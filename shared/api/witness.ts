/** Cosignatures of outside witnesses (C2SP cosignature/v1; verification.md 6): `sundial witness` sends them, the served checkpoint carries them. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';

/** Why a line is not kept. WITNESS_UNKNOWN: no vkey of the configuration has this name and key id; HEAD_UNKNOWN: the log has no head of this
 *  size; SIGNATURE: not good over the note body of that head (another root, another origin, another key); CLOCK: its time is not between the
 *  head and now; OLDER: a line of this witness stands under a larger head. */
export const witnessProblems = ['WITNESS_UNKNOWN', 'HEAD_UNKNOWN', 'SIGNATURE', 'CLOCK', 'OLDER'] as const;
export type WitnessProblem = (typeof witnessProblems)[number];

const Size = v.pipe(v.number(), v.integer(), v.minValue(1));

export const putWitness = endpoint({
  method: 'PUT',
  path: '/api/v1/witness',
  group: 'witness',
  summary: 'Add the cosignature of a configured witness to a head of the log',
  access: 'public',
  body: v.strictObject({
    size: Size,
    /** One signature line as it stands under the note, with its line feed. */
    line: v.pipe(v.string(), v.maxLength(500), v.regex(/^— [^\s+]+ [A-Za-z0-9+/]+={0,2}\n$/)),
  }),
  /** The line that stands: the first good one of this witness for this size. */
  answer: v.object({ size: Size, line: v.string() }),
  refusals: ['FIELD_INVALID', 'RECORD_REFUSED', 'RATE_LIMITED'],
});
