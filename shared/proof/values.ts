// What a draw is drawn with: nonces of the devices and values from outside (verification.md 7.3, 7.5, step 8 of section 9).
import { type Bytes, fromHex, hex } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';
import { noncesHash } from './draw.ts';
import { must } from './failure.ts';
import type { LogRecord } from './keys.ts';
import { type CheckedList, recordsOf } from './list.ts';
import { type Drawing, isDrawing, isNonce, type Value } from './records.ts';
import { opens } from './seal.ts';

/** Checks the BLS signature of a drand round; null where the check is not to be had. Loaded apart, as few readers need it. */
export type Bls = (chain: string, round: string, signature: Bytes) => Promise<boolean | null>;

/** Values for `select` in the order of the list's sources, and what the notices need. */
export type CheckedValues = {
  readonly draw: Drawing;
  readonly values: readonly Value[];
  readonly nonceMissing: boolean;
  readonly toCompare: readonly Drawing['values'][number][];
  readonly drandUnchecked: boolean;
};

/** Step 8: checks values and nonces of a draw. Must run within `judged`; every failure is RANDOMNESS_INVALID. */
export async function checkValues(
  records: readonly LogRecord[],
  { list, seals }: Pick<CheckedList, 'list' | 'seals'>,
  listIndex: number,
  draw: unknown,
  bls?: Bls,
): Promise<CheckedValues> {
  invalidUnless(isDrawing(draw));
  const withNonces = list.sources.some(({ kind }) => kind === 'nonces');
  const revealed = (withNonces ? recordsOf(records, 'wd-nonce+jwt', list.draw) : []).map(async (record) => {
    const { payload, index } = record;
    invalidUnless(isNonce(payload) && listIndex < index && index < draw.lock.size);
    invalidUnless(await opens(record, seals.get(payload.iss)?.nc));
    return [payload.iss, payload.nonce] as const;
  });
  const nonces = new Map(await Promise.all(revealed));
  invalidUnless([...nonces.keys()].sort().join() === [...draw.nonces].sort().join());

  const given = [...draw.values];
  const values: Value[] = [];
  let drandUnchecked = false;
  for (const source of list.sources) {
    if (source.kind === 'nonces') {
      values.push(await noncesHash(list.list, nonces));
      continue;
    }
    const value = given.shift();
    invalidUnless(value?.kind === source.kind && value.name === source.name && value.issue === source.issue);
    values.push(value.value);
    if (source.kind !== 'drand') continue;
    const { sig = '' } = value;
    const signature = fromHex(sig.toLowerCase());
    invalidUnless(signature && String(value.value).toLowerCase() === hex(await sha256(signature)));
    const isSigned = bls ? await bls(source.name, value.issue, signature) : null;
    invalidUnless(isSigned !== false);
    drandUnchecked ||= isSigned === null;
  }
  invalidUnless(given.length === 0);
  const toCompare = draw.values.filter(({ kind }) => kind === 'lottery' || kind === 'stage');
  const nonceMissing = withNonces && nonces.size < list.list.length;
  return { draw, values, nonceMissing, toCompare, drandUnchecked };
}

function invalidUnless(holds: unknown): asserts holds {
  must(holds, 'RANDOMNESS_INVALID');
}
