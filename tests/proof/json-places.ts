/** A JSON text with the place of every value in it, so that tests can change the text itself: names twice, members in another order. */

/** A value and where it stands: `from` to `to` in the text, a member from `at`, where its name begins. */
export interface Place {
  readonly path: string;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly kind: 'object' | 'array' | 'string' | 'other';
  readonly children: readonly Place[];
}

/** The places of a text that is JSON; `path` is that of the whole, array indexes are written as `*`. */
export function placesOf(text: string, path: string): Place {
  let at = 0;
  const skip = (): void => {
    while (/[\s,:]/.test(text[at] ?? '')) at += 1;
  };
  const string = (): void => {
    at += 1;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
  };
  const value = (own: string, begin: number): Place => {
    skip();
    const from = at;
    const children: Place[] = [];
    const first = text[at];
    if (first === '"') string();
    else if (first === '{' || first === '[') {
      at += 1;
      for (skip(); text[at] !== '}' && text[at] !== ']'; skip()) {
        const child = at;
        if (first === '{') string();
        const name = first === '{' ? String(JSON.parse(text.slice(child, at))) : '*';
        children.push(value(`${own}${own === '' ? '' : '.'}${name}`, child));
      }
      at += 1;
    } else while (at < text.length && !/[,\]}\s]/.test(text[at] ?? '')) at += 1;
    const kind = first === '{' ? 'object' : first === '[' ? 'array' : first === '"' ? 'string' : 'other';
    return { path: own, at: begin === from ? from : begin, from, to: at, kind, children };
  };
  return value(path, 0);
}

/** A place and all within it. */
export function* within(place: Place): Generator<Place> {
  yield place;
  for (const child of place.children) yield* within(child);
}

/** The path of the smallest place that has this position. */
export function pathAt(place: Place, at: number): string {
  const child = place.children.find((one) => one.at <= at && at < one.to);
  return child ? pathAt(child, at) : place.path;
}
