/** An entry unfolded: time, category, and the prose that may be written later. Every field saves itself; withholding and deleting ask. */
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { modeOf } from '../../../shared/diary/category.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import { changeMembers, type EntryChange, removeWritten } from '../../commands/journal.ts';
import { release, withhold } from '../../commands/withhold.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { CategoryChoice } from '../quick-line/category-choice.tsx';
import { modeFor } from '../quick-line/reading.ts';
import { TimePicker } from '../quick-line/time-picker.tsx';
import { SavedArea } from '../saved-area.tsx';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { textOf } from './day-facts.ts';
import { GroundFields, useHold } from './hold-fields.tsx';

const folded = ['thinking', 'result', 'next', 'detail', 'place'] as const;
const limits = { text: 10_000, place: 200, detail: 10_000, thinking: 10_000, result: 10_000, next: 10_000 } as const;

/** `onGone` is called after a deletion. */
export function EntryEditor({
  entry,
  journal,
  shut,
  onGone,
}: {
  readonly entry: Written<EntryBody>;
  readonly journal: Journal;
  readonly shut: boolean;
  readonly onGone: () => void;
}) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const [asking, setAsking] = useState<'remove' | 'hold' | null>(null);
  const { body, held } = entry;
  const isHeld = body.hold !== undefined || held !== null;
  const [shown, setShown] = useState<readonly string[]>(folded.filter((name) => body[name] !== undefined));
  const change = (members: EntryChange) => void act(() => changeMembers(entry, members));
  const save = (name: keyof typeof limits) => (text: string, seen: string) =>
    changeMembers(
      { ...entry, body: { ...body, [name]: seen === '' ? undefined : seen } },
      { [name]: text === '' && name !== 'text' ? undefined : text },
    );
  if (shut) return <Shut entry={entry} />;
  return (
    <div class="edit">
      {isHeld ? (
        <p class="prose held-text">{textOf(entry)}</p>
      ) : (
        <SavedArea
          surface={`entry:${entry.id}:text`}
          label={words.journal.text}
          stored={body.text ?? ''}
          save={save('text')}
          most={limits.text}
          rows={2}
        />
      )}
      <TimePicker
        day={body.day}
        start={body.start}
        end={body.end}
        onChange={({ day, start, end }) =>
          change({ day: formatDay(day), start: formatMinute(start), end: formatMinute(end) })
        }
      />
      <div class="row">
        <CategoryChoice
          category={body.category ?? null}
          mode={modeOf(body, journal.table)}
          table={journal.table}
          onCategory={(category) => {
            const mode = modeFor(category, null, journal.table);
            change({ category: category ?? undefined, mode: mode ?? undefined });
          }}
          onMode={(mode) => change({ mode })}
        />
      </div>
      {isHeld
        ? null
        : folded
            .filter((name) => shown.includes(name))
            .map((name) => (
              <SavedArea
                key={name}
                surface={`entry:${entry.id}:${name}`}
                label={words.journal[name]}
                stored={body[name] ?? ''}
                save={save(name)}
                most={limits[name]}
                line={name === 'place'}
                rows={2}
                song={name === 'thinking'}
                {...(name === 'thinking' ? { hint: words.journal.thinkingHint } : {})}
              />
            ))}
      {body.threads === undefined || body.threads.length === 0 ? null : (
        <p class="meta">{body.threads.map(({ name }) => `#${name}`).join(' ')}</p>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row bt">
        {isHeld
          ? null
          : folded
              .filter((name) => !shown.includes(name))
              .map((name) => (
                <button key={name} type="button" class="link" onClick={() => setShown([...shown, name])}>
                  {words.journal[name]}
                </button>
              ))}
        {isHeld ? (
          <button
            type="button"
            class="link"
            disabled={busy || held === null}
            onClick={() => void act(() => release(entry))}
          >
            {words.journal.makePublic}
          </button>
        ) : (
          <button type="button" class="link" onClick={() => setAsking('hold')}>
            {words.journal.withhold}
          </button>
        )}
        <button type="button" class="link danger end" onClick={() => setAsking('remove')}>
          {words.common.remove}
        </button>
      </p>
      {asking === 'remove' ? (
        <RemoveDialog
          text={textOf(entry) ?? words.journal.held}
          onClose={() => setAsking(null)}
          onRemove={async () => {
            if (await act(() => removeWritten(entry))) onGone();
            setAsking(null);
          }}
        />
      ) : null}
      {asking === 'hold' ? <HoldDialog entry={entry} signs={journal.signs} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

/** The prose of an entry in a shut week, to read. */
function Shut({ entry }: { readonly entry: Written<EntryBody> }) {
  const words = useWords();
  const { body } = entry;
  return (
    <dl class="dl">
      {(['place', 'detail', 'thinking', 'result', 'next'] as const).map((name) =>
        body[name] === undefined ? null : (
          <Fragment key={name}>
            <dt>{words.journal[name]}</dt>
            <dd class={name === 'thinking' ? 'prose song' : 'prose'}>{body[name]}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}

function RemoveDialog({
  text,
  onClose,
  onRemove,
}: {
  readonly text: string;
  readonly onClose: () => void;
  readonly onRemove: () => Promise<void>;
}) {
  const words = useWords();
  return (
    <Dialog
      title={words.journal.confirmRemove}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="danger" onClick={() => void onRemove()}>
            {words.common.remove}
          </Button>
        </>
      }
    >
      <p class="prose">{text}</p>
      <p class="meta">{words.journal.confirmRemoveBody}</p>
    </Dialog>
  );
}

/** Withholding something written: says what happens to what the server has. */
export function HoldDialog({
  entry,
  signs,
  onClose,
}: {
  readonly entry: Written;
  readonly signs: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const hold = useHold({ ground: 'privacy', basis: '' });
  const { act, problem, busy } = useAct();
  const confirm = async () => {
    const ground = hold.value();
    if (ground === null || ground === 'missing') return;
    if (await act(() => withhold(entry, ground))) onClose();
  };
  return (
    <Dialog
      title={words.journal.withholdTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void confirm()}>
            {words.journal.held}
          </Button>
        </>
      }
    >
      <p class="prose">{textOf(entry)}</p>
      <GroundFields hold={hold} signs={signs} />
      <Message tone={entry.delivered ? 'amber' : 'plain'}>
        {entry.delivered ? words.journal.withholdErases : words.journal.withholdStays}
      </Message>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
