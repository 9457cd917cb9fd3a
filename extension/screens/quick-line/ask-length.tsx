/** A span that was read with a doubt about its end: what it is taken for, and that one more Enter says yes. */
import { formatMinute } from '../../../shared/time/civil.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Choice } from './reading.ts';

/** Nothing without a span. */
export function AskLength({ span }: { readonly span: Choice['span'] }) {
  const words = useWords();
  if (span === null) return null;
  const { start, end } = span;
  return (
    <Message tone="amber" role="alert">
      {words.journal.askLength(
        words.time.span(formatMinute(start), formatMinute(end)),
        words.time.duration(end - start),
      )}
    </Message>
  );
}
