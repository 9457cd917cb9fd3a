/** What every command does with its words: the language of the terminal, and arguments that make no command. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { parseVkey } from '../shared/proof/checkpoint.ts';

/** The words of the terminal's language (`LC_ALL`, else `LANG`; an empty one is not set): English where that begins with `en`, else Chinese. */
export const wordsHere = <Words>(zh: Words, en: Words): Words =>
  /^en/i.test(process.env.LC_ALL || process.env.LANG || '') ? en : zh;

/** Options and other words of a command, or null where an option is unknown or lacks its value. A value may begin with a dash, as the
 *  fingerprint of one key in 64 does. */
export function parsed<const Config extends ParseArgsConfig & { readonly args: readonly string[] }>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> | null {
  try {
    return parseArgs<Config>({ ...config, args: withValues(config.args, config.options ?? {}) });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return null;
    throw error;
  }
}

/** The first of these vkeys, parted by blanks, that is none: a vkey has a sum of its own, so what was copied wrongly shows. */
export async function noVkeyIn(pin: string): Promise<string | undefined> {
  for (const text of pin.trim().split(/\s+/)) if ((await parseVkey(text)) === null) return text;
  return undefined;
}

/** An address that `fetch` takes: it refuses one with a name and password. */
export const isFetched = (text: string): boolean => /^https?:\/\/[^\s@]+$/.test(text) && URL.canParse(text);

/** `--name -value` as `--name=-value`: `parseArgs` takes the former for a mistake. */
function withValues(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): string[] {
  const names = Object.entries(options).flatMap(([name, { short = '-' }]) => [`--${name}`, `-${short}`]);
  const takesValue = (word: string): boolean => word.startsWith('--') && options[word.slice(2)]?.type === 'string';
  const end = args.indexOf('--');
  const joined: string[] = [];
  for (const word of end < 0 ? args : args.slice(0, end)) {
    const before = joined.at(-1) ?? '';
    const isValue = word.startsWith('-') && !names.includes(word.replace(/=.*/s, ''));
    if (isValue && takesValue(before)) joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return end < 0 ? joined : [...joined, ...args.slice(end)];
}
