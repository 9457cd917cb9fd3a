/** Code of the benches, built like the readers' window. */
import { join } from 'node:path';
import { type Plugin, rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';

/** The repository. */
export const root = join(import.meta.dirname, '..', '..', '..');

const entry = 'bench-alone';

/** A module and all that it pulls in, through the plugins of the widget's build; minified. */
export async function builtLikeWidget(module: string): Promise<string> {
  const { options } = await loadConfigFile(join(root, 'rollup.config.js'), {});
  const widget = options.find(({ input }) => String(input).endsWith('main.ts'));
  if (widget === undefined) throw new Error('the widget is not in rollup.config.js');
  const alone: Plugin = {
    name: 'alone',
    resolveId: (id) => (id === entry ? id : null),
    load: (id) => (id === entry ? module : null),
  };
  const bundle = await rollup({ input: entry, plugins: [alone, ...widget.plugins] });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}
