/** How much code `verifyBundle` needs, built like the readers' window. */
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { type Plugin, rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import { rounded } from './floor.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const entry = 'verify-bundle-alone';

const alone: Plugin = {
  name: 'alone',
  resolveId: (id) => (id === entry ? id : null),
  load: (id) => (id === entry ? `export { verifyBundle } from '${root}/shared/proof/verify.ts';` : null),
};

/** `verifyCodeBrotliKB`: kilobytes of 1,000 of everything that `verifyBundle` pulls in, through the plugins of the widget's build. */
export async function measureCode(): Promise<{ readonly verifyCodeBrotliKB: number }> {
  const { options } = await loadConfigFile(join(root, 'rollup.config.js'), {});
  const widget = options.find(({ input }) => String(input).endsWith('main.ts'));
  if (widget === undefined) throw new Error('the widget is not in rollup.config.js');
  const bundle = await rollup({ input: entry, plugins: [alone, ...widget.plugins] });
  const { output } = await bundle.generate({ format: 'es' });
  return { verifyCodeBrotliKB: rounded(brotliCompressSync(output[0].code).length / 1000) };
}
