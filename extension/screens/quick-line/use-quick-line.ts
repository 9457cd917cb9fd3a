/** The quick line as state: what is typed, how it is read, what its author chose beside it, and saving. */
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Mode } from '../../../shared/diary/category.ts';
import type { Reading } from '../../../shared/diary/quick-entry.ts';
import { usualMinutes } from '../../../shared/diary/recent.ts';
import { secrecyWordIn, type WordBook, wordBook } from '../../../shared/diary/wording.ts';
import { type CivilMinute, formatDay, parseMinute } from '../../../shared/time/civil.ts';
import { addEntries } from '../../commands/journal.ts';
import { here } from '../../device/context.ts';
import { useLive } from '../../store/live.ts';
import { newId } from '../../store/ops.ts';
import { entriesOn, knownThreads } from '../../store/queries.ts';
import { type HoldChoice, useHold } from '../day/hold-fields.tsx';
import { cleaned } from '../saved-area.tsx';
import { useAct } from '../use-act.ts';
import { type Draft, useDraft } from '../use-draft.ts';
import { useHanded } from '../use-handed.ts';
import type { Journal } from '../use-journal.ts';
import { rangeInside, readAll } from './read-all.ts';
import {
  type Choice,
  entryOf,
  modeFor,
  newThreadIds,
  noChoice,
  type Overlap,
  overlapOf,
  spanOfReading,
  type TooMuch,
  tooMuchIn,
} from './reading.ts';
import type { Picked } from './time-picker.tsx';
import { useGathered } from './use-gathered.ts';
import { usePlacement } from './use-placement.ts';
import { useRecent } from './use-recent.ts';

/** Why a save stopped: a time is missing in a line, a line has no words or more than an entry holds, or a listed word was found in line n. */
export type Stopped =
  | { readonly kind: 'time' | 'words'; readonly n: number }
  | { readonly kind: 'much'; readonly n: number; readonly much: TooMuch }
  | { readonly kind: 'secrecy'; readonly n: number; readonly word: string };

export interface QuickLineState {
  readonly draft: Draft;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly caret: number;
  readonly composing: boolean;
  /** Whether the readings are those of what stands in the line, held against the entries of its day. */
  readonly isRead: boolean;
  readonly readings: readonly Reading[];
  /** The only entry of the line, null where there are none or several. */
  readonly single: Reading | null;
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly span: Span | null;
  readonly choice: Choice;
  readonly picked: ReadonlyMap<number, Picked>;
  readonly onDay: string;
  readonly overlap: Overlap | null;
  readonly placement: string | null;
  readonly recent: readonly EntryBody[];
  readonly book: WordBook;
  readonly hold: HoldChoice;
  /** The days of what was saved last where that was withheld: no step tells of it. */
  readonly heldOn: readonly string[] | null;
  readonly stopped: Stopped | null;
  readonly problem: string | null;
  readonly busy: boolean;
  readonly act: (command: () => Promise<unknown>) => Promise<boolean>;
  readonly change: (text: string, composing?: boolean) => void;
  /** Puts a text into the line with the caret there, and the focus in the line. */
  readonly put: (text: string, caret?: number) => void;
  readonly setComposing: (composing: boolean) => void;
  readonly lookAtCaret: () => void;
  readonly choose: (change: Partial<Choice>) => void;
  /** Null: what was picked is no span any more. */
  readonly pick: (n: number, picked: Picked | null) => void;
  /** Asks for what is missing, as a save does. */
  readonly stopFor: (stopped: Stopped) => void;
  /** `checked`: its author says that nothing in it is classified. */
  readonly save: (checked: boolean) => Promise<void>;
}

interface Span {
  readonly start: CivilMinute;
  readonly end: CivilMinute;
}

/** As `QuickLine`. */
export function useQuickLine(
  surface: string,
  journal: Journal,
  day: string | null,
  seed: { readonly text: string } | null,
  onSaved?: (ids: readonly string[]) => void,
): QuickLineState {
  const draft = useDraft(surface);
  const field = useRef<HTMLTextAreaElement>(null);
  const [composing, setComposing] = useState(false);
  const [caret, setCaret] = useState(0);
  const [read, setRead] = useState('');
  const [choice, setChoice] = useState<Choice>(noChoice);
  const [picked, setPicked] = useState<ReadonlyMap<number, Picked>>(new Map());
  const [stopped, setStopped] = useState<Stopped | null>(null);
  const { organisation } = journal.profile;
  const book = useMemo(() => wordBook(organisation), [organisation]);
  const hold = useHold();
  const [heldOn, setHeldOn] = useState<readonly string[] | null>(null);
  const { act, quietly, problem, busy } = useAct();
  const recent = useRecent(draft.text.trim() !== '');

  // Read on commit of a composition, not on each of its steps.
  useEffect(() => {
    if (!composing) setRead(draft.text);
  }, [draft.text, composing]);

  const put = (text: string, at = text.length) => {
    draft.type(text);
    setCaret(at);
    setChoice((before) => ({ ...noChoice, category: before.category, mode: before.mode }));
    setPicked(new Map());
    setStopped(null);
    setHeldOn(null);
    const control = field.current;
    control?.focus();
    requestAnimationFrame(() => control?.setSelectionRange(at, at));
  };
  useEffect(() => {
    if (seed !== null) put(seed.text);
  }, [seed]);
  useGathered();
  // What comes from outside of the pages is finished in the side panel.
  useHanded(surface, { ...draft, ready: draft.ready && surface === 'sidepanel' }, () => field.current?.focus());

  const { now, threads, today } = journal;
  const plain = useMemo(() => readAll(read, { day, today, now, threads }), [read, day, today, now, threads]);
  const first = plain[0];
  const onDay = formatDay(choice.day ?? first?.day ?? 0);
  const asked = first === undefined ? null : onDay;
  const found = useLive(
    async () => ({ day: asked, entries: asked === null ? [] : await entriesOn(here.database, asked) }),
    [asked],
  );
  const others = found?.entries;
  const proposals = proposalsFor(plain, others ?? [], recent);
  const { usualMinutes: usual, nextStart } = proposals;
  const readings = useMemo(
    () =>
      usual === undefined && nextStart === null ? plain : readAll(read, { day, today, now, threads, ...proposals }),
    [plain, usual, nextStart],
  );
  const single = readings.length === 1 ? (readings[0] ?? null) : null;
  const category = single === null ? null : choice.category === undefined ? single.category : choice.category;
  const span = single === null ? null : spanOfReading(single, choice);

  const change = (text: string, isComposing = false) => {
    draft.type(cleaned(text), isComposing);
    setCaret(field.current?.selectionStart ?? text.length);
    setChoice((before) => ({ ...noChoice, category: before.category, mode: before.mode }));
    setPicked(new Map());
    setStopped(null);
    setHeldOn(null);
  };

  const rangeInText = (): Pick<Choice, 'span' | 'day'> | null => {
    const found = rangeInside(draft.text, { day, today, now, threads });
    if (found === null || found.start === null || found.end === null) return null;
    return { span: { start: found.start, end: found.end }, day: found.day };
  };

  const save = async (checked: boolean) => {
    const fresh = await readToSave(draft.text, { day, today, now, threads, ...proposals });
    if (fresh.length === 0 || busy) return;
    const choiceOf = (n: number) => (fresh.length === 1 ? choice : choiceAt(picked.get(n)));
    const open = fresh.find((each) => needsTime(each, choiceOf(each.n)));
    if (open !== undefined) {
      const isFirst = stopped?.kind !== 'time' && fresh.length === 1 && open.start === null;
      const inside = isFirst ? rangeInText() : null;
      if (inside !== null) setChoice((before) => ({ ...before, ...inside }));
      // What was read stands in the picker, and is meant if it is saved once more.
      const asked = spanOfReading(open, choiceOf(open.n));
      if (asked !== null && fresh.length === 1) setChoice((before) => ({ ...before, day: open.day, span: asked }));
      else if (asked !== null) setPicked((before) => new Map(before).set(open.n, { day: open.day, ...asked }));
      return setStopped({ kind: 'time', n: open.n });
    }
    const wordless = fresh.find(({ text }) => text === '');
    if (wordless !== undefined) return setStopped({ kind: 'words', n: wordless.n });
    const full = fresh.find((each) => tooMuchIn(each) !== null);
    const much = full === undefined ? null : tooMuchIn(full);
    if (full !== undefined && much !== null) return setStopped({ kind: 'much', n: full.n, much });
    const warned = checked ? null : listedIn(draft.text, fresh, book);
    if (warned !== null) return setStopped({ kind: 'secrecy', ...warned });
    const ground = hold.value();
    if (ground === 'missing') return;
    const threadId = newThreadIds(() => newId(here));
    const entries = fresh.flatMap((each) => entryOf(each, choiceOf(each.n), journal.table, threadId) ?? []);
    const done = await quietly(async () => {
      const ids = await addEntries(entries, ground, here, { surface, line: draft.text });
      onSaved?.(ids);
    });
    if (!done) return;
    draft.drop();
    setChoice(noChoice);
    setPicked(new Map());
    setStopped(null);
    hold.reset();
    setHeldOn(ground === null ? null : entries.map(({ day }) => day));
    field.current?.focus();
  };

  return {
    draft,
    field,
    caret,
    composing,
    // Until the day's entries are there, those of the day before stand in for them.
    isRead: read === draft.text && found?.day === asked,
    readings,
    single,
    category,
    mode: modeFor(category, choice.mode, journal.table),
    span,
    choice,
    picked,
    onDay,
    overlap: span === null || others === undefined ? null : overlapOf(span, others),
    placement: usePlacement(first === undefined ? null : onDay),
    recent,
    book,
    hold,
    heldOn,
    stopped,
    problem,
    busy,
    act,
    change,
    put,
    setComposing,
    lookAtCaret: () => setCaret(field.current?.selectionStart ?? 0),
    choose: (next) => setChoice((before) => ({ ...before, ...next })),
    pick: (n, next) =>
      setPicked((before) => {
        const others = new Map(before);
        others.delete(n);
        return next === null ? others : others.set(n, next);
      }),
    stopFor: setStopped,
    save,
  };
}

/** A single start without an end: its usual length, and where the next entry of that day begins. */
function proposalsFor(
  readings: readonly Reading[],
  others: readonly { readonly body: EntryBody }[],
  recent: readonly EntryBody[],
): { readonly usualMinutes: number | undefined; readonly nextStart: CivilMinute | null } {
  const [only, another] = readings;
  const start = only?.start ?? null;
  if (only === undefined || another !== undefined || start === null || only.end !== null)
    return { usualMinutes: undefined, nextStart: null };
  const later = others.map(({ body }) => parseMinute(body.start) ?? 0).filter((at) => at > start);
  return {
    usualMinutes: usualMinutes(only.text, only.category, recent),
    nextStart: later.length === 0 ? null : Math.min(...later),
  };
}

/** The readings at the moment of saving. A thread that seems new is looked up once more: the page may be younger than the store's answer. */
async function readToSave(text: string, context: Parameters<typeof readAll>[1]): Promise<readonly Reading[]> {
  const readings = readAll(text, context);
  const isNew = readings.some(({ threads }) => threads.some(({ id }) => id === null));
  return isNew ? readAll(text, { ...context, threads: await knownThreads(here.database) }) : readings;
}

function needsTime(reading: Reading, choice: Choice): boolean {
  return spanOfReading(reading, choice) === null || (reading.asks === 'length' && choice.span === null);
}

/** What was picked for one line of several. */
export function choiceAt(picked: Picked | undefined): Choice {
  return picked === undefined
    ? noChoice
    : { ...noChoice, day: picked.day, span: { start: picked.start, end: picked.end } };
}

/** The first listed word, and the number of the entry it stands in. */
function listedIn(
  text: string,
  readings: readonly Reading[],
  book: WordBook,
): { readonly n: number; readonly word: string } | null {
  const word = secrecyWordIn(text, book);
  if (word === null) return null;
  const n = readings.find((reading) => secrecyWordIn(reading.text, book) !== null)?.n ?? 0;
  return { n, word };
}
