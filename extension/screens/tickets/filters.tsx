/** Which tickets the list has, and in what order. */
import type { Input } from '../../../shared/api/endpoint.ts';
import type { getTickets } from '../../../shared/api/tickets.ts';
import { commentKinds } from '../../../shared/feedback/comment.ts';
import { ticketStates } from '../../../shared/feedback/ticket.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';

/** As the server is asked, without the page. */
export type Wanted = Omit<Input<(typeof getTickets)['query']>, 'after'>;

/** What one comes for: nearest due date first. */
export const everyday: Wanted = { only: 'open', sort: 'due' };

export function Filters({ wanted, change }: { readonly wanted: Wanted; readonly change: (wanted: Wanted) => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const state = wanted.state ?? wanted.only ?? 'all';
  const { only: _, state: __, ...rest } = wanted;
  const stateNamed = (name: string): Wanted => {
    if (name === 'open' || name === 'overdue') return { ...rest, only: name };
    const found = ticketStates.find((each) => each === name);
    return found === undefined ? rest : { ...rest, state: found };
  };
  return (
    <search class="ticket-filters">
      <TextField
        label={text.find}
        autocomplete="off"
        maxLength={100}
        value={wanted.find ?? ''}
        onInput={(event) => change({ ...wanted, find: event.currentTarget.value })}
      />
      <SelectField
        label={text.filter}
        value={state}
        onChange={(event) => change(stateNamed(event.currentTarget.value))}
      >
        <option value="open">{text.open}</option>
        <option value="overdue">{text.overdue}</option>
        <option value="all">{text.all}</option>
        {ticketStates.map((each) => (
          <option key={each} value={each}>
            {words.domain.ticketState[each]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={text.kind}
        value={wanted.kind ?? ''}
        onChange={(event) => {
          const { kind: _kind, ...others } = wanted;
          const found = commentKinds.find((each) => each === event.currentTarget.value);
          change(found === undefined ? others : { ...others, kind: found });
        }}
      >
        <option value="">{text.all}</option>
        {commentKinds
          .filter((each) => each !== 'sympathy')
          .map((each) => (
            <option key={each} value={each}>
              {words.domain.commentKind[each]}
            </option>
          ))}
      </SelectField>
      <SelectField
        label={text.colUnit}
        value={wanted.unit ?? ''}
        onChange={(event) => {
          const { unit: _unit, ...others } = wanted;
          const { value } = event.currentTarget;
          change(value === '' ? others : { ...others, unit: value });
        }}
      >
        <option value="">{text.all}</option>
        {desk.units.map(({ id }) => (
          <option key={id} value={id}>
            {desk.unitName(id)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={text.sort}
        value={wanted.sort ?? 'newest'}
        onChange={(event) => change({ ...wanted, sort: event.currentTarget.value === 'due' ? 'due' : 'newest' })}
      >
        <option value="due">{text.sortDue}</option>
        <option value="newest">{text.sortNewest}</option>
      </SelectField>
    </search>
  );
}
