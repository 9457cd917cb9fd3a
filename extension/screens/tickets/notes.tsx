/** What is written beside the moves: to the reporter, of a call, or for the desk alone. */
import { useState } from 'preact/hooks';
import type { TicketView } from '../../../shared/api/tickets.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { type NoteKind, noteKinds, workStates } from '../../../shared/feedback/ticket.ts';
import { writeNote } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup } from '../../components/choice.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

export function Notes({
  ticket,
  changed,
}: {
  readonly ticket: TicketView;
  readonly changed: (ticket: TicketView) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const handles = desk.grants.some(({ role, unit }) => role === 'handler' && unit === ticket.unit);
  const contacts = handles && (workStates.includes(ticket.state) || ticket.state === 'replied');
  const writes = handles || desk.may('tickets.register') || desk.may('tickets.dispatch');
  return (
    <section class="stack">
      <h2 class="h">{text.notes}</h2>
      {ticket.notes.length === 0 ? (
        <p class="meta">{text.notesNone}</p>
      ) : (
        <ol class="line">
          {ticket.notes.map((note, n) => (
            <li key={`${note.at} ${n}`} class={note.kind === 'message' ? '' : 'int'}>
              <time class="num">{desk.moment(note.at)}</time>
              <b>{text.noteKind[note.kind]}</b>
              {note.unit === null ? null : <span class="meta">{desk.unitName(note.unit)}</span>}
              <p class="prose">{note.text}</p>
            </li>
          ))}
        </ol>
      )}
      {writes ? (
        <NoteForm
          key={contacts ? 'all' : 'internal'}
          number={ticket.number}
          kinds={contacts ? noteKinds : ['internal']}
          changed={changed}
        />
      ) : null}
    </section>
  );
}

function NoteForm({
  number,
  kinds,
  changed,
}: {
  readonly number: string;
  readonly kinds: readonly NoteKind[];
  readonly changed: (ticket: TicketView) => void;
}) {
  const words = useWords();
  const text = words.tickets;
  const [kind, setKind] = useState<NoteKind>(kinds[0] ?? 'internal');
  const [tried, setTried] = useState(false);
  const draft = useDraft(`ticket.${number}.note`);
  const { busy, problem, act } = useAct();
  const said = noteOf(draft.text);
  const gaps = kind === 'message' ? gapsOf(draft.text) : [];
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (said === null || gaps.length > 0) return;
        let next: TicketView | null = null;
        void act(async () => {
          next = await writeNote(number, kind, said);
        }).then(() => {
          if (next === null) return;
          draft.drop();
          setTried(false);
          changed(next);
        });
      }}
    >
      {kinds.length > 1 ? (
        <RadioGroup
          label={text.noteFor}
          value={kind}
          options={kinds.map((each) => ({ value: each, label: text.noteTo[each] }))}
          onChoose={setKind}
        />
      ) : null}
      <DraftArea
        draft={draft}
        label={text.noteText[kind]}
        hint={text.noteHint[kind]}
        most={2000}
        rows={2}
        error={tried && said === null ? words.desk.fillIn : gaps.length > 0 ? text.gapsLeft(gaps) : null}
      />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p>
        <Button small type="submit" disabled={busy}>
          {text.noteSend[kind]}
        </Button>
      </p>
    </form>
  );
}
