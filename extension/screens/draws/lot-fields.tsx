/** Which lot decides, and when it comes out: issue, day and time of an outside source. */
import * as v from 'valibot';
import type { DrawRow, Freeze } from '../../../shared/api/draws.ts';
import { civilOf, formatMinute, zoneOffset } from '../../../shared/time/civil.ts';
import { roundFrom } from '../../commands/draws.ts';
import { TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { ClockField, clockOf } from '../desk/clock-field.tsx';
import { instantAt, useDesk } from '../desk/use-desk.ts';
import { sourcesOf } from './situation.ts';

/** As it is typed. */
export const Lot = v.object({ issue: v.string(), day: v.string(), time: v.string() });
export type Lot = v.InferOutput<typeof Lot>;
export const blankLot: Lot = { issue: '', day: '', time: '' };

/** `issueError`, `timeError`: what is wrong with one of them after a try. */
export function LotFields({
  kind,
  name,
  lot,
  issueError,
  timeError,
  change,
}: Freeze['sources'][number] & {
  readonly lot: Lot;
  readonly issueError: string | null;
  readonly timeError: string | null;
  readonly change: (next: Lot) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.freeze;
  const round = kind === 'drand' ? roundOf(name, lot, desk.zone) : '';
  return (
    <div class="fields">
      {kind === 'drand' ? null : (
        <TextField
          label={text.issue(name)}
          hint={kind === 'stage' ? text.stageHint : text.issueHint}
          autocomplete="off"
          value={lot.issue}
          error={issueError}
          onInput={(event) => change({ ...lot, issue: event.currentTarget.value })}
        />
      )}
      <TextField
        label={text.date(name)}
        type="date"
        value={lot.day}
        {...(round === '' ? {} : { hint: text.round(round) })}
        error={timeError}
        onInput={(event) => change({ ...lot, day: event.currentTarget.value })}
      />
      <ClockField label={text.time(name)} value={lot.time} onType={(time) => change({ ...lot, time })} />
    </div>
  );
}

/** When a lot comes out (Unix seconds), null while day or time is missing. */
export const timeOf = ({ day, time }: Lot, zone: string): number | null => instantAt(day, clockOf(time) ?? '', zone);

/** The round of a chain that comes out at the time of a lot; empty while that is missing. */
export function roundOf(name: string, lot: Lot, zone: string): string {
  const instant = timeOf(lot, zone);
  return instant === null ? '' : roundFrom(name, instant);
}

/** Day and time as of the last draw with this source, whole weeks later: an organisation draws on the same evening. Blank before the first. */
export function lotLike(rows: readonly DrawRow[], name: string, now: number, zone: string): Lot {
  const before = rows.flatMap((row) => sourcesOf(row)).find((source) => source.name === name)?.not_before;
  const offset = zoneOffset(zone);
  if (before === undefined || offset === null) return blankLot;
  const weeks = Math.max(0, Math.floor((now - before) / 604_800) + 1);
  const [day = '', time = ''] = formatMinute(civilOf(before, offset) + weeks * 10_080).split('T');
  return { issue: '', day, time };
}
