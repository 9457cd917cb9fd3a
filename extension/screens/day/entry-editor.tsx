/** An entry unfolded: time, category, and the prose that may be written later. Every field saves itself; withholding and deleting ask. */
import { useEffect, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { modeOf } from '../../../shared/diary/category.ts';
import { spanOf } from '../../../shared/diary/hours.ts';
import { longest } from '../../../shared/diary/longest.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import { lengthOf } from '../../../shared/time/interval.ts';
import { changeMembers, type EntryChange, removeWritten } from '../../commands/journal.ts';
import { release } from '../../commands/withhold.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { ImageArea } from '../images/image-area.tsx';
import { CategoryChoice } from '../quick-line/category-choice.tsx';
import { modeFor } from '../quick-line/reading.ts';
import { TimePicker } from '../quick-line/time-picker.tsx';
import { SavedArea } from '../saved-area.tsx';
import { TemplateLink } from '../templates/template-link.tsx';
import { ThreadSteps } from '../threads/thread-steps.tsx';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { useKeptDrafts } from '../use-kept-drafts.ts';
import { textOf } from './day-facts.ts';
import { EntryShut } from './entry-shut.tsx';
import { EntryThreads } from './entry-threads.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { focusIn } from './jump.ts';
import { RemoveDialog } from './remove-dialog.tsx';

/** What an entry may have beside its text, in the order in which it is shown. */
const folded = ['place', 'threads', 'detail', 'thinking', 'result', 'next'] as const;
type Folded = (typeof folded)[number];

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
  return (
    <>
      {shut ? <EntryShut entry={entry} journal={journal} /> : <Open entry={entry} journal={journal} onGone={onGone} />}
      <ThreadSteps entry={entry} />
    </>
  );
}

function Open({
  entry,
  journal,
  onGone,
}: {
  readonly entry: Written<EntryBody>;
  readonly journal: Journal;
  readonly onGone: () => void;
}) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const [asking, setAsking] = useState<'remove' | 'hold' | null>(null);
  const { id, body, held } = entry;
  const isHeld = body.hold !== undefined || held !== null;
  const { shown, unfold } = useUnfolded(entry);
  const change = (members: EntryChange) => void act(() => changeMembers(entry, members));
  const save = (name: keyof typeof longest) => (text: string, seen: string) =>
    changeMembers(
      { ...entry, body: { ...body, [name]: seen === '' ? undefined : seen } },
      { [name]: text === '' && name !== 'text' ? undefined : text },
    );
  return (
    <div class="edit">
      {isHeld ? (
        <p class="prose held-text">{textOf(entry)}</p>
      ) : (
        <SavedArea
          surface={`entry:${id}:text`}
          label={words.journal.text}
          stored={body.text ?? ''}
          save={save('text')}
          most={longest.text}
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
      <div class="row when">
        <span class="cap num">
          {words.time.span(body.start, body.end)} · {words.time.duration(lengthOf(spanOf(body, journal.offset)))}
        </span>
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
      {shown.map((name) =>
        name === 'threads' ? (
          <EntryThreads
            key={name}
            id={fieldId(id, name)}
            threads={body.threads ?? []}
            journal={journal}
            onChange={(threads) => change({ threads: threads.length === 0 ? undefined : threads })}
          />
        ) : (
          <SavedArea
            key={name}
            surface={fieldId(id, name)}
            label={words.journal[name]}
            stored={body[name] ?? ''}
            save={save(name)}
            most={longest[name]}
            line={name === 'place'}
            rows={2}
            song={name === 'thinking'}
            {...(name === 'thinking' ? { hint: words.journal.thinkingHint } : {})}
          />
        ),
      )}
      <ImageArea entry={entry} shut={false} />
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
                <button key={name} type="button" class="link" onClick={() => unfold(name)}>
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
        {isHeld ? null : <TemplateLink body={body} />}
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

const fieldId = (id: string, name: Folded) => `entry:${id}:${name}`;

/** The fields that are shown: those with content or a draft, and those unfolded here, which take the focus. None of a withheld entry. */
function useUnfolded({ id, body, held }: Written<EntryBody>) {
  const drafts = useKeptDrafts();
  const [unfolded, setUnfolded] = useState<readonly Folded[]>([]);
  const last = unfolded.at(-1);
  useEffect(() => {
    if (last !== undefined) focusIn(fieldId(id, last));
  }, [id, last]);
  // A field stays where it is while it is emptied.
  const [seen, setSeen] = useState<readonly Folded[]>([]);
  const filled = folded.filter((name) => body[name] !== undefined || drafts?.has(fieldId(id, name)) === true);
  useEffect(() => {
    if (filled.some((name) => !seen.includes(name))) setSeen([...seen, ...filled]);
  });
  const isHeld = body.hold !== undefined || held !== null;
  return {
    shown: isHeld ? [] : folded.filter((name) => [...filled, ...seen, ...unfolded].includes(name)),
    unfold: (name: Folded) => setUnfolded([...unfolded, name]),
  };
}
