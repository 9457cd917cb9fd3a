/** Ends one signing key in the log, for a reason. */
import { useState } from 'preact/hooks';
import { endKey, type KeyName, type KeyReason } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { Fingerprint } from '../desk/fingerprint.tsx';
import { useAct } from '../use-act.ts';
import { ReasonField } from './reason-field.tsx';

export function EndKeyDialog({
  name,
  who,
  onClose,
  onDone,
}: {
  readonly name: KeyName;
  /** Whose key it is, in words. */
  readonly who: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const text = words.accounts.people;
  const [why, setWhy] = useState<KeyReason | null>(null);
  const [tried, setTried] = useState(false);
  const { busy, problem, signed } = useAct();
  const end = () => {
    setTried(true);
    if (why === null) return;
    void signed(() => endKey(name, why)).then((done) => (done ? onDone() : undefined));
  };
  return (
    <Dialog
      title={text.endKeyTitle(who)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="danger" disabled={busy} onClick={end}>
            {text.endKeyConfirm}
          </Button>
        </>
      }
    >
      <dl class="fingers">
        <Fingerprint label={who} kid={name.kid} />
      </dl>
      <ReasonField label={text.endKeyWhy} value={why} follows={text.afterEnd} tried={tried} onChoose={setWhy} />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
