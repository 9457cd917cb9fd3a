// The stages of a draw: what has happened and was checked, and what is awaited, from whom, until when.
import { html, nothing, type TemplateResult } from 'lit';
import { earliestValue } from '../../../shared/proof/lock.ts';
import { placeOf } from '../../../shared/proof/place.ts';
import type { Source } from '../../../shared/proof/records.ts';
import { isoTime, shortTime } from '../../base/dates.ts';
import { icon, type Sign } from '../../base/icons.ts';
import { clock } from '../../base/more-icons.ts';
import { nameOfSource, type Setting } from '../../base/setting.ts';
import { unbroken } from '../../base/unbroken.ts';
import type { DrawCheck } from '../../controllers/check-job.ts';
import { drawIn } from '../../locales/draw.ts';
import type { ReadDraw } from './read-draw.ts';

/** A look and its sign for steps `from` to `to` of the check, once they are reached at all. */
export function markOf(check: DrawCheck, from: number, to: number): readonly [look: string, sign: Sign] {
  if (check.state === 'notChecked') return ['', 'idle'];
  if (check.state === 'failed' && from <= check.step && check.step <= to) return ['bad', 'fail'];
  if (check.step <= to) return check.state === 'unfinished' ? ['amber', 'amber'] : ['', 'pend'];
  const isOpen = !check.pinned || (from <= 8 && 8 <= to && check.notices.includes('DRAND_UNCHECKED'));
  return isOpen ? ['amber', 'amber'] : ['ok', 'ok'];
}

/** The last step that a draw has come to. */
export const reachOf = ({ draw, file }: ReadDraw): number =>
  draw ? (file.published.length > 0 ? 10 : 9) : file.lock ? 7 : 6;

/** Name of a source with its issue. */
export function sourceName({ kind, name, issue = '' }: Source, { words }: Setting): string {
  const says = drawIn(words.lang);
  if (kind === 'stage') return says.onSite(name, issue);
  return kind === 'drand' ? says.round(name, issue) : says.sourceName(nameOfSource(name, words), issue);
}

interface Stage {
  readonly name: string;
  /** When it was; null while it is awaited. */
  readonly at: number | null;
  readonly says: readonly string[];
  readonly isDone: boolean;
  readonly steps: readonly [from: number, to: number];
}

/** The row of stages. `now` is Unix seconds. */
export function stagesView(read: ReadDraw, check: DrawCheck, setting: Setting, now: number): TemplateResult {
  const times = [read.deadline, earliestValue(read.list), read.file.reviewDue ?? 0].map((at) => timeOf(at, setting));
  return html`<ol class="stages">${stagesOf(read, check, setting, now).map(({ name, at, says, isDone, steps }) => {
    const [look, sign] = isDone ? markOf(check, ...steps) : (['wait', clock] as const);
    return html`<li class=${look}>${icon(sign, true)}<b>${name}</b>${
      at === null ? html`<span></span>` : html`<time datetime=${isoTime(at)}>${timeOf(at, setting)}</time>`
    }${says.map((each) => (each === '' ? nothing : html`<p>${unbroken(each, times)}</p>`))}</li>`;
  })}</ol>`;
}

/** Day and minute, in the organisation's zone. */
export const timeOf = (at: number, { offset, words }: Setting): string => shortTime(at, offset, words);

function stagesOf(read: ReadDraw, check: DrawCheck, setting: Setting, now: number): readonly Stage[] {
  const { rule, list, draw, voided, file, nonces } = read;
  const { words } = setting;
  const says = drawIn(words.lang);
  const listed = list.list.length;
  const resting = list.list.filter(({ unit }) => placeOf(unit, list, []) === 'r').length;
  const before = earliestValue(list);
  const time = (at: number): string => timeOf(at, setting);
  const outside = list.sources.filter(({ kind }) => kind !== 'nonces');
  const withNonces = outside.length < list.sources.length;
  const missing = list.list.filter(({ unit }) => !nonces.includes(unit)).map(({ unit }) => setting.unit(unit));
  const [acks, all] = [check.acks ?? file.proof.lock?.acks.length ?? 0, rule.roll.length];
  const latest = read.ackTimes.length > 0 ? Math.max(...read.ackTimes) : null;
  const isLocked = file.lock !== null;
  const isOut = draw !== null;
  const stages: Stage[] = [
    {
      name: says.stage.list,
      at: list.iat,
      says: [says.sealed(listed, resting, list.absent.length), says.deadline(time(read.deadline))],
      isDone: true,
      steps: [0, 6],
    },
  ];
  if (withNonces)
    stages.push({
      name: says.stage.nonces,
      at: read.noncesAt,
      says: [
        says.nonces(nonces.length, listed),
        missing.length > 0 && !voided ? says.noncesFrom(words.listed(missing)) : '',
        isLocked || voided ? '' : says.waitLock(time(before)),
      ],
      isDone: isLocked,
      steps: [7, 8],
    });
  const isAttested = isOut || (isLocked && acks >= rule.min_acks);
  stages.push({
    name: says.stage.lock,
    at: isAttested ? latest : null,
    says: [
      isAttested
        ? says.acks(acks, all, rule.min_acks)
        : isLocked
          ? says.waitAcks(acks, all, rule.min_acks, time(before))
          : withNonces || voided
            ? ''
            : says.waitLock(time(before)),
    ],
    isDone: isAttested,
    steps: [7, 7],
  });
  if (voided) {
    stages.push({ name: says.stage.void, at: voided.iat, says: [voided.void], isDone: true, steps: [6, 6] });
    return stages;
  }
  for (const source of outside) {
    const at = source.not_before ?? before;
    stages.push({
      name: says.stage.value[source.kind] ?? '',
      at: isOut ? at : null,
      says: [sourceName(source, setting), isOut ? '' : now < at ? says.waitValue(time(at)) : says.valueOut(time(at))],
      isDone: isOut,
      steps: [8, 8],
    });
  }
  stages.push(
    {
      name: says.stage.drawn,
      at: draw?.iat ?? null,
      says: [draw ? says.seats(draw.drawn.length) : says.waitDraw],
      isDone: isOut,
      steps: [9, 9],
    },
    {
      name: says.stage.published,
      at: file.publishedAt,
      says: [
        !draw
          ? says.toDraw
          : file.publishedAt !== null
            ? says.shown(file.published.length)
            : file.reviewDue == null
              ? says.waitShow
              : says.reviewed(time(file.reviewDue)),
      ],
      isDone: file.publishedAt !== null,
      steps: [10, 10],
    },
  );
  return stages;
}
