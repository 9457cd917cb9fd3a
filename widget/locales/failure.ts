/** What the check found wrong, in one of the languages: its name, and what a reader of a diary should make of it. */
import type { Failure } from '../../shared/proof/failure.ts';
import { catalogueOf } from '../base/language.ts';
import { failureWords as english } from './failure-en.ts';
import { failureWords as chinese } from './failure-zh.ts';

export interface FailureSaid {
  readonly name: string;
  readonly how: string;
}

export function sayFailure(failure: Failure, lang: string): FailureSaid {
  const { names, how, ofDraw } = catalogueOf(lang)?.failure ?? (lang === 'en' ? english : chinese);
  return { name: names[failure], how: (drawFailures.includes(failure) ? ofDraw : how)(failure) };
}

/** Failures that say nothing about the words themselves. */
const drawFailures: readonly Failure[] = [
  'LIST_INVALID',
  'LIST_NOT_LOCKED',
  'RANDOMNESS_INVALID',
  'DRAW_MISMATCH',
  'NOT_DRAWN',
  'DRAWN_NOT_PUBLISHED',
];
