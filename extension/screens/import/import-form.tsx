/** The list of what can be imported, what must be filled in or confirmed, and the one button. */
import { useState } from 'preact/hooks';
import type { Proposal } from '../../../shared/diary/calendar/proposals.ts';
import { importEntries } from '../../commands/import.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { newId } from '../../store/ops.ts';
import { newThreadIds } from '../quick-line/reading.ts';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { inputOf, lackOf } from './chosen.ts';
import { ImportLine } from './import-line.tsx';
import { useChoosing } from './use-choosing.ts';

/** How many lines are drawn at first, and added at a time. */
const shownAtOnce = 200;

/** Why nothing was imported yet. */
type Stop = 'noneTicked' | 'repair' | 'secrecy';

export function ImportForm({
  lines,
  journal,
  onDone,
}: {
  readonly lines: readonly Proposal[];
  readonly journal: Journal;
  readonly onDone: (count: number) => void;
}) {
  const words = useWords();
  const text = words.imports;
  const { act, busy, problem } = useAct();
  const choosing = useChoosing(lines);
  const [confirmed, setConfirmed] = useState(false);
  const [shown, setShown] = useState(shownAtOnce);
  const [stop, setStop] = useState<Stop | null>(null);

  const chosen = lines.filter(({ key }) => choosing.ticked.has(key));
  const lack = (line: Proposal) => lackOf(line, choosing.editOf(line.key));
  const lacking = chosen.filter((line) => lack(line) !== null);
  const hasSecret = chosen.some((line) => choosing.secretIn(line) !== null);
  const why: Stop | null =
    chosen.length === 0 ? 'noneTicked' : lacking.length > 0 ? 'repair' : hasSecret && !confirmed ? 'secrecy' : null;
  const isSaid = stop !== null && stop === why;
  const save = (element: HTMLElement) => {
    setStop(why);
    // A line that lacks something may stand below those that are drawn.
    if (why === 'repair') setShown(Math.max(shown, lines.findIndex((line) => lacking.includes(line)) + 1));
    if (why !== null) return focusInvalid(element);
    const threadId = newThreadIds(() => newId(here));
    const options = { table: journal.table, withDetail: choosing.withDetail, threadId };
    const inputs = chosen.flatMap((line) => inputOf(line, choosing.editOf(line.key), options) ?? []);
    void act(async () => onDone(await importEntries(inputs)));
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save(event.currentTarget);
      }}
    >
      <div class="row">
        <Button small onClick={() => choosing.tickAll(true)}>
          {text.tickAll}
        </Button>
        <Button small onClick={() => choosing.tickAll(false)}>
          {text.tickNone}
        </Button>
      </div>
      <ol class="import-lines" aria-label={text.preview}>
        {lines.slice(0, shown).map((line) => (
          <ImportLine
            key={line.key}
            line={line}
            edit={choosing.editOf(line.key)}
            ticked={choosing.ticked.has(line.key)}
            lack={isSaid && choosing.ticked.has(line.key) ? lack(line) : null}
            secret={choosing.secretIn(line)}
            table={journal.table}
            onTick={(ticked) => choosing.tick(line.key, ticked)}
            onEdit={(edit) => choosing.edit(line, edit)}
          />
        ))}
      </ol>
      {shown >= lines.length ? null : (
        <div class="row">
          <Button onClick={() => setShown(shown + shownAtOnce)}>
            {text.more(Math.min(shownAtOnce, lines.length - shown))}
          </Button>
        </div>
      )}
      {lines.some(({ item, filed }) => item.detail !== null && filed === null) ? (
        <div>
          <Tick checked={choosing.withDetail} onChange={choosing.setWithDetail}>
            {text.withDetail}
          </Tick>
          <p class="cap">{text.withDetailHint}</p>
        </div>
      ) : null}
      {hasSecret ? (
        <Message tone="amber" role={isSaid ? 'alert' : 'status'}>
          <p>{text.secrecyAsk}</p>
          <Tick checked={confirmed} onChange={setConfirmed}>
            {text.confirmSecrecy}
          </Tick>
        </Message>
      ) : null}
      {isSaid && why !== 'secrecy' ? (
        <Message tone="fail" role="alert">
          {why === 'noneTicked' ? text.noneTicked : text.repair(lacking.length)}
        </Message>
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <div class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {text.import(chosen.length)}
        </Button>
      </div>
    </form>
  );
}
