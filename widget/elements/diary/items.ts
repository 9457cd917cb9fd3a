// One item as it is read: time, mark and category beside the words, exactly as signed (look.md 7 "Entry", "Withheld").
import { html, nothing, type TemplateResult } from 'lit';
import type { Explained, Stretch } from '../../../shared/diary/glossary.ts';
import { marksOf, spanOf } from '../../../shared/diary/hours.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import type { ZoneOffset } from '../../../shared/time/civil.ts';
import { lengthOf } from '../../../shared/time/interval.ts';
import { shortTime, spanNames, weekNames } from '../../base/dates.ts';
import { icon, type Sign } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import { unbroken } from '../../base/unbroken.ts';
import type { Numbered } from './sections.ts';
import { type Around, relatedTag, relatedTags, threadArrows } from './ways.ts';

/** What items need of the diary around them. */
export interface ItemView {
  readonly setting: Setting;
  /** The zone of the diary: in a night in which the clock changes, an entry is as long as what passed. */
  readonly offset: ZoneOffset;
  readonly tree: string;
  /** Author of the seal: a hold signed by the same is the leader's own. */
  readonly author: string;
  readonly drawIndex: number;
  /** What stands for a time that is not there. */
  readonly untimed: string;
  readonly around: Around;
  /** The texts cut where a word is explained, by item. */
  readonly cut: ReadonlyMap<number, readonly Stretch[]>;
  /** The term whose explanation is open, and the item it stands in. */
  readonly asked: { readonly item: number; readonly term: Explained } | null;
  readonly explain: (item: number, term: Explained) => void;
  /** Address of the page that has `sundial-thread`, null where none is known. */
  readonly threads: string | null;
  /** Link that is the address of an item here. */
  readonly addressOf: (item: Numbered) => TemplateResult;
}

type HeldView = Pick<ItemView, 'setting' | 'author' | 'drawIndex'>;

/** The left column of an entry. */
export function whenOf(item: Numbered, view: ItemView): TemplateResult {
  const { setting, around } = view;
  const { words } = setting;
  const related = around.beside?.related?.filter((one) => one.item === item.index) ?? [];
  const target = (as: 'corrects' | 'lateFor') => related.find((one) => one.as === as)?.at;
  const tag = (says: string, as: 'corrects' | 'lateFor') => {
    const at = target(as);
    return at ? relatedTag(says, at, around) : html`<span class="tag">${says}</span>`;
  };
  const { day, start, end, category, mode, lateFor, corrects, withheld } = item;
  const corrected = target('corrects');
  if (day === undefined || start === undefined || end === undefined)
    return html`<div class="when"><span class="at">${item.kind === 'entry' ? (start?.slice(11) ?? view.untimed) : words.diary.unknownKind(item.kind)}${view.addressOf(item)}</span></div>`;
  const span = spanNames(start, end, words);
  const minutes = lengthOf(spanOf({ start, end }, view.offset));
  const { word, mark, mode: counted } = setting.category(category, mode);
  const look = withheld ? 'held' : (counted ?? 'none');
  const marks = marksOf({ day, start, end });
  return html`<div class="when"><span class="at"><time datetime=${start}>${span.text}${span.raised === '' ? nothing : html`<sup>${span.raised}</sup>`}</time>${view.addressOf(item)}</span><span class="kind">${
    category === undefined && mode === undefined && !withheld
      ? nothing
      : html`<span class="cat"><span class=${`mark m-${look}`} aria-hidden="true">${withheld ? words.diary.heldMark : mark}</span>${category === undefined ? (counted === null ? words.diary.unmarked : words.domain.mode[counted]) : word}</span>`
  }<span class="num">${minutes > 0 ? words.time.duration(minutes) : words.diary.point}</span>${(
    ['early', 'late'] as const
  ).map((one) =>
    marks.includes(one) ? html`<span>${words.diary[one]}</span>` : nothing,
  )}</span>${lateFor === undefined ? nothing : tag(words.diary.lateFor(weekNames(lateFor, words).name), 'lateFor')}${
    corrects === undefined
      ? nothing
      : tag(corrected ? words.ways.corrects(weekNames(corrected.week, words).name) : words.diary.corrects, 'corrects')
  }${relatedTags(item.index, around, ['corrects', 'lateFor'])}</div>`;
}

/** The words of an item, or why they are not here. */
export function proseOf(item: Numbered, view: ItemView): TemplateResult {
  const { words } = view.setting;
  if (item.item === undefined)
    return item.withheld
      ? heldBox(item, view)
      : html`<p class="msg fail">${icon('warn')}<span>${words.diary.missing}</span></p>`;
  const { text, detail, thinking, result, next, place, threads, images } = item.item;
  const released = view.around.beside?.released?.find((one) => one.item === item.index);
  const more = [
    ['thinking', thinking],
    ['result', result],
    ['next', next],
    ['detail', detail],
    ['released', released && `${shortTime(released.at, view.setting.offset, words)} ${released.why}`],
  ] as const;
  return html`<p class="text" part="text" lang="zh-CN">${textOf(item.index, text, view)}</p>${noteOf(item.index, view)}${
    more.every(([, said]) => said === undefined)
      ? nothing
      : html`<dl class="more">${more.map(([name, said]) => (said === undefined ? nothing : html`<dt>${words.diary[name]}</dt><dd class=${name} lang="zh-CN">${said}</dd>`))}</dl>`
  }${images?.map((image) => html`<sundial-picture .setting=${view.setting} .tree=${view.tree} .image=${image}></sundial-picture>`)}${
    place === undefined && !threads?.length
      ? nothing
      : html`<div class="chips">${place === undefined ? nothing : chip(words.diary.place, 'place', place)}${threads?.map(
          (thread) => {
            const { id, name } = thread;
            const says =
              view.threads === null ? name : html`<a href=${`${view.threads}#sundial/thread/${id}`}>${name}</a>`;
            return chip(words.diary.threads, 'thread', says, threadArrows(thread, item.index, view.around));
          },
        )}</div>`
  }`;
}

const chip = (
  name: string,
  sign: Sign,
  says: string | TemplateResult,
  after: TemplateResult | typeof nothing = nothing,
) => html`<span><span class="vh">${name} </span>${icon(sign, true)}<span lang="zh-CN">${says}</span>${after}</span>`;

/** The signed text; a word of the term base in it can be asked. */
const textOf = (index: number, text: string, { cut, asked, explain }: ItemView) =>
  cut.get(index)?.map(({ text: part, term }) =>
    term === null
      ? part
      : html`<dfn role="button" tabindex="0" aria-expanded=${asked?.item === index && asked.term === term} @click=${() => explain(index, term)} @keydown=${(
          event: KeyboardEvent,
        ) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          explain(index, term);
        }}>${part}</dfn>`,
  ) ?? text;

/** What the term base says of the word that was asked. */
const noteOf = (index: number, { asked }: ItemView) =>
  asked?.item === index
    ? html`<p class="note label" role="note" lang="zh-CN"><b>${asked.term.words[0]}</b>${asked.term.says}</p>`
    : nothing;

/** Withheld: what, on which ground, by whom and when. */
export function heldBox({ withheld, record }: ShownItem, { setting, author, drawIndex }: HeldView): TemplateResult {
  const { words, offset } = setting;
  const at = record ? shortTime(record.iat, offset, words) : '';
  const by = record
    ? words.diary.heldLater(
        record.iss === author ? words.diary.leader : words.diary.reviewer,
        at,
        record.index > drawIndex,
      )
    : words.diary.heldSealed;
  return html`<div class="held" part="withheld"><b>${words.diary.held(withheld ? words.domain.ground[withheld.ground] : '')}</b><p>${words.diary.basis}<span lang="zh-CN">${withheld?.basis ?? ''}</span></p><p>${record ? unbroken(by, [at]) : by}</p></div>`;
}

/** What is withheld since leaves its room: nothing below it moves under the reader's eyes. */
export function keepPlaces(drawn: ParentNode, items: readonly ShownItem[]): void {
  for (const [n, { item }] of items.entries()) {
    const place = item ? null : drawn.querySelector<HTMLElement>(`#i${n}`);
    if (place) place.style.minHeight = `${place.offsetHeight}px`;
  }
}
