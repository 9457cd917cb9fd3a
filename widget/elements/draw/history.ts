// How often each unit was in the pool, drawn, resting, absent: small multiples in the order of the roll, and the same as tables.
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { DrawHistory, PublicIndex } from '../../../shared/api/published.ts';
import { type Place, placeOf } from '../../../shared/proof/place.ts';
import { drawNames, weekNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import { drawIn } from '../../locales/draw.ts';
import type { ReadDraw } from './read-draw.ts';

export interface HistoryView {
  readonly history: DrawHistory;
  readonly units: PublicIndex['units'];
  readonly read: ReadDraw;
  readonly setting: Setting;
  readonly unit: string | null;
  /** Shows another draw. */
  readonly open: (draw: string) => void;
}

const cell = 16;
const height = 18;
type Mark = Exclude<Place, '-'>;
/** Shapes differ by height and filling, so that no colour is needed. */
const shapes: Readonly<Record<Mark, string>> = {
  d: ' 1h12v16h-12z',
  p: ' 11h12v6h-12z',
  r: ' 11.5h11v5h-11z',
  a: ' 11.5l6 5m0 -5l-6 5',
};
const marks: readonly Mark[] = ['d', 'p', 'r', 'a'];

function strip(letters: readonly string[], here: number, label: string | null): TemplateResult {
  const width = letters.length * cell;
  const path = (mark: Mark): string =>
    letters
      .map((letter, n) => (letter === mark ? `M${n * cell + (mark === 'a' ? 5 : 2)}${shapes[mark]}` : ''))
      .join('');
  return html`<svg class="marks" role=${label === null ? nothing : 'img'} aria-label=${label ?? nothing} aria-hidden=${label === null} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none">${
    here < 0 ? nothing : svg`<rect class="here" x=${here * cell} width=${cell} height=${height}></rect>`
  }${marks.map((mark) => svg`<path class=${mark} d=${path(mark)} vector-effect="non-scaling-stroke"></path>`)}</svg>`;
}

/** The section; nothing where there is no list that counts. */
export function historyView({ history, units, read, setting, unit: mine, open }: HistoryView) {
  const { words } = setting;
  const says = drawIn(words.lang).history;
  const counted = history.draws.filter(({ stage }) => stage !== 'void');
  const [first, last] = [counted[0], counted.at(-1)];
  if (!first || !last) return nothing;
  const here = counted.findIndex(({ draw }) => draw === read.file.draw);
  // A list in the organisation's order is known to its readers; a unit that has left it comes last.
  const order = new Map(units.map(({ id }, n) => [id, n]));
  const place = (unit: string): number => order.get(unit) ?? units.length;
  const rows = history.units.map((unit, n) => {
    const letters = counted.map(({ marks: all }) => all[n] ?? '-');
    const count = (mark: string): number => letters.filter((letter) => mark.includes(letter)).length;
    return { unit, letters, drawn: count('d'), pool: count('pd'), rest: count('r'), absent: count('a') };
  });
  rows.sort((a, b) => place(a.unit) - place(b.unit));
  const shown = history.draws.find(({ draw }) => draw === read.file.draw);
  const [unitName, pool, drawn, rest, absent] = says.columns;
  const week = (draw: string): string => nameOf(draw, setting);
  return html`<section class="history"><h3 class="sec">${says.heading}<small>${says.span(week(first.draw), week(last.draw), counted.length)}</small></h3>${
    shown && shown.marks !== marksOf(history.units, read)
      ? html`<p class="msg fail">${icon('warn')}<span>${says.differs}</span></p>`
      : nothing
  }<ul class="legend">${marks.map((mark, n) => html`<li>${strip([mark], -1, null)}${says.legend[n]}</li>`)}</ul>
<ol class="multi">${rows.map(({ unit, letters, ...n }) => {
    const counts = says.counts(n.drawn, n.pool, n.rest, n.absent);
    return html`<li><span class=${unit === mine ? 'mine' : ''}>${setting.unit(unit)}</span><span class="meta num">${counts}</span>${strip(letters, here, says.strip(setting.unit(unit), counts))}</li>`;
  })}</ol>
<p class="meta after">${says.how}</p>
<details class="fold"><summary>${drawIn(words.lang).replay.table}</summary><table><thead><tr><th>${unitName}</th><th class="n">${pool}</th><th class="n">${drawn}</th><th class="n">${rest}</th><th class="n">${absent}</th></tr></thead><tbody>${rows.map(
    ({ unit, ...n }) =>
      html`<tr><td>${setting.unit(unit)}</td><td class="n">${n.pool}</td><td class="n">${n.drawn}</td><td class="n">${n.rest}</td><td class="n">${n.absent}</td></tr>`,
  )}</tbody></table></details>
<details class="fold"><summary>${says.draws}</summary><table><thead><tr>${says.drawColumns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${[
    ...history.draws,
  ]
    .reverse()
    .map(
      ({ draw, stage, marks: all }) =>
        html`<tr><td>${
          draw === read.file.draw
            ? `${week(draw)} · ${says.now}`
            : html`<button class="link" @click=${() => open(draw)}>${says.open(week(draw))}</button>`
        }</td><td class="tight">${says.state[stage] ?? stage}</td><td>${words.listed(history.units.filter((_, n) => all[n] === 'd').map(setting.unit))}</td></tr>`,
    )}</tbody></table></details></section>`;
}

/** The week of a draw, and which attempt it was. */
function nameOf(draw: string, { words }: Setting): string {
  const { week, run } = drawNames(draw);
  const { name } = weekNames(week, words);
  return run > 1 ? words.diary.drawnIn(name, run) : name;
}

/** The letters of this draw by its own list. */
const marksOf = (units: readonly string[], { list, draw }: ReadDraw): string =>
  units.map((unit) => placeOf(unit, list, draw?.drawn ?? [])).join('');
