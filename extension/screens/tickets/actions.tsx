/** What is to be done on a ticket: actions of units with dates; the unit's handler adds and changes them. */
import { useState } from 'preact/hooks';
import type { TicketView } from '../../../shared/api/tickets.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { type ActionState, actionStates, workStates } from '../../../shared/feedback/ticket.ts';
import { setAction } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

type Row = TicketView['actions'][number];

export function Actions({
  ticket,
  changed,
}: {
  readonly ticket: TicketView;
  readonly changed: (ticket: TicketView) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const [open, setOpen] = useState<'new' | Row | null>(null);
  const handlesFor = (of: string | null) => desk.grants.some(({ role, unit }) => role === 'handler' && unit === of);
  const handles = ticket.unit !== null && handlesFor(ticket.unit);
  const isWorked = workStates.includes(ticket.state);
  const isEnded = ticket.state === 'referred' || ticket.state === 'merged';
  return (
    <section class="stack">
      <h2 class="h">{text.actions}</h2>
      {ticket.actions.length === 0 ? (
        <p class="meta">{text.actionsNone}</p>
      ) : (
        <div class="scroll">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{text.actionText}</th>
                <th scope="col">{text.actionUnit}</th>
                <th scope="col" class="n">
                  {text.actionDate}
                </th>
                <th scope="col" class="n">
                  {text.actionState}
                </th>
              </tr>
            </thead>
            <tbody>
              {ticket.actions.map((row) => (
                <tr key={row.id}>
                  <td class="prime">
                    {!isEnded && (handles || handlesFor(row.unit)) ? (
                      <button
                        type="button"
                        class="link"
                        aria-label={text.changeAction(row.text)}
                        onClick={() => setOpen(row)}
                      >
                        {row.text}
                      </button>
                    ) : (
                      row.text
                    )}
                    {row.reason === null ? null : <p class="cap">{row.reason}</p>}
                  </td>
                  <td class="named">{desk.unitName(row.unit)}</td>
                  <td class="n num">{words.time.date(row.date)}</td>
                  <td class="n">{text.action[row.state]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {handles && isWorked ? (
        <p>
          <Button small icon="plus" onClick={() => setOpen('new')}>
            {text.addAction}
          </Button>
        </p>
      ) : null}
      {open === null ? null : (
        <ActionDialog
          ticket={ticket}
          row={open === 'new' ? null : open}
          rewrites={handles && isWorked}
          onClose={() => setOpen(null)}
          onDone={(next) => {
            setOpen(null);
            changed(next);
          }}
        />
      )}
    </section>
  );
}

/** `rewrites` false: nothing but the state may change. */
function ActionDialog({
  ticket,
  row,
  rewrites,
  onClose,
  onDone,
}: {
  readonly ticket: TicketView;
  readonly row: Row | null;
  readonly rewrites: boolean;
  readonly onClose: () => void;
  readonly onDone: (ticket: TicketView) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const [what, setWhat] = useState(row?.text ?? '');
  const [unit, setUnit] = useState(row?.unit ?? ticket.unit ?? '');
  const [date, setDate] = useState(row?.date ?? '');
  const [state, setState] = useState<ActionState>(row?.state ?? 'open');
  const reason = useDraft(`ticket.${ticket.number}.action.${row?.id ?? 'new'}`);
  const [tried, setTried] = useState(false);
  const { busy, problem, act } = useAct();
  const why = noteOf(reason.text) ?? row?.reason ?? null;
  const missing = (empty: boolean) => (tried && empty ? words.desk.fillIn : null);
  const gaps = gapsOf(`${what} ${why ?? ''}`);
  const isReady =
    gaps.length === 0 && what.trim() !== '' && unit !== '' && date !== '' && (state !== 'dropped' || why !== null);
  const save = () => {
    setTried(true);
    if (!isReady) return;
    let next: TicketView | null = null;
    void act(async () => {
      const body = { unit, text: what.trim(), date, state, reason: state === 'dropped' ? why : null };
      next = await setAction(ticket.number, row?.id ?? null, body);
    }).then(() => {
      if (next === null) return;
      reason.drop();
      onDone(next);
    });
  };
  return (
    <Dialog
      title={row === null ? text.addActionTitle : text.changeAction(row.text)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={save}>
            {words.common.save}
          </Button>
        </>
      }
    >
      <TextField
        label={text.actionText}
        value={what}
        maxLength={400}
        readOnly={!rewrites}
        error={gaps.length > 0 ? text.gapsLeft(gaps) : missing(what.trim() === '')}
        onInput={(event) => setWhat(event.currentTarget.value)}
      />
      <div class="fields">
        <SelectField
          label={text.actionUnit}
          value={unit}
          disabled={!rewrites}
          error={missing(unit === '')}
          onChange={(event) => setUnit(event.currentTarget.value)}
        >
          <option value="">{words.desk.choose}</option>
          {desk.units.map(({ id }) => (
            <option key={id} value={id}>
              {desk.unitName(id)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={text.actionDate}
          type="date"
          value={date}
          readOnly={!rewrites}
          error={missing(date === '')}
          onInput={(event) => setDate(event.currentTarget.value)}
        />
        <SelectField
          label={text.actionState}
          value={state}
          onChange={(event) => setState(actionStates.find((each) => each === event.currentTarget.value) ?? 'open')}
        >
          {actionStates.map((each) => (
            <option key={each} value={each}>
              {text.action[each]}
            </option>
          ))}
        </SelectField>
      </div>
      {state === 'dropped' ? (
        <DraftArea
          draft={reason}
          label={text.actionReason}
          hint={text.actionReasonHint}
          most={400}
          error={missing(why === null)}
        />
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
