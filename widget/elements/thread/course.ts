// The entries of a thread on one line, with years and months as headings; texts exactly as signed.
import { html, nothing, type TemplateResult } from 'lit';
import type { ThreadEntry } from '../../../shared/api/public-lists.ts';
import { dayNames, spanNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import { listsIn } from '../../locales/lists.ts';

/** The line of `rows` in their order; `source` names the diary of an entry. */
export function courseOf(
  rows: readonly ThreadEntry[],
  setting: Setting,
  source: (entry: ThreadEntry) => TemplateResult,
): TemplateResult {
  const says = listsIn(setting.words.lang).thread;
  const years = runsOf(rows, 0, 4);
  return html`<div class="line">${years.map(
    ([year, of]) =>
      html`<h4 class="year">${says.year(year)}</h4>${runsOf(of, 5, 7).map(
        ([month, entries]) =>
          html`<h5>${says.month(Number(month))}<span class="vh"> ${says.year(year)}</span></h5><ol>${entries.map((entry) => entryOf(entry, setting, source(entry)))}</ol>`,
      )}`,
  )}</div>`;
}

/** Neighbours that share a part of their start, under that part. */
function runsOf(rows: readonly ThreadEntry[], from: number, to: number): readonly (readonly [string, ThreadEntry[]])[] {
  const runs: (readonly [string, ThreadEntry[]])[] = [];
  for (const row of rows) {
    const name = row.start.slice(from, to);
    const last = runs.at(-1);
    if (last?.[0] === name) last[1].push(row);
    else runs.push([name, [row]]);
  }
  return runs;
}

function entryOf(entry: ThreadEntry, setting: Setting, source: TemplateResult): TemplateResult {
  const { words } = setting;
  const { day, start, end, category, mode, text, place, result } = entry;
  const { name, weekday } = dayNames(day, words);
  const span = spanNames(start, end ?? start, words);
  const { word, mark, mode: counted } = setting.category(category, mode);
  const more = (['thinking', 'next'] as const).filter((one) => entry[one] !== undefined);
  return html`<li class=${result === undefined ? 'entry' : 'entry got'} part="entry" tabindex="-1"><p class="when"><time datetime=${start}><b>${name}</b> ${weekday} ${span.text}${span.raised === '' ? nothing : html`<sup>${span.raised}</sup>`}</time>${
    category === undefined && mode === undefined
      ? nothing
      : html`<span class="cat"><span class=${`mark m-${counted ?? 'none'}`} aria-hidden="true">${mark}</span>${category === undefined && counted !== null ? words.domain.mode[counted] : word}</span>`
  }${source}</p><p class="text" part="text" lang="zh-CN">${text}</p>${
    result === undefined
      ? nothing
      : html`<p class="outcome"><b>${words.diary.result}</b><span class="said" lang="zh-CN">${result}</span></p>`
  }${more.map((one) => html`<p class=${`more ${one}`}><b>${words.diary[one]}</b><span class="said" lang="zh-CN">${entry[one]}</span></p>`)}${
    place === undefined
      ? nothing
      : html`<p class="chips"><span><span class="vh">${words.diary.place} </span>${icon('place', true)}<span lang="zh-CN">${place}</span></span></p>`
  }</li>`;
}
