/** Opening, reading and comparing a file: what is under way, ready, or failed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Proposal, proposalsOf } from '../../../shared/diary/calendar/proposals.ts';
import { readIcs } from '../../../shared/diary/calendar/read-ics.ts';
import { readTable } from '../../../shared/diary/calendar/read-table.ts';
import type { FileReading, Progress } from '../../../shared/diary/calendar/reading.ts';
import { civilOf, dayOf, type ZoneOffset, zoneOffset } from '../../../shared/time/civil.ts';
import { compareWeeks, type Week, weekAfter } from '../../../shared/time/week.ts';
import { here } from '../../device/context.ts';
import { knownOf } from '../../store/import-facts.ts';
import type { Journal } from '../use-journal.ts';
import { drive } from './drive.ts';
import { type Opened, type OpenProblem, openFile, type Weeks } from './open-file.ts';

export interface Read {
  readonly opened: Opened;
  readonly reading: FileReading;
  readonly proposals: readonly Proposal[];
}

export type ImportState =
  | { readonly state: 'empty'; readonly stopped: boolean }
  | { readonly state: 'reading'; readonly name: string; readonly progress: Progress | null }
  | { readonly state: 'ready'; readonly read: Read }
  | { readonly state: 'failed'; readonly problem: OpenProblem };

export interface Import {
  readonly now: ImportState;
  readonly open: (name: string, bytes: Uint8Array) => void;
  /** Reads the same file under other weeks, or cut in another way; what stands there stays until that takes a while. */
  readonly again: (opened: Opened) => void;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** One file at a time; opening another stops the one before. */
export function useImport({ zone, table, threads }: Pick<Journal, 'zone' | 'table' | 'threads'>): Import {
  const [now, setNow] = useState<ImportState>({ state: 'empty', stopped: false });
  const running = useRef(new AbortController());
  const offset = zoneOffset(zone) ?? utc;
  useEffect(() => () => running.current.abort(), []);
  const run = useCallback(
    async (opened: Opened) => {
      running.current.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      const reading = await drive(readerOf(opened, { offset, table, threads }), signal, (progress) =>
        setNow({ state: 'reading', name: opened.name, progress }),
      );
      if (reading === null || signal.aborted) return;
      const { known, ids } = await knownOf(here.database, reading);
      const proposals = await proposalsOf(reading, known, ids);
      if (!signal.aborted) setNow({ state: 'ready', read: { opened, reading, proposals } });
    },
    [offset, table, threads],
  );
  const open = (name: string, bytes: Uint8Array) => {
    const today = dayOf(civilOf(here.now() / 1000, offset));
    const opened = openFile(name, bytes, today);
    if (!opened.ok) return setNow({ state: 'failed', problem: opened.problem });
    setNow({ state: 'reading', name, progress: null });
    void run(opened.value);
  };
  const leave = (stopped: boolean) => {
    running.current.abort();
    setNow({ state: 'empty', stopped });
  };
  return { now, open, again: (opened) => void run(opened), stop: () => leave(true), clear: () => leave(false) };
}

interface Facts {
  readonly offset: ZoneOffset;
  readonly table: Journal['table'];
  readonly threads: Journal['threads'];
}

function readerOf(opened: Opened, { offset, table, threads }: Facts): Generator<Progress, FileReading> {
  switch (opened.kind) {
    case 'calendar':
      return readIcs(opened.bytes, { weeks: weeksIn(opened.weeks), zone: offset });
    case 'table': {
      const { rows, columns, order } = opened.cut;
      const now = civilOf(here.now() / 1000, offset);
      const request = { weeks: null, zone: offset, now, order: order ?? 'dayFirst', categories: table, threads };
      return readTable(opened.table, rows, columns, request);
    }
    case 'journal':
      return atOnce(opened.reading);
  }
}

// biome-ignore lint/correctness/useYield: what was read on opening has no steps left
function* atOnce(reading: FileReading): Generator<Progress, FileReading> {
  return reading;
}

/** The weeks from one to another, in order; the one alone where they are the wrong way round. */
function weeksIn({ from, to }: Weeks): readonly Week[] {
  const weeks = [from];
  for (let week = weekAfter(from); compareWeeks(week, to) <= 0; week = weekAfter(week)) weeks.push(week);
  return weeks;
}

const utc: ZoneOffset = () => 0;
