/** One bundle, and the whole tree of two years, against the WebCrypto calls that they make. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderSource } from '../../../server/public/source.ts';
import { verifyTree } from '../../../server/public/verify-tree.ts';
import { verifyBundle } from '../../../shared/proof/verify.ts';
import { callsOf, ratioTo, rawCrypto, rawOneByOne, rounded } from './floor.ts';
import { twoYears } from './two-years.ts';

/** `bundleVerifyVsRawCrypto` and `yearVerifyVsRawCrypto`: against a floor that makes all different calls at once, each once; `Cpu`: the
 *  same of the processor's time; `OneByOne`: against a floor that waits for each call. `repeated`: calls that were made more than once, which no floor has. */
export async function measureVerification(): Promise<object> {
  const tree = await twoYears((weeks) => {
    if (weeks % 24 === 0) console.error(`  ${weeks} weeks are sealed`);
  });
  try {
    const text = readFileSync(join(tree.folder, tree.bundles.at(-1) ?? ''), 'utf8');
    const one = async () => {
      const verdict = await verifyBundle(text, tree.pins);
      if (!verdict.ok) throw new Error(`${verdict.failure} in step ${verdict.step}`);
    };
    const whole = async () => {
      const check = { pins: tree.pins, seen: () => undefined, progress: () => undefined };
      const report = await verifyTree(folderSource(tree.folder), check);
      if (report.failures.length > 0 || report.diaries !== 49)
        throw new Error(JSON.stringify(report.failures.slice(0, 3)));
    };
    const bundleCalls = await callsOf(one);
    const yearCalls = await callsOf(whole);
    const bundle = await ratioTo(() => rawCrypto(bundleCalls), one, 60, 20);
    const bundleOneByOne = await ratioTo(() => rawOneByOne(bundleCalls), one, 20, 5);
    const year = await ratioTo(() => rawCrypto(yearCalls), whole, 5);
    return {
      bundleKB: rounded(text.length / 1000),
      bundleSignatures: bundleCalls.verifies.length,
      bundleHashes: bundleCalls.digests.length,
      bundleRepeated: bundleCalls.repeated,
      bundleVerifyMs: rounded(bundle.workMs),
      bundleVerifyVsRawCrypto: rounded(bundle.ratio),
      bundleVerifyVsRawCryptoCpu: rounded(bundle.cpuRatio),
      bundleVerifyVsRawOneByOne: rounded(bundleOneByOne.ratio),
      yearSignatures: yearCalls.verifies.length,
      yearHashes: yearCalls.digests.length,
      yearRepeated: yearCalls.repeated,
      yearVerifyS: rounded(year.workMs / 1000),
      yearVerifyVsRawCrypto: rounded(year.ratio),
      yearVerifyVsRawCryptoCpu: rounded(year.cpuRatio),
      yearVerifyCpuS: rounded(year.workCpuMs / 1000),
    };
  } finally {
    await tree.remove();
  }
}
