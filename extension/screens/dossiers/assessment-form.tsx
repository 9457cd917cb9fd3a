/** Which face stands under which head of assessment, and how long the leader has. */
import { useState } from 'preact/hooks';
import { type Assessment, type FaceId, faces, heads } from '../../../shared/portrait/faces.ts';
import { changeAssessment } from '../../commands/dossiers.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function AssessmentForm({
  set,
  saved,
}: {
  readonly set: Assessment;
  readonly saved: (assessment: Assessment) => void;
}) {
  const words = useWords();
  const text = words.portrait;
  const [mapping, setMapping] = useState(set.mapping);
  const [days, setDays] = useState(String(set.leaderWorkingDays));
  const [done, setDone] = useState(false);
  const { busy, problem, act } = useAct();
  const number = /^\d{1,2}$/.test(days) && Number(days) >= 1 && Number(days) <= 30 ? Number(days) : null;
  const changes =
    faces.filter((face) => mapping[face] !== set.mapping[face]).length + (number === set.leaderWorkingDays ? 0 : 1);
  const change = (face: FaceId, value: string) => {
    setDone(false);
    setMapping({ ...mapping, [face]: heads.find((head) => head === value) ?? mapping[face] });
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        if (number === null) return;
        void act(async () => {
          saved(await changeAssessment({ mapping, leaderWorkingDays: number }));
          setDone(true);
        });
      }}
    >
      <h2 class="h">{text.settings}</h2>
      <p class="meta">{text.settingsAbout}</p>
      <div class="fields cells">
        {faces.map((face) => (
          <SelectField
            key={face}
            label={text.face[face]}
            value={mapping[face]}
            onChange={({ currentTarget: { value } }) => change(face, value)}
          >
            {heads.map((head) => (
              <option key={head} value={head}>
                {text.head[head]}
              </option>
            ))}
          </SelectField>
        ))}
        <TextField
          label={text.days}
          type="number"
          min="1"
          max="30"
          value={days}
          error={number === null ? text.daysWrong : null}
          onInput={({ currentTarget: { value } }) => {
            setDone(false);
            setDays(value);
          }}
        />
      </div>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button type="submit" disabled={busy || changes === 0}>
          {text.save}
        </Button>
        <span class="meta" role="status">
          {done ? text.saved : changes === 0 ? null : text.changes(changes)}
        </span>
      </p>
    </form>
  );
}
