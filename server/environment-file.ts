/** Files of variables, one a line, of which no value is cut short or changed in silence. */
import { parseEnv } from 'node:util';
import { fail, ok, type Result } from '../shared/base/result.ts';
import { ConfigTrouble } from './config-trouble.ts';
import type { Environment } from './operation.ts';
import { textIfThere } from './text-if-there.ts';

/** A line that Node and systemd read alike: empty, a comment, or `NAME=value`. A value with `#`, a quotation mark, a backslash or a blank at one of
 *  its ends stands in quotation marks: `'…'` takes all but `'`, `"…"` all but `"` and a backslash. */
const clear = /^(#.*|[A-Za-z_]\w*=([^\s#'"`\\][^#'"`\\]*|'[^']*'|"[^"\\]*")?)?$/;

/** The variables of a file's text; else the number, from 1 on, of its first line that may be read in two ways. */
export function variablesOf(text: string): Result<Environment, number> {
  // Editors of Windows put a byte order mark in front: the first variable would have another name and be lost.
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const unclear = lines.findIndex((line) => !clear.test(line.trimEnd()));
  return unclear < 0 ? ok(parseEnv(lines.join('\n'))) : fail(unclear + 1);
}

/** Adds to the environment what the file that `SUNDIAL_ENVIRONMENT` names has and the environment has not; no file adds nothing. Throws
 *  ConfigTrouble for a line that is not clear, and what the system says of a file that cannot be read. */
export function takeVariables(environment: NodeJS.ProcessEnv): void {
  const { SUNDIAL_ENVIRONMENT: at = '' } = environment;
  const variables = variablesOf(at === '' ? '' : (textIfThere(at) ?? ''));
  if (!variables.ok)
    throw new ConfigTrouble({ code: 'LINE_UNCLEAR', at, line: variables.problem, field: '', reason: 'NAME=value' });
  for (const [name, value] of Object.entries(variables.value)) environment[name] ||= value;
}
