/** What the tree's hashes hide from the mutants of a bundle: records changed in a log that is made to fit them again. A server that holds the
 *  checkpoint's key can do as much; only the signatures of the leaders are beyond it. */
import { expect, test } from 'vitest';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { auditLog } from '../../shared/proof/audit.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { verifyBundle } from '../../shared/proof/verify.ts';
import { readBundle } from '../../widget/remote/bundle.ts';
import { randomOf } from '../fixtures/random.ts';
import { origin } from '../fixtures/season.ts';
import { seasonPins } from '../fixtures/season-bundle.ts';
import { testKey } from '../fixtures/vectors.ts';
import { payloadMutants } from './bundle-mutants.ts';
import { hunt, newHunt } from './mutant-hunt.ts';
import { fullSeason, seenBundle, textOf, withLeaf } from './mutant-season.ts';
import { type Mutant, some } from './mutate.ts';

const count = 150;
const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

const made = await fullSeason();
const pins = await seasonPins();
const labels = ['org', 'u01', 'u01b', 'u02', 'u03', 'u04', 'rev1'];
const keys = new Map((await Promise.all(labels.map(testKey))).map((key) => [key.kid, key]));

/** Mutants of the payloads of all leaves, each in a log of its own. `sign` gives the signature of the changed record. */
async function relogged(mutant: LeafMutant, sign: (signed: string, before: string) => Promise<string>) {
  const [header = '', , signature = ''] = (made.log.leaves[mutant.index] ?? '').split('.');
  const signed = `${header}.${b64u(utf8(mutant.text()))}`;
  return withLeaf(made, mutant.index, `${signed}.${await sign(signed, signature)}`);
}

type LeafMutant = Mutant & { readonly index: number };

const mutants = made.log.leaves.flatMap((leaf, index): LeafMutant[] => {
  const payload = textOf(leaf.split('.')[1]);
  const all = [...payloadMutants(payload, `leaf ${index}`)];
  return all.filter((mutant) => mutant.text() !== payload).map((mutant) => ({ ...mutant, index }));
});

test(`${count} records changed in a log that fits them are refused for their signatures`, async () => {
  const found = newHunt();
  const began = performance.now();
  async function* logs(): AsyncGenerator<Mutant> {
    for (const mutant of some(mutants, count, randomOf(seed))) {
      const { bundle } = await relogged(mutant, async (_, before) => before);
      yield { ...mutant, text: () => JSON.stringify(bundle) };
    }
  }
  const bundle = await seenBundle(made.log, made.published, made.seen);
  await hunt({ name: 'season', bundle, pins, seen: undefined }, logs(), found);
  console.log(`proof: seed ${seed}, ${found.mutants} logs in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  expect(found.wrong, `seed ${seed}`).toEqual([]);
  expect([...found.survivors], `seed ${seed}`).toEqual([]);
}, 180_000);

test(`${count} records changed and signed again by those who may give a verdict, and so does the check of the whole log`, async () => {
  const verdicts = new Map<string, number>();
  for (const mutant of some(mutants, count, randomOf(seed + 1))) {
    const kid: string = JSON.parse(textOf(made.log.leaves[mutant.index]?.split('.')[0])).kid;
    const { log, bundle } = await relogged(mutant, async (signed) => {
      return b64u((await keys.get(kid)?.sign(utf8(signed))) ?? utf8(''));
    });
    const at = `seed ${seed}: ${mutant.by} ${mutant.path}`;
    const verdict = await verifyBundle(JSON.stringify(bundle), pins, {}, { bls: loadedBls }).catch((error: Error) => {
      throw new Error(at, { cause: error });
    });
    readBundle(bundle);
    const audit = await auditLog(log.leaves, await log.head(), { origin, organisers: [pins.organiser] });
    expect(audit.findings, at).toBeInstanceOf(Array);
    const code = verdict.ok ? 'OK' : verdict.failure;
    verdicts.set(code, (verdicts.get(code) ?? 0) + 1);
  }
  console.log(`proof: seed ${seed}, ${JSON.stringify(Object.fromEntries(verdicts))}`);
  expect(verdicts.size).toBeGreaterThan(5);
}, 180_000);
