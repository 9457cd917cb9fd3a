// A published diary in a list: its facts, its week, and the address where it is read and checked.
import { html } from 'lit';
import type { DiaryCard } from '../../shared/api/published.ts';
import { unionMinutes } from '../../shared/time/interval.ts';
import type { Words } from '../locales/zh.ts';
import type { Block } from './charts.ts';
import type { Setting } from './setting.ts';

/** Hours, entries, what is withheld, comments and cases, in words. */
export const factsOf = (card: DiaryCard, { feed, time }: Words): readonly string[] => [
  ...(isSealed(card.draw) ? [] : [feed.imported]),
  time.duration(card.minutes),
  feed.entries(card.entries),
  ...(card.held > 0 ? [feed.held(card.held)] : []),
  ...(card.comments > 0 ? [feed.comments(card.comments)] : []),
  ...(card.tickets > 0 ? [feed.tickets(card.tickets, card.closedLoop)] : []),
];

/** Whether a diary was sealed and drawn. One that was brought in from older records has nothing to check. */
export const isSealed = (draw: string): boolean => draw.startsWith('d-');

/** Facts with a dot after each but the last; each holds together, lines break between them. */
export const joined = (parts: readonly string[]) =>
  parts.map((part, n) => [n > 0 ? ' ' : '', html`<span class="nb">${part}${n < parts.length - 1 ? ' ·' : ''}</span>`]);

/** The seven columns of `weekStrip`. */
export function columnsOf({ strip }: DiaryCard, { words }: Setting) {
  return words.time.weekdayShort.map((name, day) => {
    const blocks = strip.flatMap(([of, start, end, fill]): Block[] =>
      of === day ? [{ start, end, fill: fill ?? 'none' }] : [],
    );
    const minutes = unionMinutes(blocks);
    return { name, blocks, hours: minutes === 0 ? '' : words.time.tenths((minutes / 60).toFixed(1)) };
  });
}

/** Whether the page leaves its hash to us: pages with a router of their own have something in it. */
export const hashIsFree = (): boolean => /^(#sundial[/?]|$)/.test(location.hash);

/** Address where a diary, or one entry of it, is read and checked: in the feed of the page, else its plain page. */
export function diaryLink(tree: string, draw: string, unit: string, item?: number): string {
  const at = `${draw}/${unit}`;
  return hashIsFree() && feedOfPage() !== null
    ? `#sundial/${at}${item === undefined ? '' : `/${item}`}`
    : `${tree}d/${at}.html${item === undefined ? '' : `#item-${item}`}`;
}

/** The feed comes into view when a link has opened a diary in it. */
export function toFeed({ currentTarget }: Event): void {
  const isIn = currentTarget instanceof HTMLAnchorElement && currentTarget.getAttribute('href')?.startsWith('#');
  if (isIn) feedOfPage()?.scrollIntoView({ block: 'start' });
}

/** Whether a click is a plain one, that may open in place. */
export const isPlainClick = (event: MouseEvent): boolean =>
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;

const feedOfPage = (): Element | null => document.querySelector('sundial-feed');
