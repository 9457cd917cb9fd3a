// JSON as producers must read it: no name twice in one object (RFC 7493 2.3), integers, well-formed text (verification.md 1).
import { fail, ok, type Result } from '../base/result.ts';
import { canonical } from './canonical.ts';

/** Why a text is refused: no JSON, a name twice, or outside the profile (a fraction, a lone surrogate). */
export type JsonProblem = 'NOT_JSON' | 'DUPLICATE_NAME' | 'NOT_IN_PROFILE';

/** The value of a JSON text in the profile that may be signed, and its canonical text. */
export function readStrict(text: string): Result<{ readonly value: unknown; readonly canonical: string }, JsonProblem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return fail('NOT_JSON');
    throw error;
  }
  if (hasDuplicateName(text)) return fail('DUPLICATE_NAME');
  try {
    return ok({ value, canonical: canonical(value) });
  } catch (error) {
    if (error instanceof TypeError) return fail('NOT_IN_PROFILE');
    throw error;
  }
}

// The text is known to be JSON, so strings and brackets are all that matters; a string before a colon is a name.
function hasDuplicateName(text: string): boolean {
  const open: Set<unknown>[] = [];
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*(:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (string !== undefined && colon !== undefined) {
      const name: unknown = JSON.parse(string);
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}
