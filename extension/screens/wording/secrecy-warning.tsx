/** What stands below a text that is not saved yet because of a listed word. */
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';

/** `onConfirm`: its author says that nothing in it is classified. Alt K does the same in the field. */
export function SecrecyWarning({ word, onConfirm }: { readonly word: string; readonly onConfirm: () => void }) {
  const words = useWords();
  return (
    <Message tone="amber" role="alert">
      <b>{words.journal.secrecy(word)}</b> {words.wording.rule} <kbd>Alt</kbd> <kbd>K</kbd> {words.wording.ruleEnd}{' '}
      <button type="button" class="link" onClick={onConfirm}>
        {words.journal.saveAnyway}
      </button>
    </Message>
  );
}
