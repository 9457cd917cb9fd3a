/** Ends a person's device, and on wish its signing keys. */
import { useState } from 'preact/hooks';
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { thumbprint } from '../../../shared/proof/signature.ts';
import { endDevice } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function EndDialog({
  row,
  onClose,
  onDone,
}: {
  readonly row: InvitationRow;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const text = words.accounts.people;
  const [withKeys, setWithKeys] = useState(false);
  const { busy, problem, act, signed } = useAct();
  const end = async () => {
    if (row.device === null) return;
    const keys = await Promise.all(row.logKeys.map(async ({ actor, jwk }) => ({ actor, kid: await thumbprint(jwk) })));
    await endDevice(row.device.id, withKeys ? keys : []);
  };
  return (
    <Dialog
      title={text.endTitle(row.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            kind="danger"
            disabled={busy}
            onClick={() => void (withKeys ? signed : act)(end).then((done) => (done ? onDone() : undefined))}
          >
            {text.endConfirm}
          </Button>
        </>
      }
    >
      <p>{text.endBody}</p>
      {row.logKeys.length === 0 ? null : (
        <Tick checked={withKeys} onChange={setWithKeys}>
          {text.endKeys}
        </Tick>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
