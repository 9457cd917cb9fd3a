/** One move of many tickets with one note; what became of each is said before it closes. */
import { useState } from 'preact/hooks';
import type { TicketRow } from '../../../shared/api/tickets.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { type ManyInput, type ManyResults, moveTickets } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup, Tick } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

const targets = ['assigned', 'referred', 'supervised'] as const satisfies readonly ManyInput['to'][];

/** `onDone` is called once the server has answered, before the results are read. */
export function ManyDialog({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly TicketRow[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const [to, setTo] = useState<ManyInput['to']>('assigned');
  const [unit, setUnit] = useState('');
  const [isPublic, setPublic] = useState(false);
  const [tried, setTried] = useState(false);
  const [results, setResults] = useState<ManyResults | null>(null);
  const note = useDraft('tickets.many');
  const { busy, problem, act } = useAct();
  const said = noteOf(note.text);
  const mustSay = to === 'referred';
  const isRead = isPublic || mustSay;
  const gaps = isRead ? gapsOf(note.text) : [];
  const send = () => {
    setTried(true);
    if ((to === 'assigned' && unit === '') || (mustSay && said === null) || gaps.length > 0) return;
    const tickets = rows.map(({ number, version }) => ({ number, version }));
    void act(async () => {
      setResults(
        await moveTickets({ tickets, to, note: said, public: isRead, ...(to === 'assigned' ? { unit } : {}) }),
      );
      note.drop();
      onDone();
    });
  };
  if (results !== null)
    return (
      <Dialog
        title={text.manyDone(results.filter(({ code }) => code === null).length, results.length)}
        onClose={onClose}
        footer={
          <Button kind="primary" onClick={onClose}>
            {words.common.close}
          </Button>
        }
      >
        <ul class="stack">
          {results.map(({ number, code, allowed }) => (
            <li key={number}>
              <b class="num">{number}</b>{' '}
              {code === null ? (
                words.domain.ticketState[to]
              ) : (
                <>
                  {words.domain.refusal[code]}
                  {allowed.length === 0 ? null : (
                    <span class="cap"> {text.manyAllowed(allowed.map((each) => text.move[each]))}</span>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      </Dialog>
    );
  return (
    <Dialog
      title={text.manyTitle(rows.length)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={send}>
            {text.move[to]}
          </Button>
        </>
      }
    >
      <p class="cap num">{rows.map(({ number }) => number).join(words.common.enumeration)}</p>
      <RadioGroup
        label={text.chooseMove}
        value={to}
        options={targets.map((each) => ({ value: each, label: text.move[each] }))}
        onChoose={setTo}
      />
      {to === 'assigned' ? (
        <SelectField
          label={text.unit}
          value={unit}
          error={tried && unit === '' ? words.desk.chooseOne : null}
          onChange={(event) => setUnit(event.currentTarget.value)}
        >
          <option value="">{words.desk.choose}</option>
          {desk.units.map(({ id }) => (
            <option key={id} value={id}>
              {desk.unitName(id)}
            </option>
          ))}
        </SelectField>
      ) : null}
      <DraftArea
        draft={note}
        label={text.note[to]}
        {...(mustSay ? { hint: text.alwaysPublic } : {})}
        most={4000}
        optional={!mustSay}
        error={tried && mustSay && said === null ? words.desk.fillIn : gaps.length > 0 ? text.gapsLeft(gaps) : null}
      />
      {mustSay ? null : (
        <Tick checked={isPublic} onChange={setPublic}>
          {text.public}
        </Tick>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
