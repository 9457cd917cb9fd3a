// A diary in the list: its card, or where it says what was searched for.
import { html, nothing, type TemplateResult } from 'lit';
import type { DiaryCard } from '../../../shared/api/published.ts';
import type { Place } from '../../../shared/search/hits.ts';
import type { Snippet } from '../../../shared/search/words.ts';
import { columnsOf, factsOf, joined } from '../../base/card.ts';
import { dayNames, weekNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import { isSealed } from '../../base/links.ts';
import type { Setting } from '../../base/setting.ts';
import { weekStrip } from '../../base/week-strip.ts';
import type { DiaryPlace } from '../../controllers/address.ts';
import { cardIn } from '../../locales/card.ts';
import { findIn } from '../../locales/find.ts';
import type { Found } from '../../remote/search.ts';

export interface RowView {
  readonly setting: Setting;
  readonly linkOf: (of: DiaryPlace) => string;
  readonly open: (event: MouseEvent, of: DiaryPlace) => void;
  /** Null where the theme is not known. */
  readonly themeOf: (id: string) => string | null;
  readonly byTheme: (id: string) => void;
}

export const row = (found: Found, view: RowView): TemplateResult =>
  found.hit === undefined ? cardRow(found, view) : hitRow(found, view);

export function cardRow(card: DiaryCard, view: RowView): TemplateResult {
  const { setting } = view;
  const { words } = setting;
  const week = weekNames(card.week, words);
  const unit = setting.unit(card.unit);
  const themes = (card.themes ?? []).flatMap((id) => {
    const name = view.themeOf(id);
    return name === null ? [] : [{ id, name }];
  });
  return html`<li class="card" part="card"><p class="meta">${joined([unit, week.name, week.days])}</p><h3 lang=${card.title === null ? words.lang : 'zh-CN'}>${titleLink(card, card.title ?? words.feed.untitled(unit, week.name), view)}</h3>${card.opening === null ? nothing : html`<p class="lede" lang="zh-CN">${card.opening}</p>`}${weekStrip(columnsOf(card, setting), cardIn(words.lang).strip(words.time.duration(card.minutes)))}<p class="meta num">${joined(factsOf(card, words))}</p>${
    themes.length === 0
      ? nothing
      : html`<div class="chips no-print"><span>${findIn(words.lang).names.theme}</span>${themes.map(({ id, name }) => html`<button class="link" @click=${() => view.byTheme(id)}>${name}</button>`)}</div>`
  }</li>`;
}

function hitRow(found: Extract<Found, { readonly hit: object }>, view: RowView): TemplateResult {
  const { words, unit } = view.setting;
  const week = weekNames(found.week, words);
  const { title, places, more } = found.hit;
  return html`<li class="card hit" part="card"><p class="meta">${joined([unit(found.unit), week.name, week.days, ...(isSealed(found.draw) ? [] : [cardIn(words.lang).imported])])}</p><h3 lang=${title === null ? words.lang : 'zh-CN'}>${titleLink(found, title === null ? words.feed.untitled(unit(found.unit), week.name) : marked(title), view)}</h3>${places.map(
    (place) => {
      const at = { ...found, item: place.item };
      return html`<a class="at" href=${view.linkOf(at)} @click=${(event: MouseEvent) => view.open(event, at)}><b class="num">${placeName(place, view.setting)}</b><span lang="zh-CN">${place.of === 'text' ? nothing : icon(place.of, true)}${marked(place.snippet)}</span></a>`;
    },
  )}${more === 0 ? nothing : html`<p class="meta">${findIn(words.lang).moreOf(more)}</p>`}</li>`;
}

const titleLink = (of: DiaryPlace, says: unknown, { linkOf, open }: RowView): TemplateResult =>
  html`<a href=${linkOf(of)} id=${`c-${of.draw}-${of.unit}`} @click=${(event: MouseEvent) => open(event, of)}>${says}</a>`;

/** `9月14日 14:00`; of a review its name. */
function placeName({ kind, day, start }: Place, { words }: Setting): string {
  const { name } = day === undefined ? { name: '' } : dayNames(day, words);
  if (start !== undefined) return `${name} ${start.slice(11)}`;
  if (kind !== 'review') return words.diary.other;
  return day === undefined ? words.diary.weekReview : `${name} ${words.diary.dayReview}`;
}

/** A snippet, its words marked; … where it is cut. */
function marked({ text, marks, isCutBefore, isCutAfter }: Snippet): unknown[] {
  let at = 0;
  const parts = marks.flatMap(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return [before, html`<mark>${text.slice(from, to)}</mark>`];
  });
  return [isCutBefore ? '…' : '', ...parts, text.slice(at), isCutAfter ? '…' : ''];
}
