/** A text that saves itself: a draft while typing, an edit of the journal when its author leaves the field or rests. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Refusal } from '../../shared/api/refusal.ts';
import { useWords } from '../locales/use-words.ts';
import { keepDraft, readDraft, seenByDraft } from '../store/drafts.ts';
import { isFull } from '../store/full.ts';
import { sentenceOf, type Thrown } from './use-act.ts';

const keepEveryMs = 350;
const saveAfterMs = 2500;

export interface SavedText {
  readonly text: string;
  readonly problem: string | null;
  /** What stands in the journal where another window or device changed it since its author began: both texts stay until they decide. */
  readonly other: string | null;
  /** The listed word for which a save waits until its author has looked at it; the text stays a draft meanwhile. */
  readonly warned: string | null;
  /** `typing`: kept as a draft; `saved`: stored on this machine since it was opened. */
  readonly state: 'idle' | 'typing' | 'saved';
  readonly type: (text: string, composing: boolean) => void;
  readonly leave: () => void;
  /** Saves although a word warned: its author says that nothing is classified. */
  readonly confirm: () => void;
  /** Decides between the two texts: the own one over the other, or the other one as it is. */
  readonly keepOwn: () => void;
  readonly takeOther: () => void;
}

/** `stored` is the text as the journal has it. `save` gets the new text and the one its author was looking at; where it throws, the text
 *  stays as a draft and the reason is shown. `warns` gives the word for which a text is not saved yet, of those that do not stand in what
 *  its author confirmed before. */
export function useSavedText(
  surface: string,
  stored: string,
  save: (text: string, seen: string) => Promise<void>,
  warns: (text: string, confirmed: string) => string | null,
): SavedText {
  const words = useWords();
  const [shown, setShown] = useState<string | null>(null);
  const [thrown, setThrown] = useState<Thrown | null>(null);
  const [warned, setWarned] = useState<string | null>(null);
  const [state, setState] = useState<SavedText['state']>('idle');
  const [stale, setStale] = useState(false);
  const dirty = useRef<{ text: string; seen: string } | null>(null);
  const confirmed = useRef('');
  const timers = useRef<{ keep: Timer; save: Timer }>({ keep: null, save: null });
  const latest = useRef({ stored, save, warns });
  latest.current = { stored, save, warns };

  const wordIn = useCallback(
    (text: string) => latest.current.warns(text, `${latest.current.stored}\n${confirmed.current}`),
    [],
  );

  const keep = useCallback(async () => {
    stop(timers.current, 'keep');
    try {
      if (dirty.current !== null) await keepDraft(surface, dirty.current.text, dirty.current.seen);
    } catch (error) {
      if (!isFull(error)) throw error;
      setThrown({ error });
    }
  }, [surface]);

  const commit = useCallback(async () => {
    stop(timers.current, 'save');
    const edit = dirty.current;
    if (edit === null) return;
    await keep();
    const word = wordIn(edit.text);
    setWarned(word);
    if (word !== null) return;
    try {
      await latest.current.save(edit.text, edit.seen);
      if (dirty.current === edit) {
        dirty.current = null;
        setShown(null);
        setState('saved');
      } else if (dirty.current !== null) dirty.current = { text: dirty.current.text, seen: edit.text };
      await keepDraft(surface, dirty.current?.text ?? null, dirty.current?.seen);
      setThrown(null);
      setStale(false);
    } catch (error) {
      const isStale = error instanceof Refusal && error.code === 'VERSION_STALE';
      setStale(isStale);
      setThrown(isStale ? null : { error });
    }
  }, [surface, keep, wordIn]);

  useEffect(() => {
    let gone = false;
    void Promise.all([readDraft(surface), seenByDraft(surface)]).then(([found, seen]) => {
      if (gone || found === null || dirty.current !== null) return;
      if (found === latest.current.stored) return void keepDraft(surface, null);
      dirty.current = { text: found, seen: seen ?? latest.current.stored };
      setShown(found);
      setState('typing');
      if (dirty.current.seen !== latest.current.stored) return setStale(true);
      timers.current.save = setTimeout(() => void commit(), saveAfterMs);
    });
    const hide = () => void keep();
    window.addEventListener('pagehide', hide);
    document.addEventListener('visibilitychange', hide);
    return () => {
      gone = true;
      window.removeEventListener('pagehide', hide);
      document.removeEventListener('visibilitychange', hide);
      void commit();
    };
  }, [surface, keep, commit]);

  const type = useCallback(
    (text: string, composing: boolean) => {
      dirty.current = { text, seen: dirty.current?.seen ?? latest.current.stored };
      setShown(text);
      setState('typing');
      setWarned((before) => (before === null ? null : wordIn(text)));
      stop(timers.current, 'save');
      if (composing) return;
      timers.current.keep ??= setTimeout(() => void keep(), keepEveryMs);
      timers.current.save = setTimeout(() => void commit(), saveAfterMs);
    },
    [keep, commit, wordIn],
  );

  const confirm = useCallback(() => {
    confirmed.current = dirty.current?.text ?? confirmed.current;
    void commit();
  }, [commit]);

  const keepOwn = () => {
    if (dirty.current !== null) dirty.current = { ...dirty.current, seen: latest.current.stored };
    void commit();
  };
  const takeOther = () => {
    dirty.current = null;
    setShown(null);
    setStale(false);
    setState('idle');
    void keepDraft(surface, null);
  };

  return {
    text: shown ?? stored,
    problem: thrown === null ? null : sentenceOf(thrown.error, words),
    other: stale && shown !== stored ? stored : null,
    warned,
    state,
    type,
    leave: () => void commit(),
    confirm,
    keepOwn,
    takeOther,
  };
}

type Timer = ReturnType<typeof setTimeout> | null;

function stop(timers: { keep: Timer; save: Timer }, name: 'keep' | 'save'): void {
  const timer = timers[name];
  if (timer !== null) clearTimeout(timer);
  timers[name] = null;
}
