// A judge's answer: the value, or the problem as data.

/** Outcome of a function that judges. `P` is a closed union of codes or an object `{code, …facts}`. */
export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

/** The judged thing holds. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** The judged thing does not hold, and why. */
export const fail = <P>(problem: P): { readonly ok: false; readonly problem: P } => ({ ok: false, problem });
