// The check of diaries, draws and pictures, loaded beside what it checks, so that the text does not wait for it.
import type { Failure } from '../../shared/proof/failure.ts';
import type { CheckDiary, CheckDraw } from '../controllers/check-job.ts';
import type { checkPicture } from '../controllers/check-picture.ts';
import type { FailureSaid } from '../locales/failure.ts';
import { Unreachable } from './client.ts';
import { loadPart } from './part.ts';

/** What the part hands over. */
export interface Checks {
  readonly checkDiary: CheckDiary;
  readonly checkDraw: CheckDraw;
  readonly checkPicture: typeof checkPicture;
  readonly sayFailure: (failure: Failure, lang: string) => FailureSaid;
}

let part: Promise<void> | undefined;
let here: Checks | null = null;

function load(): Promise<void> {
  part ??= loadPart<Checks>('check').then((checks) => {
    here = checks;
  });
  return part;
}

/** Asks for the part before it is needed. Plain http lends no WebCrypto: then nothing is checked. */
export function fetchChecks(): void {
  if (globalThis.crypto?.subtle !== undefined) load();
}

/** Throws `Unreachable` where page or network refuse the part. */
export async function loadedChecks(): Promise<Checks> {
  await load();
  if (here !== null) return here;
  part = undefined;
  throw new Unreachable(0);
}

/** What a failure is called, and what to make of it. The check that found it has brought its words. */
export const sayFailure = (failure: Failure, lang: string): FailureSaid =>
  here?.sayFailure(failure, lang) ?? { name: failure, how: '' };
