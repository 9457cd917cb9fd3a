/** Makes a draw void, with a public reason. */
import { useState } from 'preact/hooks';
import type { DrawRow } from '../../../shared/api/draws.ts';
import { voidDraw } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

export function VoidDialog({
  row,
  onClose,
  onDone,
}: {
  readonly row: DrawRow;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const text = words.draws.void;
  const reason = useDraft(`draw.${row.draw}.void`);
  const [tried, setTried] = useState(false);
  const { busy, problem, signed } = useAct();
  const said = noteOf(reason.text);
  const confirm = () => {
    setTried(true);
    if (said === null) return;
    void signed(() => voidDraw(row, said)).then((done) => {
      if (!done) return;
      reason.drop();
      onDone();
    });
  };
  return (
    <Dialog
      title={text.title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="danger" disabled={busy} onClick={confirm}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <p>{text.body}</p>
      <DraftArea
        draft={reason}
        label={text.reason}
        hint={text.reasonHint}
        most={400}
        error={tried && said === null ? words.desk.fillIn : null}
      />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
