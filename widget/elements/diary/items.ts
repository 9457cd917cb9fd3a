// One item as it is read: time, mark and category beside the words, exactly as signed (look.md 7 "Entry", "Withheld").
import { html, nothing, type TemplateResult } from 'lit';
import { marksOf } from '../../../shared/diary/hours.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { parseMinute } from '../../../shared/time/civil.ts';
import { shortTime, spanNames, weekNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import type { Numbered } from './sections.ts';

/** What items need of the diary around them. */
export interface ItemView {
  readonly setting: Setting;
  readonly tree: string;
  /** Author of the seal: a hold signed by the same is the leader's own. */
  readonly author: string;
  readonly drawIndex: number;
}

/** The left column of an entry. */
export function whenOf(item: ShownItem, { setting }: ItemView): TemplateResult {
  const { words } = setting;
  const { day, start, end, category, mode, lateFor, corrects, withheld } = item;
  if (day === undefined || start === undefined || end === undefined)
    return html`<div class="when"><span>${item.kind === 'entry' ? words.diary.untimed : words.diary.unknownKind(item.kind)}</span></div>`;
  const span = spanNames(start, end, words);
  const minutes = (parseMinute(end) ?? 0) - (parseMinute(start) ?? 0);
  const { word, mark, mode: counted } = setting.category(category, mode);
  const look = withheld ? 'held' : (counted ?? 'none');
  const marks = marksOf({ day, start, end });
  return html`<div class="when"><time datetime=${start}>${span.text}${span.raised === '' ? nothing : html`<sup>${span.raised}</sup>`}</time>${
    category === undefined && mode === undefined && !withheld
      ? nothing
      : html`<span class="cat"><span class=${`mark m-${look}`} aria-hidden="true">${withheld ? words.diary.heldMark : mark}</span>${category === undefined ? (counted === null ? words.diary.unmarked : words.domain.mode[counted]) : word}</span>`
  }<span class="num">${minutes > 0 ? words.time.duration(minutes) : words.diary.point}</span>${(
    ['early', 'late'] as const
  ).map((one) =>
    marks.includes(one) ? html`<span>${words.diary[one]}</span>` : nothing,
  )}${lateFor === undefined ? nothing : html`<span class="tag">${words.diary.lateFor(weekNames(lateFor, words).name)}</span>`}${
    corrects === undefined ? nothing : html`<span class="tag">${words.diary.corrects(corrects.item + 1)}</span>`
  }</div>`;
}

/** The words of an item, or why they are not here. */
export function wordsOf(item: Numbered, view: ItemView): TemplateResult {
  const { words } = view.setting;
  if (item.item === undefined)
    return item.withheld
      ? heldBox(item, view)
      : html`<p class="msg fail">${icon('warn')}<span>${words.diary.missing}</span></p>`;
  const { text, detail, thinking, result, next, place, threads, images } = item.item;
  const more = [
    ['thinking', thinking],
    ['result', result],
    ['next', next],
    ['detail', detail],
  ] as const;
  return html`<p class="text" part="text" lang="zh-CN">${text}</p>${
    more.every(([, said]) => said === undefined)
      ? nothing
      : html`<dl class="more">${more.map(([name, said]) => (said === undefined ? nothing : html`<dt>${words.diary[name]}</dt><dd class=${name} lang="zh-CN">${said}</dd>`))}</dl>`
  }${images?.map((image) => html`<sundial-picture .setting=${view.setting} .tree=${view.tree} .image=${image}></sundial-picture>`)}${
    place === undefined && !threads?.length
      ? nothing
      : html`<div class="chips">${place === undefined ? nothing : html`<span><span class="vh">${words.diary.place} </span>${icon('place', true)}<span lang="zh-CN">${place}</span></span>`}${threads?.map(
          ({ name }) =>
            html`<span><span class="vh">${words.diary.threads} </span>${icon('thread', true)}<span lang="zh-CN">${name}</span></span>`,
        )}</div>`
  }`;
}

/** Withheld: what, on which ground, by whom and when. */
export function heldBox({ withheld, record }: ShownItem, { setting, author, drawIndex }: ItemView): TemplateResult {
  const { words, offset } = setting;
  const by = record
    ? words.diary.heldLater(
        record.iss === author ? words.diary.leader : words.diary.reviewer,
        shortTime(record.iat, offset, words),
        record.index > drawIndex,
      )
    : words.diary.heldSealed;
  return html`<div class="held" part="withheld"><b>${words.diary.held(withheld ? words.domain.ground[withheld.ground] : '')}</b><p>${words.diary.basis(withheld?.basis ?? '')}</p><p>${by}</p></div>`;
}
