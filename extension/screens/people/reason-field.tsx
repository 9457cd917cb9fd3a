/** Why a key ends or follows another, and what comes of it in one sentence. */
import { type KeyReason, keyReasons } from '../../commands/accounts.ts';
import { SelectField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';

export function ReasonField({
  label,
  value,
  follows,
  tried,
  onChoose,
}: {
  readonly label: string;
  readonly value: KeyReason | null;
  /** What comes of each reason. */
  readonly follows: Readonly<Record<KeyReason, string>>;
  readonly tried: boolean;
  readonly onChoose: (why: KeyReason | null) => void;
}) {
  const words = useWords();
  return (
    <>
      <SelectField
        label={label}
        value={value ?? ''}
        error={tried && value === null ? words.desk.chooseOne : null}
        onChange={(event) => onChoose(keyReasons.find((each) => each === event.currentTarget.value) ?? null)}
      >
        <option value="">{words.desk.choose}</option>
        {keyReasons.map((reason) => (
          <option key={reason} value={reason}>
            {words.accounts.people.whys[reason]}
          </option>
        ))}
      </SelectField>
      <p role="status">{value === null ? null : follows[value]}</p>
    </>
  );
}
