/** Units of all kinds with who heads them: add, rename, change the head, import a table. */
import { useState } from 'preact/hooks';
import {
  getOrganisation,
  type Organisation,
  type Term,
  type Unit,
  UnitKind,
} from '../../../shared/api/organisation.ts';
import { changeUnit, undoImport } from '../../commands/organisation.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import type { Saying } from '../../locales/use-saying.ts';
import { useLanguage, useWords, type Words } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { ImportDialog } from './import-dialog.tsx';
import { TermDialog } from './term-dialog.tsx';
import { UnitDialog } from './unit-dialog.tsx';

type Open =
  | { readonly dialog: 'add' | 'import' }
  | { readonly dialog: 'rename'; readonly unit: Unit }
  | { readonly dialog: 'term'; readonly unit: Unit };

interface Done {
  readonly says: Saying;
  /** Sets it back and gives what says so; null where there is nothing to set back. */
  readonly undo: (() => Promise<Saying>) | null;
}

export function UnitsSection() {
  const words = useWords();
  const desk = useDesk();
  const text = words.organisation;
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const { busy, problem, act } = useAct();
  const read = useAnswer(() => call(getOrganisation), []);
  const finish = (says: Saying, undo: Done['undo'] = null) => {
    setOpen(null);
    setDone({ says, undo });
    void read.again();
  };
  const undo = (back: () => Promise<Saying>) => act(async () => finish(await back()));
  const rename = (before: Unit) => async () => {
    await changeUnit(before);
    return ({ organisation }: Words) => organisation.unitRenamed(before.name.zh);
  };
  const takeBack = (id: string) => async () => {
    await undoImport(id);
    return ({ organisation }: Words) => organisation.importUndone;
  };
  const close = () => setOpen(null);
  return (
    <section class="stack">
      <div class="row">
        <Button kind="primary" icon="plus" onClick={() => setOpen({ dialog: 'add' })}>
          {text.addUnit}
        </Button>
        <Button icon="file" onClick={() => setOpen({ dialog: 'import' })}>
          {text.importUnits}
        </Button>
      </div>
      {done === null ? null : (
        <Message tone="ok" role="status">
          {done.says(words)}{' '}
          {done.undo === null ? null : (
            <button
              type="button"
              class="link"
              disabled={busy}
              onClick={() => done.undo !== null && void undo(done.undo)}
            >
              {words.common.undo}
            </button>
          )}
        </Message>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {(organisation) => (
          <>
            {organisation.units.length === 0 ? (
              <Empty title={text.noUnits} />
            ) : (
              <Units organisation={organisation} act={setOpen} />
            )}
            {open?.dialog === 'add' || open?.dialog === 'rename' ? (
              <UnitDialog
                unit={open.dialog === 'rename' ? open.unit : null}
                units={organisation.units}
                onClose={close}
                onDone={(unit, before) =>
                  before === null
                    ? finish(({ organisation }) => organisation.unitAdded(unit.name.zh))
                    : finish(({ organisation }) => organisation.unitRenamed(unit.name.zh), rename(before))
                }
              />
            ) : null}
            {open?.dialog === 'term' ? (
              <TermDialog
                unit={open.unit}
                terms={organisation.terms.filter((term) => term.unit === open.unit.id)}
                onClose={close}
                onDone={() => finish(({ organisation }) => organisation.termDone(open.unit.name.zh))}
              />
            ) : null}
            {open?.dialog === 'import' ? (
              <ImportDialog
                known={organisation}
                onClose={close}
                onDone={({ added, changed, terms, undo: id }) =>
                  finish(
                    ({ organisation }) => organisation.imported(added, changed, terms),
                    id === null ? null : takeBack(id),
                  )
                }
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Units({
  organisation: { units, terms },
  act,
}: {
  readonly organisation: Organisation;
  readonly act: (open: Open) => void;
}) {
  const words = useWords();
  const text = words.organisation;
  const [kind, setKind] = useState<UnitKind | null>(null);
  const shown = kind === null ? units : units.filter((unit) => unit.kind === kind);
  return (
    <>
      <div class="inline-field short">
        <SelectField
          label={text.unitKindFilter}
          value={kind ?? ''}
          onChange={(event) => setKind(UnitKind.options.find((each) => each === event.currentTarget.value) ?? null)}
        >
          <option value="">{text.allKinds}</option>
          {UnitKind.options.map((each) => (
            <option key={each} value={each}>
              {words.domain.unitKind[each]}
            </option>
          ))}
        </SelectField>
      </div>
      <div class="scroll">
        <table class="units-table stacks">
          <thead>
            <tr>
              <th scope="col">{text.colUnit}</th>
              <th scope="col">{text.colKind}</th>
              <th scope="col">{text.colHead}</th>
              <th scope="col" class="n">
                {text.colActs}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((unit) => (
              <UnitRow key={unit.id} unit={unit} terms={terms.filter((term) => term.unit === unit.id)} act={act} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function UnitRow({
  unit,
  terms,
  act,
}: {
  readonly unit: Unit;
  readonly terms: readonly Term[];
  readonly act: (open: Open) => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const text = words.organisation;
  const name = unit.name[language];
  const running = terms.find(({ to }) => to === null);
  const former = terms.filter((term) => term !== running);
  return (
    <tr>
      <th scope="row">
        <p>{name}</p>
        <p class="cap code">{unit.id}</p>
      </th>
      <td class="corner">{words.domain.unitKind[unit.kind]}</td>
      <td>
        {running === undefined ? (
          <p class="meta">{text.noHead}</p>
        ) : (
          <p>
            {running.post} <span class="meta num">{text.since(running.from)}</span>
          </p>
        )}
        {former.length === 0 ? null : (
          <details>
            <summary>{text.formerHeads(former.length)}</summary>
            {former.map(({ id, post, from, to }) => (
              <p key={id} class="cap num">
                {post} {text.termSpan(from, to ?? '')}
              </p>
            ))}
          </details>
        )}
      </td>
      <td class="n">
        <Button small aria-label={text.renameOf(name)} onClick={() => act({ dialog: 'rename', unit })}>
          {text.rename}
        </Button>{' '}
        <Button small aria-label={text.newHeadOf(name)} onClick={() => act({ dialog: 'term', unit })}>
          {text.newHead}
        </Button>
      </td>
    </tr>
  );
}
