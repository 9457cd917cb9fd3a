// Where one goes from a diary: the leader's one before and after, a thread's, what it corrects or is corrected by.
import { html, nothing, type TemplateResult } from 'lit';
import type { Beside, Related } from '../../../shared/api/public-lists.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { weekNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import { diaryLink } from '../../base/links.ts';
import type { Words } from '../../locales/zh.ts';

/** A diary of the tree, or an entry of it. */
export interface Way {
  readonly draw: string;
  readonly unit: string;
  readonly week: string;
  readonly item?: number | null;
}

/** What lies around one diary. `beside` null: not known. */
export interface Around {
  readonly tree: string;
  readonly here: Way;
  readonly items: readonly ShownItem[];
  readonly beside: Beside | null;
  readonly words: Words;
}

const linkOf = ({ tree }: Around, { draw, unit, item }: Way): string => diaryLink(tree, draw, unit, item ?? undefined);

/** The entry of a thread before and after an entry: in this diary, else in the diary before or after with that thread. */
export function threadWays(thread: string, index: number, { here, items, beside }: Around) {
  const inside = items.flatMap(({ item }, n) => (item?.threads?.some(({ id }) => id === thread) ? [n] : []));
  const outside = beside?.threads.find((one) => one.thread === thread);
  const own = (item: number | undefined): Way | null => (item === undefined ? null : { ...here, item });
  return {
    previous: own(inside.findLast((n) => n < index)) ?? outside?.previous ?? null,
    next: own(inside.find((n) => n > index)) ?? outside?.next ?? null,
  };
}

/** Two small arrows behind the name of a thread. */
export function threadArrows(thread: { readonly id: string; readonly name: string }, index: number, around: Around) {
  const { previous, next } = threadWays(thread.id, index, around);
  const arrow = (way: Way | null, sign: 'left' | 'right', says: (thread: string, week: string) => string) =>
    way === null
      ? nothing
      : html`<a class="arrow" href=${linkOf(around, way)} aria-label=${says(thread.name, weekNames(way.week, around.words).name)}>${icon(sign, true)}</a>`;
  const { ways } = around.words;
  return html`<span class="nb no-print">${arrow(previous, 'left', ways.threadPrevious)}${arrow(next, 'right', ways.threadNext)}</span>`;
}

/** What one entry, or with null the whole week, has to do with other diaries: as tags that lead there. */
export const relatedTags = (index: number | null, around: Around, but: readonly Related['as'][] = []) =>
  (around.beside?.related ?? [])
    .filter(({ item, as }) => item === index && !but.includes(as))
    .map(({ as, at }) => relatedTag(around.words.ways[as](weekNames(at.week, around.words).name), at, around));

export const relatedTag = (says: string, at: Way, around: Around): TemplateResult =>
  html`<a class="tag" href=${linkOf(around, at)}>${says}</a>`;

/** Links to the leader's diaries before and after, where there is one. */
export function neighbours(around: Around) {
  const { beside, words } = around;
  if (!beside?.previous && !beside?.next) return nothing;
  const way = (to: Way | null, sign: 'left' | 'right', says: string) => {
    if (!to) return html`<span></span>`;
    const { name, days } = weekNames(to.week, words);
    return html`<a class=${sign} href=${linkOf(around, to)}>${sign === 'left' ? icon(sign) : nothing}<span>${says}<b>${name}</b><small class="num">${days}</small></span>${sign === 'right' ? icon(sign) : nothing}</a>`;
  };
  return html`<nav class="ways no-print" aria-label=${words.ways.heading}>${way(beside.previous, 'left', words.ways.previous)}${way(beside.next, 'right', words.ways.next)}</nav>`;
}
