/** One drawn diary before its reviewer: as readers will see it, every item with a box to choose it, and the two ways with their keys. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getReview, type ReviewDiary } from '../../../shared/api/reviews.ts';
import { holdItems, passDiary, type ReviewPlace } from '../../commands/reviews.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import type { Saying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { LegalFields, useHold } from '../day/hold-fields.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { mayHold, ReviewItems } from './review-items.tsx';

interface Panel {
  readonly place: ReviewPlace;
  readonly step: (by: number) => void;
  /** Called once it is passed, with whether the whole draw is published now. */
  readonly passed: (published: boolean) => void;
  readonly changed: () => Promise<void>;
  /** In the page's status line. */
  readonly say: (saying: Saying) => void;
}

export function ReviewPanel(panel: Panel) {
  const desk = useDesk();
  const { draw, unit } = panel.place;
  const read = useAnswer(() => call(getReview, { params: { draw, unit } }), [draw, unit]);
  return (
    <section class="stack">
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {(diary) => <Diary diary={diary} again={read.again} {...panel} />}
      </Loaded>
    </section>
  );
}

function Diary({
  diary,
  again,
  step,
  passed,
  changed,
  say,
}: Panel & { readonly diary: ReviewDiary; readonly again: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.reviews;
  const { busy, problem, act } = useAct();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [holding, setHolding] = useState(false);
  const [isNothingChosen, setNothingChosen] = useState(false);
  const isDone = diary.passed !== null || diary.publishedAt !== null;
  const items = diary.items.filter(({ hold, index }) => hold === null && chosen.has(index)).map(({ index }) => index);

  const pass = () => {
    if (busy || isDone) return;
    let published = false;
    void act(async () => {
      published = (await passDiary(diary)).published;
    }).then((done) => {
      if (done) passed(published);
    });
  };
  const hold = () => {
    if (!mayHold(diary)) return;
    setNothingChosen(items.length === 0);
    setHolding(items.length > 0);
  };

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined);
  keys.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isElsewhere(event.target)) return;
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      j: () => step(1),
      k: () => step(-1),
      p: pass,
      h: hold,
    };
    const run = acts[event.key.toLowerCase()];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => keys.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <>
      <h2 class="h">
        {text.row(desk.unitName(diary.unit), words.time.week(diary.week))}
        <small class="num">
          {diary.publishedAt !== null
            ? text.publishedAt(desk.moment(diary.publishedAt))
            : diary.due === null
              ? text.unknownDue
              : `${text.until(desk.moment(diary.due))}${words.common.separator}${desk.remaining(diary.due)}`}
        </small>
      </h2>
      <p class="meta">
        {diary.publishedAt !== null
          ? text.isPublic
          : diary.passed === null
            ? text.audited
            : text.passed(desk.moment(diary.passed.at), diary.passed.by)}
      </p>
      <ReviewItems
        diary={diary}
        chosen={chosen}
        onChoose={setChosen}
        changed={async () => {
          await again();
          await changed();
        }}
        say={say}
      />
      <div class="review-acts">
        {isNothingChosen ? <Message tone="amber">{text.chooseFirst}</Message> : null}
        {problem === null ? null : (
          <Message tone="fail" role="alert">
            {problem}
          </Message>
        )}
        <p class="keys">
          {isDone ? null : (
            <Button kind="primary" disabled={busy} aria-keyshortcuts="p" onClick={pass}>
              {busy ? text.passing : text.pass} <Key>P</Key>
            </Button>
          )}
          {mayHold(diary) ? (
            <>
              <Button aria-keyshortcuts="h" onClick={hold}>
                {text.hold} <Key>H</Key>
              </Button>
              <span class="meta num" role="status">
                {text.chosen(items.length)}
              </span>
            </>
          ) : null}
        </p>
        <p class="cap">
          <kbd>↑</kbd> <kbd>↓</kbd> {text.keys.move} <kbd>X</kbd> {text.keys.select} <kbd>Shift</kbd>+<kbd>↓</kbd>{' '}
          {text.keys.extend} <kbd>J</kbd> {text.keys.next} <kbd>K</kbd> {text.keys.previous}
        </p>
      </div>
      {holding ? (
        <HoldThem
          diary={diary}
          items={items}
          onClose={() => setHolding(false)}
          onDone={() => {
            setHolding(false);
            setChosen(new Set());
            void again();
            void changed();
          }}
        />
      ) : null}
    </>
  );
}

/** Ground and provision for the chosen items, then the signature. */
function HoldThem({
  diary,
  items,
  onClose,
  onDone,
}: {
  readonly diary: ReviewDiary;
  readonly items: readonly number[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const text = words.reviews;
  const hold = useHold({ ground: 'privacy', basis: '' });
  const { busy, problem, signed } = useAct();
  const sign = async () => {
    const given = hold.value();
    if (busy || given === null || given === 'missing') return;
    if (await signed(() => holdItems(diary, items, given))) onDone();
  };
  return (
    <Dialog title={text.holdTitle(items.length)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          focusInvalid(event.currentTarget);
          void sign();
        }}
      >
        <LegalFields hold={hold} note={text.holdNote} />
        {problem === null ? null : (
          <Message tone="fail" role="alert">
            {problem}
          </Message>
        )}
        <p class="keys">
          <Button kind="primary" type="submit" disabled={busy}>
            {text.holdSign}
          </Button>
          <Button onClick={onClose}>{words.common.cancel}</Button>
        </p>
      </form>
    </Dialog>
  );
}

/** The key that does the same; a screen reader hears the words alone. */
function Key({ children }: { readonly children: string }) {
  return (
    <span aria-hidden="true">
      <kbd>{children}</kbd>
    </span>
  );
}

/** Whether a key belongs to a dialog or a field, not to the diary. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.closest('dialog') !== null ||
    (target.matches('input, textarea, select') && !target.matches('[type=checkbox]')));
