/** Asks before something written is deleted. */
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useWords } from '../../locales/use-words.ts';

/** Shows `text`, which would go. */
export function RemoveDialog({
  text,
  onClose,
  onRemove,
}: {
  readonly text: string;
  readonly onClose: () => void;
  readonly onRemove: () => Promise<void>;
}) {
  const words = useWords();
  return (
    <Dialog
      title={words.journal.confirmRemove}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="danger" onClick={() => void onRemove()}>
            {words.common.remove}
          </Button>
        </>
      }
    >
      <p class="prose">{text}</p>
      <p class="meta">{words.journal.confirmRemoveBody}</p>
    </Dialog>
  );
}
