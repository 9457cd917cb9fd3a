// The lot run again before the reader's eyes: each pick in three frames, the number, its division, the unit.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublicIndex } from '../../../shared/api/published.ts';
import { hex } from '../../../shared/base/bytes.ts';
import type { SelectionStep } from '../../../shared/proof/draw.ts';
import type { Draw, Source } from '../../../shared/proof/records.ts';
import { two } from '../../../shared/time/civil.ts';
import { weekNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import { unbroken } from '../../base/unbroken.ts';
import type { DrawCheck } from '../../controllers/check-job.ts';
import { drawIn } from '../../locales/draw.ts';
import type { ReadDraw } from './read-draw.ts';
import { markOf, sourceName, timeOf } from './stages.ts';

const framesOfPick = 3;

/** How many frames a replay has. */
export const framesOf = ({ steps }: ReadDraw): number => (steps?.length ?? 0) * framesOfPick;

export interface ReplayView {
  readonly read: ReadDraw;
  readonly index: PublicIndex;
  readonly setting: Setting;
  readonly check: DrawCheck;
  /** Frames that are shown, 0 to `framesOf`. */
  readonly frame: number;
  /** The unit that the page asks to be pointed out. */
  readonly unit: string | null;
}

/** Which numbers: the outside values, and where to compare them. */
export function valuesView({ read, setting }: ReplayView): TemplateResult {
  const says = drawIn(setting.words.lang).replay;
  const { list, draw } = read;
  const given = [...(draw?.values ?? [])];
  return html`<div class="group"><h4>${says.value}</h4>${list.sources.map((source) => {
    if (source.kind === 'nonces') return html`<p class="meta">${says.noncesToo(draw?.nonces.length ?? 0)}</p>`;
    const value = given.shift();
    const at = timeOf(source.not_before ?? 0, setting);
    return html`<p class="label">${unbroken(says.out(sourceName(source, setting), at), [at])}</p>${
      value ? balls(value, setting) : nothing
    }${compare(source, setting)}`;
  })}</div>`;
}

function balls({ name, value }: Draw['values'][number], { words }: Setting): TemplateResult {
  const says = drawIn(words.lang).replay;
  if (typeof value === 'string') return html`<p class="word">${value}</p>`;
  const numbers = value.map(two);
  // Seven numbers of 双色球 are six red ones and the blue one, in the order of the notice.
  const isSsq = name === 'ssq' && numbers.length === 7;
  const red = isSsq ? numbers.slice(0, 6).sort() : numbers;
  return html`<ol class="balls">${red.map((n, at) => html`<li>${isSsq && at === 0 ? says.red : nothing}<b>${n}</b></li>`)}${
    isSsq ? html`<li class="blue">${says.blue}<b>${numbers[6]}</b></li>` : nothing
  }</ol>`;
}

function compare(source: Source, setting: Setting) {
  const says = drawIn(setting.words.lang).replay;
  if (source.kind === 'drand') return nothing;
  const host = source.kind === 'lottery' ? officialHosts[source.name] : undefined;
  const [before, after] = says.compare(sourceName(source, setting), host && says.site[source.name]);
  const link = host && html`<a href=${`https://${host}/`} target="_blank" rel="noopener">${host}</a>`;
  const text = source.kind === 'stage' ? says.onSite : html`${before}${link}${after}`;
  return html`<p class="plain" part="notice">${icon('search', true)}<span>${text}</span></p>`;
}

/** Where the numbers of a lottery are published, by the name of the source. */
const officialHosts: Readonly<Record<string, string>> = { ssq: 'www.cwl.gov.cn', dlt: 'www.lottery.gov.cn' };

/** How the lots are numbered and what resting means; the list by strata, and under each its picks as far as they are shown. */
export function groupsView(view: ReplayView): readonly TemplateResult[] {
  const { read, setting, index, frame } = view;
  const says = drawIn(setting.words.lang).replay;
  const steps = read.steps ?? [];
  const order = steps.length > 0 ? says.order : '';
  const rests = read.rule.window > 0 ? says.rests(read.rule.window) : '';
  const groups = read.rule.strata.map(({ id, seats }) => {
    const roll = read.rule.roll.filter(({ stratum }) => stratum === id).map(({ unit }) => unit);
    const picks = steps.flatMap((step, n) => (step.stratum === id ? [{ step, n }] : []));
    const [first, last] = [picks[0], picks.at(-1)];
    const kinds = [...new Set(roll.map((unit) => index.units.find((one) => one.id === unit)?.kind ?? ''))];
    const isAll = read.rule.strata.length === 1;
    const name = isAll ? says.all : setting.words.listed(kinds.map((kind) => says.kind[kind] ?? kind));
    const lots = first && last ? says.lots(first.n + 1, last.n + 1) : read.draw ? says.noLot : '';
    const isShort = read.steps !== null && picks.length < seats;
    return html`<div class="group"><h4>${lots === '' ? says.title(name, seats) : says.group(lots, name, seats)}</h4>${pool(roll, picks, view)}${
      picks.length === 0
        ? nothing
        : html`<div class="sums">${picks.map(({ step, n }, at) => sum(step, n, at, frame, setting))}</div>`
    }${isShort ? html`<p class="meta">${says.short}</p>` : nothing}</div>`;
  });
  return [html`<p class="meta after">${order}${rests}</p>`, ...groups];
}

interface Placed {
  readonly step: SelectionStep;
  /** Number of the pick over all strata, from 0. */
  readonly n: number;
}

const isShown = (n: number, part: number, frame: number): boolean => frame > n * framesOfPick + part;

function pool(roll: readonly string[], picks: readonly Placed[], { read, setting, frame, unit: mine }: ReplayView) {
  const { words } = setting;
  const says = drawIn(words.lang).replay;
  const current = picks.find(({ n }) => !isShown(n, 2, frame)) ?? picks.at(-1);
  const won = new Set(picks.filter(({ n }) => isShown(n, 2, frame)).map(({ step }) => step.taken));
  const recorded = new Set(read.steps ? [] : read.draw?.drawn.map(({ unit }) => unit));
  const chip = (unit: string): readonly [look: string, says: string] => {
    const lot = current?.step.left.indexOf(unit) ?? -1;
    if (won.has(unit) || recorded.has(unit)) return ['won', lot >= 0 ? says.wonAs(says.lot(lot)) : says.won];
    if (lot >= 0) return ['', says.lot(lot)];
    const absent = read.list.absent.find((row) => row.unit === unit);
    if (absent) return ['gone', says.absent(says.why[absent.why] ?? absent.why)];
    const rest = read.list.rest.find((row) => row.unit === unit);
    return rest ? ['out', says.rest(Number(rest.last.slice(6)))] : ['', says.inPool];
  };
  return html`<ul class="pool">${[...roll].sort().map((unit) => {
    const [look, word] = chip(unit);
    return html`<li class=${unit === mine ? `${look} mine` : look}><span>${setting.unit(unit)}</span><small>${word}</small></li>`;
  })}</ul>`;
}

function sum(step: SelectionStep, n: number, at: number, frame: number, setting: Setting): TemplateResult {
  const [made, divided, who] = sentences(step, at, setting);
  const yet = (part: number): string => (isShown(n, part, frame) ? '' : 'yet');
  const number = hex(step.number);
  const isOn = isShown(n, 0, frame) && !isShown(n + 1, 0, frame);
  return html`<div class=${isOn ? 'sum on' : 'sum'}><p class=${yet(0)}>${made}</p><p class=${`code ${yet(0)}`}>${number.slice(0, 8)}…${number.slice(-8)}</p><p class=${yet(1)}>${divided}</p><p class=${`eq ${yet(2)}`}>${who}</p></div>`;
}

/** What is said of a pick, the `at`th of its stratum from 0, in three sentences. */
function sentences({ left, at: lot, taken, last }: SelectionStep, at: number, { unit, words }: Setting) {
  const says = drawIn(words.lang).replay;
  const resting = last === undefined ? '' : says.resting(weekNames(last, words).name);
  return [says.made(at), resting + says.divided(left.length), says.remainder(lot, unit(taken))] as const;
}

/** The sentence of the newest frame, for those who hear it; at the end the result. */
export function spoken(view: ReplayView): string {
  const { read, frame, setting } = view;
  const says = drawIn(setting.words.lang).replay;
  if (frame === 0) return says.at(0, read.steps?.length ?? 0);
  if (frame >= framesOf(read)) return read.isSame ? says.same : says.differs;
  const n = Math.floor((frame - 1) / framesOfPick);
  const step = read.steps?.[n];
  const at = read.steps?.filter((one, m) => m < n && one.stratum === step?.stratum).length ?? 0;
  return step ? (sentences(step, at, setting)[(frame - 1) % framesOfPick] ?? '') : '';
}

/** Which pick a frame belongs to, from 1; 0 before the first. */
export const pickOf = (frame: number): number => Math.ceil(frame / framesOfPick);

/** The result beside the record, in words. */
export function outcomeView({ read, check, setting, frame }: ReplayView): TemplateResult {
  const { words, unit } = setting;
  const says = drawIn(words.lang).replay;
  const recorded = words.listed(read.draw?.drawn.map((row) => unit(row.unit)) ?? []);
  if (read.steps === null)
    return html`<p class="msg outcome">${icon('idle')}<span>${says.cannot}${recorded}</span></p>`;
  const here = words.listed(read.steps.map(({ taken }) => unit(taken)));
  const [look, sign] = read.isSame ? markOf(check, 9, 9) : (['fail', 'fail'] as const);
  const yet = frame < framesOf(read) ? ' yet' : '';
  return html`<p class=${`msg outcome ${look === 'bad' ? 'fail' : look}${yet}`}>${icon(sign)}<span><b>${read.isSame ? says.same : says.differs}</b>${says.here(here)}${says.record(recorded)}</span></p>`;
}

/** The same as a table, and where the numbers come from. */
export function twinView({ read, setting }: ReplayView) {
  const { steps } = read;
  if (!steps || steps.length === 0) return nothing;
  const says = drawIn(setting.words.lang).replay;
  const strata = read.rule.strata.map(({ id }) => id);
  const keys = [...new Set(steps.map(({ key }) => key))];
  const [lot, group, number, by, rest, drawn] = says.columns;
  return html`<details class="fold"><summary>${says.table}</summary><div class="wide" tabindex="0" role="region" aria-label=${says.table}><table><thead><tr><th>${lot}</th><th class="n">${group}</th><th>${number}</th><th class="n">${by}</th><th class="n">${rest}</th><th>${drawn}</th></tr></thead><tbody>${steps.map(
    ({ stratum, number: bytes, left, at, taken }, n) =>
      html`<tr><td class="num">${n + 1}</td><td class="n">${strata.indexOf(stratum) + 1}</td><td class="code">${hex(bytes)}</td><td class="n">${left.length}</td><td class="n">${at}</td><td>${setting.unit(taken)}</td></tr>`,
  )}</tbody></table></div></details><details class="fold from"><summary>${says.from}</summary><p class="meta">${says.fromHow}</p>${keys.map((key) => html`<p class="code">${key}</p>`)}</details>`;
}
