/** Own threads after all merges, under the names that their author gives them, with their lines. */
import { useMemo } from 'preact/hooks';
import { figuresOf, standsFor, type ThreadFigures } from '../../../shared/diary/thread-line.ts';
import { here } from '../../device/context.ts';
import { correctedAmong } from '../../store/corrections.ts';
import { profileOf, type ThreadName } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { zoneOf } from '../../store/organisation-facts.ts';
import type { Reading } from '../../store/sheet-reader.ts';
import type { SheetLine } from '../../store/sheets.ts';
import { threadNamesOf } from '../../store/thread-names.ts';
import { offsetOf } from '../../store/today.ts';
import { useSheets } from '../use-sheets.ts';

export interface OwnThread {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly ended: boolean;
  readonly aliases: readonly string[];
  /** True of a thread of the organisation's: its name is not the author's to change. */
  readonly given: boolean;
  /** The threads merged into it. */
  readonly merged: readonly ThreadName[];
  /** The newest first. */
  readonly lines: readonly SheetLine[];
  readonly figures: ThreadFigures;
}

/** The threads of the entries read so far, the one with the newest entry first; `said` tells what an id stands for. */
export interface OwnThreads {
  readonly reading: Reading;
  readonly threads: readonly OwnThread[];
  readonly said: ReadonlyMap<string, ThreadName>;
}

/** Null until the first week was read. */
export function useThreads(): OwnThreads | null {
  const reading = useSheets();
  const known = useLive(
    async () => ({ said: await threadNamesOf(here.database), profile: await profileOf(here.database) }),
    [],
  );
  const corrections = useMemo(() => correctionsIn(reading), [reading]);
  const corrected = useLive(
    () => correctedAmong(here.database, corrections),
    [corrections.map(({ id }) => id).join(' ')],
  );
  return useMemo(() => {
    if (reading === null || known === undefined || corrected === undefined) return null;
    const { said, profile } = known;
    const offset = offsetOf(zoneOf(profile));
    const given = new Map((profile.organisation?.threads ?? []).map(({ id, name }) => [id, name]));
    const lines = linesByThread(reading, said, corrected);
    const threads = [...lines].map(([id, own]): OwnThread => {
      const saying = said.get(id);
      return {
        id,
        name: saying?.name ?? given.get(id) ?? newestName(own, id),
        state: saying?.state ?? '',
        ended: saying?.ended ?? false,
        aliases: saying?.aliases ?? [],
        given: given.has(id),
        merged: [...said.values()].filter(({ mergedInto }) => mergedInto === id),
        lines: own,
        figures: figuresOf(own, offset),
      };
    });
    return { reading, threads, said };
  }, [reading, known, corrected]);
}

function correctionsIn(reading: Reading | null) {
  const lines = (reading?.sheets ?? []).flatMap((sheet) =>
    sheet.lines.filter(({ corrects }) => corrects !== undefined),
  );
  return lines.map(({ id, corrects }) => ({ id, body: { corrects } }));
}

/** A corrected entry is left out: its correction counts instead. */
function linesByThread(
  { sheets }: Reading,
  said: ReadonlyMap<string, ThreadName>,
  corrected: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly SheetLine[]> {
  const lines = new Map<string, SheetLine[]>();
  for (const sheet of sheets)
    for (const line of sheet.lines.filter(({ id }) => !corrected.has(id)))
      for (const id of new Set(line.threads.map((link) => standsFor(link.id, said)))) {
        const own = lines.get(id);
        if (own === undefined) lines.set(id, [line]);
        else own.push(line);
      }
  return lines;
}

/** The name under which the newest entry links it; of a thread known by merged entries alone, the name those have. */
function newestName(lines: readonly SheetLine[], id: string): string {
  const links = lines.flatMap(({ threads }) => threads);
  return (links.find((link) => link.id === id) ?? links[0])?.name ?? id;
}
