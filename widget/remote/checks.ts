// The check of diaries and draws, loaded beside what it checks, so that the text does not wait for it.
import type { CheckDiary } from '../controllers/verify.ts';
import type { CheckDraw } from '../controllers/verify-draw.ts';
import { Unreachable } from './client.ts';
import { loadPart } from './part.ts';

/** What the part hands over. */
export interface Checks {
  readonly checkDiary: CheckDiary;
  readonly checkDraw: CheckDraw;
}

let part: Promise<Checks | null> | undefined;

/** Asks for the part before it is needed. Plain http lends no WebCrypto: then nothing is checked. */
export function fetchChecks(): void {
  if (globalThis.crypto?.subtle !== undefined) part ??= loadPart<Checks>('check');
}

/** Throws `Unreachable` where page or network refuse the part. */
export async function loadedChecks(): Promise<Checks> {
  part ??= loadPart<Checks>('check');
  const checks = await part;
  if (checks !== null) return checks;
  part = undefined;
  throw new Unreachable(0);
}
