// A published diary in a list: its facts and its week.
import { html } from 'lit';
import type { DiaryCard } from '../../shared/api/published.ts';
import { realMinute } from '../../shared/diary/hours.ts';
import { civilAt } from '../../shared/time/civil.ts';
import { unionMinutes } from '../../shared/time/interval.ts';
import { parseWeek, weekStart } from '../../shared/time/week.ts';
import { cardIn } from '../locales/card.ts';
import type { Words } from '../locales/zh.ts';
import type { Block } from './charts.ts';
import { isSealed } from './links.ts';
import type { Setting } from './setting.ts';

/** Hours, entries, what is withheld, comments and cases, in words. */
export function factsOf(card: DiaryCard, { lang, time }: Words): readonly string[] {
  const says = cardIn(lang);
  return [
    ...(isSealed(card.draw) ? [] : [says.imported]),
    time.duration(card.minutes),
    says.entries(card.entries),
    ...(card.held > 0 ? [says.held(card.held)] : []),
    ...(card.comments > 0 ? [says.comments(card.comments)] : []),
    ...(card.tickets > 0 ? [says.tickets(card.tickets, card.closedLoop)] : []),
  ];
}

/** Facts with a dot after each but the last; each holds together, lines break between them. */
export const joined = (parts: readonly string[]) =>
  parts.map((part, n) => [n > 0 ? ' ' : '', html`<span class="nb">${part}${n < parts.length - 1 ? ' ·' : ''}</span>`]);

/** The seven columns of `weekStrip`. In a night in which the clock changes, hours are what passed (design.md 4). */
export function columnsOf({ week, strip }: DiaryCard, { words, offset }: Setting) {
  const monday = parseWeek(week) === null ? 0 : weekStart(week);
  return words.time.weekdayShort.map((name, day) => {
    const blocks = strip.flatMap(([of, start, end, fill]): Block[] =>
      of === day ? [{ start, end, fill: fill ?? 'none' }] : [],
    );
    const passed = (minute: number) => realMinute(civilAt(monday + day, minute), offset);
    const minutes = unionMinutes(blocks.map(({ start, end }) => ({ start: passed(start), end: passed(end) })));
    return { name, blocks, hours: minutes === 0 ? '' : words.time.tenths((minutes / 60).toFixed(1)) };
  });
}
