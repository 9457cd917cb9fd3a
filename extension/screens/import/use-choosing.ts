/** Ticks, typed changes and secrecy words of the lines in the preview. */
import { useMemo, useState } from 'preact/hooks';
import type { Proposal } from '../../../shared/diary/calendar/proposals.ts';
import { secrecyWordIn } from '../../../shared/diary/wording.ts';
import { useWordBook } from '../wording/use-word-book.ts';
import { type LineEdit, lackOf } from './chosen.ts';

export interface Choosing {
  readonly ticked: ReadonlySet<string>;
  readonly editOf: (key: string) => LineEdit;
  /** Also the descriptions of the calendar become details. */
  readonly withDetail: boolean;
  readonly setWithDetail: (withDetail: boolean) => void;
  readonly tick: (key: string, ticked: boolean) => void;
  /** All that are new, or none. */
  readonly tickAll: (all: boolean) => void;
  /** Ticks a doubtful line as soon as it lacks nothing more. */
  readonly edit: (line: Proposal, edit: LineEdit) => void;
  /** A secrecy word of a line, null where it has none. */
  readonly secretIn: (line: Proposal) => string | null;
}

export function useChoosing(lines: readonly Proposal[]): Choosing {
  const book = useWordBook();
  const fresh = useMemo(() => new Set(lines.flatMap(({ status, key }) => (status === 'new' ? [key] : []))), [lines]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(fresh);
  const [edits, setEdits] = useState<ReadonlyMap<string, LineEdit>>(new Map());
  const [withDetail, setWithDetail] = useState(false);
  const secrets = useMemo(() => {
    const found = new Map<string, string>();
    for (const { key, item } of lines) {
      const said = [item.text, item.place ?? '', withDetail ? (item.detail ?? '') : ''].join('\n');
      const word = secrecyWordIn(said, book);
      if (word !== null) found.set(key, word);
    }
    return found;
  }, [lines, withDetail, book]);
  const editOf = (key: string): LineEdit => edits.get(key) ?? {};
  const tick = (key: string, isTicked: boolean) => {
    const next = new Set(ticked);
    if (isTicked) next.add(key);
    else next.delete(key);
    setTicked(next);
  };
  return {
    ticked,
    editOf,
    withDetail,
    setWithDetail,
    tick,
    tickAll: (all) => setTicked(all ? fresh : new Set()),
    edit: (line, edit) => {
      setEdits(new Map(edits).set(line.key, edit));
      if (line.status === 'doubt' && lackOf(line, edit) === null) tick(line.key, true);
    },
    secretIn: ({ key }) => secrets.get(key) ?? secrecyWordIn(editOf(key).text ?? '', book),
  };
}
