/** How much code `verifyBundle` needs. */
import { brotliCompressSync } from 'node:zlib';
import { builtLikeWidget, root } from './build.ts';
import { rounded } from './ratio.ts';

/** `verifyCodeBrotliKB`: kilobytes of 1,000 of everything that `verifyBundle` pulls in. */
export async function measureCode(): Promise<{ readonly verifyCodeBrotliKB: number }> {
  const code = await builtLikeWidget(`export { verifyBundle } from '${root}/shared/proof/verify.ts';`);
  return { verifyCodeBrotliKB: rounded(brotliCompressSync(code).length / 1000) };
}
