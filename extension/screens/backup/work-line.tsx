/** Progress of a long piece of work, with its way to stop; or why it failed. */
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { WorkState } from './use-work.ts';

export function WorkLine({ work }: { readonly work: WorkState }) {
  const words = useWords();
  if (work.problem !== null)
    return (
      <Message tone="fail" role="alert">
        {work.problem}
      </Message>
    );
  if (work.share === null) return null;
  const percent = Math.round(work.share * 100);
  return (
    <p class="row">
      <progress value={percent} max={100} aria-label={words.backup.progress} />
      <span class="meta num">{words.backup.working(percent)}</span>
      <Button small onClick={work.stop}>
        {words.backup.stop}
      </Button>
    </p>
  );
}
