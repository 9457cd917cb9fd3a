/** Copies a text and says so until its button is left; says too where the browser does not allow it. */
import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function CopyButton({
  text,
  label,
  small = false,
}: {
  readonly text: string;
  readonly label?: string;
  readonly small?: boolean;
}) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  const { problem, act } = useAct();
  return (
    <>
      <Button
        small={small}
        onClick={() => {
          setCopied(false);
          void act(() => navigator.clipboard.writeText(text)).then(setCopied);
        }}
        onBlur={() => setCopied(false)}
      >
        {label ?? words.desk.copy}
      </Button>
      <span class="meta" role="status">
        {copied ? words.desk.copied : problem}
      </span>
    </>
  );
}
