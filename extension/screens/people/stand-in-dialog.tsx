/** Arranges who stands in: person, role, unit, for whom, and the days. */
import { useState } from 'preact/hooks';
import { type PersonRow, type StandInRole, standInRoles } from '../../../shared/api/stand-ins.ts';
import { isLogRole, isUnitRole } from '../../../shared/organisation/role.ts';
import { civilOf, dayOf, formatDay, zoneOffset } from '../../../shared/time/civil.ts';
import { addStandIn } from '../../commands/stand-ins.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';

export function StandInDialog({
  people,
  onClose,
  onDone,
}: {
  readonly people: readonly PersonRow[];
  readonly onClose: () => void;
  readonly onDone: (name: string) => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const desk = useDesk();
  const text = words.standIns;
  const [person, setPerson] = useState('');
  const [role, setRole] = useState<StandInRole | ''>('');
  const [unit, setUnit] = useState('');
  const [instead, setInstead] = useState('');
  const [from, setFrom] = useState(() => formatDay(dayOf(civilOf(desk.now, zoneOffset(desk.zone) ?? (() => 0)))));
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, problem, act } = useAct();
  const needsUnit = role !== '' && isUnitRole(role);
  // Those who hold the role, in the unit where it has one.
  const holders = people.filter(
    ({ id, grants }) =>
      id !== person && grants.some((grant) => grant.role === role && (!needsUnit || grant.unit === unit)),
  );
  const add = () => {
    setTried(true);
    if (person === '' || role === '' || (needsUnit && unit === '') || from === '') return;
    const wish = {
      person,
      role,
      unit: needsUnit ? unit : null,
      instead: holders.some(({ id }) => id === instead) ? instead : null,
      from,
      to: to === '' ? null : to,
    };
    const name = people.find(({ id }) => id === person)?.name ?? '';
    void act(() => addStandIn(wish)).then((done) => (done ? onDone(name) : undefined));
  };
  return (
    <Dialog
      title={text.addTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={add}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <SelectField
        label={text.person}
        hint={text.personHint}
        value={person}
        error={tried && person === '' ? words.desk.chooseOne : null}
        onChange={(event) => setPerson(event.currentTarget.value)}
      >
        <option value="">{words.desk.choose}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={text.role}
        value={role}
        error={tried && role === '' ? words.desk.chooseOne : null}
        onChange={(event) => setRole(standInRoles.find((each) => each === event.currentTarget.value) ?? '')}
      >
        <option value="">{words.desk.choose}</option>
        {standInRoles.map((each) => (
          <option key={each} value={each}>
            {words.domain.role[each]}
          </option>
        ))}
      </SelectField>
      {role !== '' && isLogRole(role) ? <Message tone="amber">{text.signs}</Message> : null}
      {needsUnit ? (
        <SelectField
          label={text.unit}
          value={unit}
          error={tried && unit === '' ? words.desk.chooseOne : null}
          onChange={(event) => setUnit(event.currentTarget.value)}
        >
          <option value="">{words.desk.choose}</option>
          {desk.units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name[language]}
            </option>
          ))}
        </SelectField>
      ) : null}
      <SelectField label={text.instead} value={instead} onChange={(event) => setInstead(event.currentTarget.value)}>
        <option value="">{text.insteadNobody}</option>
        {holders.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div class="fields">
        <TextField
          label={text.from}
          type="date"
          value={from}
          error={tried && from === '' ? words.desk.fillIn : null}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
        <TextField
          label={text.to}
          hint={text.toHint}
          type="date"
          min={from}
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <p class="meta">{text.seen}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
