/** Narrows the lists of people and keys: by what is typed, and by where an invitation stands. */
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { type Stage, stageOf, stages } from './narrow.ts';

/** `stage` null: any. */
export interface Wanted {
  readonly typed: string;
  readonly stage: Stage | null;
}

export function PeopleFilter({
  wanted,
  rows,
  change,
}: {
  readonly wanted: Wanted;
  /** All that could be shown, for the counts. */
  readonly rows: readonly InvitationRow[];
  readonly change: (wanted: Wanted) => void;
}) {
  const text = useWords().accounts.people;
  const counts = stages.map((stage) => [stage, rows.filter((row) => stageOf(row) === stage).length] as const);
  return (
    <search class="people-filter">
      <TextField
        label={text.find}
        autocomplete="off"
        maxLength={100}
        value={wanted.typed}
        onInput={(event) => change({ ...wanted, typed: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.isComposing) change({ ...wanted, typed: '' });
        }}
      />
      <SelectField
        label={text.colState}
        value={wanted.stage ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ ...wanted, stage: stages.find((each) => each === value) ?? null })
        }
      >
        <option value="">{text.stageOf(null, rows.length)}</option>
        {counts.map(([stage, count]) =>
          count === 0 && stage !== wanted.stage ? null : (
            <option key={stage} value={stage}>
              {text.stageOf(stage, count)}
            </option>
          ),
        )}
      </SelectField>
    </search>
  );
}
