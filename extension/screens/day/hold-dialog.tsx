/** Withholding something that is written already. */
import { withhold } from '../../commands/withhold.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { mayBeOnServer, type Written } from '../../store/queries.ts';
import { useAct } from '../use-act.ts';
import { textOf } from './day-facts.ts';
import { GroundFields, useHold } from './hold-fields.tsx';

/** Says what happens to what the server has, and on a device that does not sign where it can be done. */
export function HoldDialog({
  entry,
  signs,
  onClose,
}: {
  readonly entry: Written;
  readonly signs: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const hold = useHold({ ground: 'privacy', basis: '' });
  const { act, problem, busy } = useAct();
  const isSent = useLive(() => mayBeOnServer(here.database, entry.id), [entry.id]);
  const confirm = async () => {
    const ground = hold.value();
    if (ground === null || ground === 'missing') return;
    if (await act(() => withhold(entry, ground))) onClose();
  };
  if (isSent === undefined) return null;
  if (isSent && !signs)
    return (
      <Dialog
        title={words.journal.withholdTitle}
        onClose={onClose}
        footer={<Button onClick={onClose}>{words.common.close}</Button>}
      >
        <p class="prose">{textOf(entry)}</p>
        <Message tone="amber">{words.journal.withholdThere}</Message>
      </Dialog>
    );
  return (
    <Dialog
      title={words.journal.withholdTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void confirm()}>
            {words.journal.held}
          </Button>
        </>
      }
    >
      <p class="prose">{textOf(entry)}</p>
      <GroundFields hold={hold} signs={signs} />
      <Message tone={isSent ? 'amber' : 'plain'}>
        {isSent ? words.journal.withholdErases : words.journal.withholdStays}
      </Message>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
