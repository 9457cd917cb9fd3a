/** The organiser's own signing key goes to a new one: the old key enrols it. */
import { rotateOwnKeys } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function RotateDialog({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const words = useWords();
  const text = words.accounts.people;
  const { busy, problem, signed } = useAct();
  const rotate = () => void signed(() => rotateOwnKeys()).then((done) => (done ? onDone() : undefined));
  return (
    <Dialog
      title={text.rotateTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={rotate}>
            {text.rotateConfirm}
          </Button>
        </>
      }
    >
      <p>{text.rotateBody}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
