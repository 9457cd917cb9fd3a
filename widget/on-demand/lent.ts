// What the main file lends to a part that it loads: see base/on-demand.ts.

const lent: unknown = Reflect.get(document.currentScript ?? {}, 'sundial');

/** Hands the part's work to the main file. */
export function give(value: unknown): void {
  if (typeof lent === 'object' && lent !== null) Reflect.get(lent, 'give')(value);
}
