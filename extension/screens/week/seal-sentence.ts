/** What hinders a seal, for a person. */
import { Refusal } from '../../../shared/api/refusal.ts';
import type { Words } from '../../locales/use-words.ts';
import { sentenceOf } from '../use-act.ts';

export function sealSentence(error: unknown, words: Words): string {
  if (!(error instanceof Refusal)) return sentenceOf(error, words);
  const { seal } = words.week;
  const { reason, waiting, state } = error.facts;
  if (reason === 'NO_KEY') return seal.noKey;
  if (reason === 'EMPTY') return seal.empty;
  if (reason === 'HELD_ELSEWHERE') return seal.heldElsewhere;
  if (waiting === 0 && state === 'unreachable') return seal.unreachable;
  if (waiting !== undefined) {
    const known = (['revoked', 'pending', 'outdated', 'notUnderstood', 'unreachable'] as const).find(
      (one) => one === state,
    );
    if (known === undefined) return seal.notReady;
    const why = words.common.sync[known];
    return waiting === 0 ? why : `${seal.notReady}${words.desk.gap}${why}`;
  }
  return error.code === 'SEAL_STALE' ? seal.refusedStale : seal.refused(sentenceOf(error, words));
}
