/** Reading in calendars and tables: file, drop or paste, a preview with a tick for each line, then entries. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FileReading } from '../../../shared/diary/calendar/reading.ts';
import { weekOf } from '../../../shared/time/week.ts';
import { undo } from '../../commands/undo.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { ColumnsChooser } from './columns-chooser.tsx';
import { ImportForm } from './import-form.tsx';
import { LeftOut, Notes } from './left-out.tsx';
import type { Opened } from './open-file.ts';
import { SourceArea } from './source-area.tsx';
import { type Read, useImport } from './use-import.ts';
import { WeeksChooser } from './weeks-chooser.tsx';

/** What was imported last, until another file is opened. */
interface Done {
  readonly count: number;
  readonly undone: boolean;
}

export function ImportPanel({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const text = words.imports;
  const file = useImport(journal);
  const [done, setDone] = useState<Done | null>(null);
  const open = (name: string, bytes: Uint8Array) => {
    setDone(null);
    file.open(name, bytes);
  };
  const { now } = file;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(now.state);
  useEffect(() => {
    // What had the focus is gone with what was shown.
    if (shown.current !== now.state) heading.current?.focus();
    shown.current = now.state;
  }, [now.state]);
  return (
    <section class="stack import" aria-labelledby="import-title">
      <h2 class="h" id="import-title" ref={heading} tabIndex={-1}>
        {text.title}
      </h2>
      {now.state === 'ready' ? (
        <ReadFile
          key={now.read.opened.name}
          read={now.read}
          journal={journal}
          again={file.again}
          onAnother={file.clear}
          onDone={(count) => {
            file.clear();
            setDone({ count, undone: false });
          }}
        />
      ) : now.state === 'reading' ? (
        <div class="stack" role="status">
          <p>{text.reading(now.name)}</p>
          {now.progress === null ? null : (
            <progress value={now.progress.done} max={now.progress.total}>
              {text.readSoFar(String(now.progress.done), String(now.progress.total))}
            </progress>
          )}
          <div class="row">
            <Button onClick={file.stop}>{text.stop}</Button>
          </div>
        </div>
      ) : (
        <>
          {done === null ? null : <Imported done={done} onUndone={() => setDone({ ...done, undone: true })} />}
          {now.state === 'failed' ? (
            <Message tone="fail" role="alert">
              {text.problem[now.problem]}
            </Message>
          ) : now.stopped ? (
            <Message>{text.stopped}</Message>
          ) : null}
          <SourceArea onOpen={open} />
        </>
      )}
    </section>
  );
}

function Imported({ done, onUndone }: { readonly done: Done; readonly onUndone: () => void }) {
  const words = useWords();
  const { act, busy, problem } = useAct();
  if (done.undone) return <Message>{words.imports.undone}</Message>;
  return (
    <Message tone={problem === null ? 'ok' : 'fail'}>
      <p>{problem ?? words.imports.done(done.count)}</p>
      <p class="msg-acts row">
        <Button small disabled={busy} onClick={() => void act(() => undo()).then((isDone) => isDone && onUndone())}>
          {words.common.undo}
        </Button>
        <a href={hrefOf('week')}>{words.imports.toWeekPage}</a>
      </p>
    </Message>
  );
}

function ReadFile({
  read,
  journal,
  again,
  onAnother,
  onDone,
}: {
  readonly read: Read;
  readonly journal: Journal;
  readonly again: (opened: Opened) => void;
  readonly onAnother: () => void;
  readonly onDone: (count: number) => void;
}) {
  const words = useWords();
  const text = words.imports;
  const { opened, reading, proposals } = read;
  const notes = proposals.filter(({ status }) => status === 'note');
  const lines = proposals.filter(({ status }) => status !== 'note');
  const isEmpty = proposals.length === 0;
  // Which number is the month is not guessed.
  const isUnsure = opened.kind === 'table' && opened.cut.order === null;
  return (
    <>
      <p class="row">
        <b>{opened.name}</b>
        <span class="meta">
          {text.found(proposals.length)}
          {words.common.separator}
          {text.fresh(proposals.filter(({ status }) => status === 'new').length)}
        </span>
        <span class="end">
          <Button small onClick={onAnother}>
            {text.another}
          </Button>
        </span>
      </p>
      {opened.kind === 'calendar' ? (
        <WeeksChooser
          weeks={opened.weeks}
          span={reading.span}
          today={journal.today}
          onChoose={(weeks) => again({ ...opened, weeks })}
        />
      ) : null}
      {opened.kind === 'table' ? (
        <ColumnsChooser opened={opened} today={journal.today} onChange={(cut) => again({ ...opened, cut })} />
      ) : null}
      {isUnsure ? (
        <Message tone="amber">{text.orderUnsure}</Message>
      ) : (
        <>
          {isEmpty ? <NothingHere opened={opened} span={reading.span} again={again} /> : null}
          {lines.length === 0 ? null : <ImportForm key={keyOf(read)} lines={lines} journal={journal} onDone={onDone} />}
          {notes.length === 0 ? null : <Notes notes={notes} />}
          <LeftOut reading={reading} />
        </>
      )}
    </>
  );
}

// A calendar of other weeks offers its last ones.
function NothingHere({
  opened,
  span,
  again,
}: {
  readonly opened: Opened;
  readonly span: FileReading['span'];
  readonly again: (opened: Opened) => void;
}) {
  const words = useWords();
  const text = words.imports;
  if (span === null || opened.kind !== 'calendar') return <Message>{text.nothing}</Message>;
  const to = weekOf(span.to);
  const from = weekOf(Math.max(span.from, span.to - 21));
  return (
    <Message>
      <p>{text.nothingHere(words.time.week(weekOf(span.from)), words.time.week(to))}</p>
      <p class="msg-acts">
        <Button small onClick={() => again({ ...opened, weeks: { from, to } })}>
          {text.listWeeks(words.time.week(from), words.time.week(to))}
        </Button>
      </p>
    </Message>
  );
}

// A new reading of the same file begins with its own ticks.
function keyOf({ opened, proposals }: Read): string {
  const asked = opened.kind === 'calendar' ? `${opened.weeks.from} ${opened.weeks.to}` : '';
  return `${asked} ${proposals.map(({ status, item }) => `${status}${item.start}`).join()}`;
}
