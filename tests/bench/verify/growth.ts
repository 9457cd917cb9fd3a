/** What grows with the log: a bundle's bytes, its verification, and an append, from 1,000 to 100,000 leaves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../../server/context.ts';
import { openDatabase } from '../../../server/database/open.ts';
import { appendLeaf } from '../../../server/log/append.ts';
import { b64 } from '../../../shared/base/bytes.ts';
import { signNote } from '../../../shared/proof/checkpoint.ts';
import { presentation } from '../../../shared/proof/make-seal.ts';
import { consistencyPath, inclusionPath } from '../../../shared/proof/prove.ts';
import { isDraw } from '../../../shared/proof/records.ts';
import { openJws } from '../../../shared/proof/signature.ts';
import { type Bundle, verifyBundle } from '../../../shared/proof/verify.ts';
import { openServer } from '../../fixtures/app.ts';
import { origin, season } from '../../fixtures/season.ts';
import { noteSigner, seasonPins } from '../../fixtures/season-bundle.ts';
import { median, rounded } from './ratio.ts';

const [least, most] = [1000, 100_000];
const doublings = Math.log2(most / least);

/** Factors for each doubling of the log. */
export async function measureGrowth(): Promise<object> {
  const [small, large] = [await bundleAt(least), await bundleAt(most)];
  const [early, late] = await appendMs();
  return {
    growthPerDoublingBundleBytes: perDoubling(JSON.stringify(small).length, JSON.stringify(large).length),
    growthPerDoublingBundleVerify: perDoubling(...(await verifyMs(small, large))),
    growthPerDoublingAppend: perDoubling(early, late),
    appendMs: rounded(late),
  };
}

const perDoubling = (early: number, late: number): number =>
  Math.round((late / early) ** (1 / doublings) * 1000) / 1000;

/** The bundle of a season whose keys stand at the beginning of a log of `size`, and its draw at the end. */
async function bundleAt(size: number): Promise<Bundle> {
  const log = await season();
  for (let n = log.leaves.length; n < size - 12; n += 1) log.append(`another record, number ${n}`);
  const sealed = [];
  for (const unit of ['u01', 'u02', 'u03']) sealed.push(await log.seal(unit));
  const { index } = await log.freeze();
  for (const unit of ['u01', 'u02', 'u03']) await log.reveal(unit);
  const lock = await log.head();
  const acks = await Promise.all(['u01', 'u02', 'u03'].map((unit) => log.ack(unit, lock)));
  const drawIndex = await log.draw(index, lock);
  const draw = openJws(log.leaves[drawIndex] ?? '')?.payload;
  const drawn = isDraw(draw) ? draw.drawn.map(({ unit }) => unit) : [];
  const seal = sealed.find(({ payload }) => payload.iss === drawn[0]);
  if (seal === undefined) throw new Error('nothing was drawn');
  const [head, nodes, { records }] = [await log.head(), await log.nodes(), await log.read()];
  const leaves = records.map(async ({ index: i, text }) => ({
    i,
    jws: text,
    path: (await inclusionPath(i, head.size, nodes)).map(b64),
  }));
  return {
    v: 1,
    checkpoint: await signNote(origin, head, [await noteSigner()]),
    want: { draw: 'd-2026-w47', unit: seal.payload.iss },
    diary: presentation(seal.jws, [seal.cover, ...seal.disclosures]),
    leaves: await Promise.all(leaves),
    lock: { ...lock, consistency: (await consistencyPath(lock.size, head.size, nodes)).map(b64), acks },
    published: drawn,
  };
}

/** Median milliseconds of both, in turns. */
async function verifyMs(small: Bundle, large: Bundle): Promise<[number, number]> {
  const pins = await seasonPins();
  const taken: [number[], number[]] = [[], []];
  for (let round = 0; round < 70; round += 1)
    for (const [n, bundle] of [small, large].entries()) {
      const began = performance.now();
      const verdict = await verifyBundle(bundle, pins);
      if (!verdict.ok) throw new Error(`${verdict.failure} in step ${verdict.step}`);
      if (round >= 20) taken[n]?.push(performance.now() - began);
    }
  return [median(taken[0]), median(taken[1])];
}

/** Milliseconds of an append to a log of `least` and of `most` leaves on SQLite: medians over transactions of 100. */
async function appendMs(): Promise<[number, number]> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-bench-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  try {
    const { context } = await openServer({ database, address, folder });
    let size = 0;
    const append = async (count: number, by: Pick<Context, 'log' | 'now'>): Promise<number> => {
      const began = performance.now();
      await database.transaction(async (trx) => {
        for (let n = 0; n < count; n += 1, size += 1) await appendLeaf(trx, by, `${'record '.repeat(80)}${size}`);
      });
      return (performance.now() - began) / count;
    };
    // What only fills the log is appended like all else, but nothing is signed.
    const note = await context.log.sign({ size: 1, root: b64(new Uint8Array(32)) });
    const unsigned = { ...context, log: { ...context.log, sign: async () => note } };
    const around = async (leaves: number): Promise<number> => {
      while (size < leaves - 1000) await append(1000, unsigned);
      const taken: number[] = [];
      for (let n = 0; n < 10; n += 1) taken.push(await append(100, context));
      return median(taken);
    };
    return [await around(least), await around(most)];
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
