/** `npm run bench:verify`: a table of what verification must hold, and as last line one JSON object of every figure. Ratios are taken in
 *  turns on one machine in one run. `--only <part>` measures one part: code, growth or verification. */
import { ensureChromium } from '../../fixtures/chromium.ts';
import { measureAll } from '../figures.ts';
import { measureCode } from './code.ts';
import { measureGrowth } from './growth.ts';
import { measureVerification } from './measure.ts';

/** The most that a figure may be. */
const limits: Readonly<Record<string, number>> = {
  verifyCodeBrotliKB: 6.5,
  bundleVerifyVsRawCrypto: 1.3,
  yearVerifyVsRawCrypto: 1.4,
  growthPerDoublingBundleBytes: 1.15,
  growthPerDoublingBundleVerify: 1.15,
  growthPerDoublingAppend: 1.15,
};

const parts: Readonly<Record<string, () => Promise<object>>> = {
  code: measureCode,
  growth: measureGrowth,
  verification: measureVerification,
};

ensureChromium();
await measureAll(parts, limits);
