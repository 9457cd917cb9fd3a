/** Another name for a thread, and further names by which # finds it. */
import { useState } from 'preact/hooks';
import { renameThread, setAliases } from '../../commands/threads.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';
import type { OwnThread } from './use-threads.ts';

export function NamesDialog({ thread, onClose }: { readonly thread: OwnThread; readonly onClose: () => void }) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const [name, setName] = useState(thread.name);
  const [aliases, setAliasText] = useState(thread.aliases.join(words.common.enumeration));
  const [isMissing, setMissing] = useState(false);
  const save = async () => {
    setMissing(name.trim() === '');
    if (name.trim() === '') return;
    const isDone = await act(async () => {
      if (name.trim() !== thread.name) await renameThread(thread.id, name);
      await setAliases(thread.id, aliases.split(/[、，,;；\n]/));
    });
    if (isDone) onClose();
  };
  return (
    <Dialog
      title={words.threads.names}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void save()}>
            {words.common.save}
          </Button>
        </>
      }
    >
      <TextField
        label={words.threads.name}
        value={name}
        disabled={thread.given}
        maxLength={100}
        hint={thread.given ? words.threads.given : words.threads.renameEffect}
        error={isMissing ? words.threads.nameMissing : null}
        onInput={({ currentTarget: { value } }) => setName(value)}
      />
      <TextField
        label={words.threads.aliases}
        optional
        value={aliases}
        hint={words.threads.aliasesHint}
        onInput={({ currentTarget: { value } }) => setAliasText(value)}
      />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
