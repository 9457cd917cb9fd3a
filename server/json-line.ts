/** Lines of a JSON text, for messages about configuration. */

/** The 1-based line on which the value at `path` begins. Of a member that is missing, that of the object it is missing from. The text
 *  must be valid JSON. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  return lineAt(text, positionOf(text, skipBlank(text, 0), path));
}

/** The 1-based line at which the text stops being JSON; 1 when it is JSON or nothing is known. */
export function syntaxErrorLine(text: string): number {
  try {
    JSON.parse(text);
    return 1;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    return position === undefined ? lineAt(text, text.length) : lineAt(text, Number(position));
  }
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

function positionOf(text: string, at: number, [key, ...rest]: readonly (string | number)[]): number {
  if (key === undefined) return at;
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') return at;
  let next = skipBlank(text, at + 1);
  for (let index = 0; text[next] !== '}' && text[next] !== ']'; index += 1) {
    let name: unknown = index;
    if (isObject) {
      const end = endOfValue(text, next);
      name = JSON.parse(text.slice(next, end));
      next = skipBlank(text, skipBlank(text, end) + 1);
    }
    if (name === key) return positionOf(text, next, rest);
    next = skipBlank(text, endOfValue(text, next));
    if (text[next] === ',') next = skipBlank(text, next + 1);
  }
  return at;
}

/** Where the value that begins at `at` ends. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return at + (/^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at))?.[0].length ?? 1);
  if (text[at] !== '{' && text[at] !== '[') return at + (/^[^\s,\]}]+/.exec(text.slice(at))?.[0].length ?? 1);
  let depth = 0;
  for (let next = at; next < text.length; next += 1) {
    const char = text[next];
    if (char === '"') next = endOfValue(text, next) - 1;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return next + 1;
    }
  }
  return text.length;
}

function skipBlank(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? '')) next += 1;
  return next;
}
