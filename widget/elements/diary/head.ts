// The head of a diary: what it is called, whose it is, and when it was signed, drawn and published.
import { html, nothing, type TemplateResult } from 'lit';
import type { ImportedFrom } from '../../../shared/api/published.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { drawNames, fullTime, weekNames } from '../../base/dates.ts';
import { kicker } from '../../base/kicker.ts';
import type { Setting } from '../../base/setting.ts';
import type { Check } from '../../controllers/check-job.ts';
import { heldBox } from './items.ts';
import type { Diary } from './load-diary.ts';

/** Title, author and times of a diary. `draws`: address of the page on which its draw is shown, null for none. */
export function headOf(
  diary: Diary,
  items: readonly ShownItem[],
  setting: Setting,
  check: Check,
  draws: string | null,
): TemplateResult {
  const { words } = setting;
  const { read } = diary;
  const title = items.find(({ kind }) => kind === 'title');
  const week = weekNames(read.week, words);
  const unit = setting.unit(read.author);
  const post = setting.post(read.author, read.week);
  return html`<header>${kicker(setting, html`<span class="nb">${week.name}</span><span class="nb num">${week.days}</span>`)}
<h2 class="title" part="title" tabindex="-1" lang=${title?.item ? 'zh-CN' : words.lang}>${title?.item?.text ?? (title?.withheld ? words.diary.titleHeld : words.feed.untitled(unit, week.name))}</h2>${title?.withheld ? heldBox(title, { setting, author: read.author, drawIndex: read.drawIndex }) : nothing}
<p class="byline">${unit}${post === null ? nothing : html`${words.sep} <span lang="zh-CN">${post}</span>`}</p>
${read.imported === null ? timesOf(diary, setting, check, draws) : sourceOf(read.imported, setting)}</header>`;
}

function timesOf(
  { draw: id, read, publishedAt }: Diary,
  setting: Setting,
  check: Check,
  draws: string | null,
): TemplateResult {
  const { words } = setting;
  const draw = drawNames(id);
  const drawName = words.diary.drawnIn(weekNames(draw.week, words).name, draw.run);
  const time = (at: number): string => fullTime(at, setting.offset, words);
  const proven = check.state === 'passed' ? check.diary : null;
  const isOpen = check.state === 'running';
  const latest = read.acks.length > 0 ? Math.max(...read.acks) : null;
  const notLater = proven ? proven.notLaterThan : latest;
  const acks = proven ? proven.acks.length : read.acks.length;
  const said = (at: number): string =>
    proven || isOpen ? time(at) + words.diary.witnessed(acks) : words.diary.unproven;
  const drawn = draws === null ? drawName : html`<a href=${`${draws}#sundial/${id}`}>${drawName}</a>`;
  return html`<dl class="times">${read.sealedAt === null ? nothing : row(words.diary.signed, time(read.sealedAt))}${
    notLater === null ? nothing : row(words.diary.notLater, said(notLater), isOpen ? 'pending' : '')
  }${row(words.diary.drawn, [drawn, read.drawnAt === null ? '' : ` · ${time(read.drawnAt)}`])}${
    publishedAt === null ? nothing : row(words.diary.published, time(publishedAt))
  }</dl>`;
}

const row = (name: string, says: unknown, look = ''): TemplateResult =>
  html`<div><dt>${name}</dt><dd class=${look}>${says}</dd></div>`;

/** Where a diary was brought in from. */
function sourceOf({ name, address, licence, at }: ImportedFrom, { words, offset }: Setting): TemplateResult {
  const { lang, diary } = words;
  const source = name[lang.startsWith('zh') ? 'zh' : 'en'];
  const isLink = address !== null && /^https?:\/\//.test(address);
  return html`<dl class="times">${row(diary.source, isLink ? html`<a href=${address}>${source}</a>` : source)}${
    licence === null ? nothing : row(diary.licence, licence)
  }${row(diary.importedAt, fullTime(at, offset, words))}</dl>`;
}
