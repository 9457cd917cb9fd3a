// Notices in words (verification.md 9): from the verdict once there is one, before that from what the bundle says, to keep their room.
import type { Notice } from '../../../shared/proof/failure.ts';
import type { VerifiedDiary } from '../../../shared/proof/verify.ts';
import { two } from '../../../shared/time/civil.ts';
import { nameOfSource, type Setting } from '../../base/setting.ts';
import type { ReadBundle } from '../../remote/bundle.ts';

export interface SaidNotice {
  readonly notice: Notice;
  readonly text: string;
}

/** The notices in their order, each as a sentence. */
export function noticesOf(read: ReadBundle, diary: VerifiedDiary | null, setting: Setting): readonly SaidNotice[] {
  return (diary?.notices ?? expected(read)).map((notice) => ({ notice, text: sentence(notice, read, diary, setting) }));
}

function expected(read: ReadBundle): readonly Notice[] {
  const held = read.items.flatMap(({ record }) => record ?? []);
  const stand: readonly (readonly [Notice, boolean])[] = [
    ['DRAND_UNCHECKED', read.values.some(({ kind }) => kind === 'drand')],
    ['DRAW_RERUN', read.voids.length > 0],
    ['HELD_AFTER_DRAW', held.some(({ index }) => index > read.drawIndex)],
    ['HELD_AFTER_SEAL', held.some(({ index }) => index < read.drawIndex)],
    ['KIND_UNKNOWN', read.items.some(({ kind }) => !['title', 'entry', 'review'].includes(kind))],
    ['NONCE_NOT_REVEALED', read.missingNonces.length > 0],
    ['VALUE_TO_COMPARE', read.values.some(({ kind }) => kind === 'lottery' || kind === 'stage')],
  ];
  return stand.filter(([, holds]) => holds).map(([notice]) => notice);
}

function sentence(notice: Notice, read: ReadBundle, diary: VerifiedDiary | null, setting: Setting): string {
  const { notice: words, listed } = setting.words;
  const held = (diary?.items ?? read.items).flatMap(({ record }) => record ?? []);
  switch (notice) {
    case 'HELD_AFTER_SEAL':
      return words.HELD_AFTER_SEAL(held.filter(({ index }) => index < read.drawIndex).length);
    case 'HELD_AFTER_DRAW':
      return words.HELD_AFTER_DRAW(held.filter(({ index }) => index > read.drawIndex).length);
    case 'NONCE_NOT_REVEALED':
      return words.NONCE_NOT_REVEALED(listed(read.missingNonces.map(setting.unit)));
    case 'DRAW_RERUN':
      return words.DRAW_RERUN((diary?.voids.map(({ reason }) => reason) ?? read.voids).join(' · '));
    case 'VALUE_TO_COMPARE':
      return words.VALUE_TO_COMPARE(listed(valuesOf(diary?.values ?? read.values, setting)));
    default:
      return words[notice];
  }
}

function valuesOf(values: ReadBundle['values'], { words }: Setting): readonly string[] {
  return values
    .filter(({ kind }) => kind === 'lottery' || kind === 'stage')
    .map(({ name, issue, value }) => words.notice.value(nameOfSource(name, words), issue, numbers(name, value, words)));
}

/** Seven numbers of 双色球 are six red ones and the blue one; the record keeps them in the order of the notice. */
function numbers(name: string, value: string | readonly number[], words: Setting['words']): string {
  if (typeof value === 'string') return value;
  const balls = value.map(two);
  return name === 'ssq' && balls.length === 7
    ? words.notice.ssq(balls.slice(0, 6).sort().join(' '), balls[6] ?? '')
    : balls.join(' ');
}
