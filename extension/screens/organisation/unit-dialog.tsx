/** Adds a unit, or gives one another name or kind. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { Id } from '../../../shared/api/field.ts';
import { type Unit, UnitKind } from '../../../shared/api/organisation.ts';
import { isActorLike } from '../../../shared/organisation/config.ts';
import { addUnit, changeUnit } from '../../commands/organisation.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function UnitDialog({
  unit,
  units,
  onClose,
  onDone,
}: {
  /** Null: a new one. */
  readonly unit: Unit | null;
  readonly units: readonly Unit[];
  readonly onClose: () => void;
  readonly onDone: (unit: Unit, before: Unit | null) => void;
}) {
  const words = useWords();
  const text = words.organisation;
  const [id, setId] = useState(unit?.id ?? '');
  const [kind, setKind] = useState<UnitKind | null>(unit?.kind ?? null);
  const [zh, setZh] = useState(unit?.name.zh ?? '');
  const [en, setEn] = useState(unit?.name.en ?? '');
  const [tried, setTried] = useState(false);
  const { busy, problem, act } = useAct();
  const idError =
    unit !== null
      ? null
      : !v.is(Id, id)
        ? text.problem.ID_INVALID
        : isActorLike(id)
          ? text.problem.ID_RESERVED
          : units.some((each) => each.id === id)
            ? text.idTaken
            : null;
  const save = () => {
    setTried(true);
    if (idError !== null || kind === null || zh.trim() === '') return;
    const next = { id, kind, name: { zh: zh.trim(), en: en.trim() === '' ? zh.trim() : en.trim() } };
    void act(() => (unit === null ? addUnit(next) : changeUnit(next))).then((done) =>
      done ? onDone(next, unit) : undefined,
    );
  };
  return (
    <Dialog
      title={unit === null ? text.unitTitle : text.renameTitle(unit.name.zh)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={save}>
            {unit === null ? text.addUnit : words.common.save}
          </Button>
        </>
      }
    >
      {unit === null ? (
        <TextField
          label={text.unitId}
          hint={text.unitIdHint}
          value={id}
          maxLength={32}
          error={tried ? idError : null}
          onInput={(event) => setId(event.currentTarget.value)}
        />
      ) : null}
      <SelectField
        label={text.unitKind}
        value={kind ?? ''}
        error={tried && kind === null ? words.desk.chooseOne : null}
        onChange={(event) => setKind(UnitKind.options.find((each) => each === event.currentTarget.value) ?? null)}
      >
        <option value="">{words.desk.choose}</option>
        {UnitKind.options.map((each) => (
          <option key={each} value={each}>
            {words.domain.unitKind[each]}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text.nameZh}
        value={zh}
        maxLength={200}
        error={tried && zh.trim() === '' ? words.desk.fillIn : null}
        onInput={(event) => setZh(event.currentTarget.value)}
      />
      <TextField
        label={text.nameEn}
        hint={text.nameEnHint}
        lang="en"
        value={en}
        maxLength={200}
        onInput={(event) => setEn(event.currentTarget.value)}
      />
      <p class="meta">{unit === null ? text.unitStays : text.renameStays}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
