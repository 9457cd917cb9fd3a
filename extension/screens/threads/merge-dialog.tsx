/** Merging a thread into another: says what changes and what does not before it is done. */
import { useState } from 'preact/hooks';
import { nameKey } from '../../../shared/diary/quick-entry/marks.ts';
import { mergeThread } from '../../commands/threads.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { goTo } from '../desk/route.ts';
import { useAct } from '../use-act.ts';
import type { OwnThread } from './use-threads.ts';

/** `others` may contain the thread itself. Those of the same name, which two devices make, stand first. */
export function MergeDialog({
  thread,
  others,
  onClose,
}: {
  readonly thread: OwnThread;
  readonly others: readonly OwnThread[];
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const isNamesake = ({ name }: OwnThread) => nameKey(name) === nameKey(thread.name);
  const choices = others.filter(({ id }) => id !== thread.id);
  const ordered = [...choices.filter(isNamesake), ...choices.filter((other) => !isNamesake(other))];
  const [chosen, setChosen] = useState(ordered[0] !== undefined && isNamesake(ordered[0]) ? ordered[0].id : '');
  const [isMissing, setMissing] = useState(false);
  const into = choices.find(({ id }) => id === chosen);
  const merge = async () => {
    setMissing(into === undefined);
    if (into === undefined) return;
    const { id, name } = into;
    if (!(await act(() => mergeThread({ id: thread.id, name: thread.name }, { id, name })))) return;
    onClose();
    goTo('threads', id);
  };
  return (
    <Dialog
      title={words.threads.mergeTitle(thread.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void merge()}>
            {words.threads.mergeDo}
          </Button>
        </>
      }
    >
      <SelectField
        label={words.threads.into}
        value={chosen}
        error={isMissing ? words.threads.chooseMissing : null}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
      >
        <option value="">{words.threads.choose}</option>
        {ordered.map((other) => (
          <option key={other.id} value={other.id}>
            {isNamesake(other) ? words.threads.sameName(other.name) : other.name}
          </option>
        ))}
      </SelectField>
      <Message tone="amber">{words.threads.mergeEffect}</Message>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
