/** A figure in words: its number and how it was counted. The same on the page, on paper and in a spreadsheet. */

import { percentOf } from '../../../shared/feedback/rates.ts';
import type { FigureId } from '../../../shared/portrait/faces.ts';
import type { Figure } from '../../../shared/portrait/figure.ts';
import type { Words } from '../../locales/use-words.ts';

/** The name: that of a thread is the thread's own. */
export const nameOf = ({ id, name }: Figure, { portrait }: Words): string =>
  name === null ? portrait.figure[id] : `${portrait.figure[id]}${portrait.colon}${name}`;

/** `61小时20分`, `5件中4件，80%`, `点赞鼓励9条，咨询6条`. Below five cases there is no percentage. */
export function numberOf({ id, value }: Figure, words: Words): string {
  const { portrait } = words;
  switch (value.kind) {
    case 'minutes':
      return value.minutes === null ? portrait.none : words.time.duration(value.minutes);
    case 'count':
      return portrait.count(id, value.count);
    case 'share': {
      if (value.of === 0) return portrait.none;
      if (value.unit === 'minutes') return `${Math.round((value.part / value.of) * 100)}%`;
      const percent = percentOf(value);
      const counts = portrait.share(id, value.part, value.of);
      return percent === null ? counts : `${counts}${portrait.unitSeparator}${percent}%`;
    }
    case 'parts':
      return value.parts.length === 0
        ? portrait.none
        : value.parts.map(({ code, count }) => partOf(id, code, count, words)).join(portrait.unitSeparator);
  }
}

/** How it was counted. */
export const howOf = ({ id, facts }: Figure, { portrait, time }: Words): string =>
  portrait.how[id](facts, time.duration);

function partOf(id: FigureId, code: string, count: number, words: Words): string {
  const { portrait, time } = words;
  const length = id === 'modes' ? time.duration(count) : portrait.count(id, count);
  return `${codeWord(code, words)}${portrait.colon}${length}`;
}

/** The word of a mode, kind of comment, state or ground; a code without a word is shown as it is. */
export function codeWord(code: string, { domain, portrait }: Words): string {
  const known: readonly Readonly<Record<string, string>>[] = [
    portrait.codes,
    domain.mode,
    domain.commentKind,
    domain.ticketState,
    domain.ground,
  ];
  for (const words of known) if (Object.hasOwn(words, code)) return words[code] ?? code;
  return code;
}

/** Places in the list of sources as readers count, runs drawn together: `1至13、15`. */
export function sourceNumbers(sources: readonly number[], { portrait, desk }: Words): string {
  const runs: [number, number][] = [];
  for (const number of [...sources].sort((a, b) => a - b).map((place) => place + 1)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const said = runs.map(([first, last]) => (first === last ? String(first) : portrait.range(first, last)));
  return said.length === 0 ? portrait.noSource : portrait.source(said.join(desk.listSeparator));
}
