/** What every command does with its words: the language of the terminal, and arguments that make no command. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The words of the terminal's language (`LC_ALL`, else `LANG`): English where that begins with `en`, else Chinese. */
export const wordsHere = <Words>(zh: Words, en: Words): Words =>
  /^en/i.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? en : zh;

/** Options and other words of a command, or null where an option is unknown or lacks its value. */
export function parsed<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> | null {
  try {
    return parseArgs(config);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return null;
    throw error;
  }
}
