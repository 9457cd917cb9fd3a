/** Copies a text and says so. */
import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          void navigator.clipboard.writeText(text).then(() => setCopied(true));
        }}
      >
        {label ?? words.desk.copy}
      </Button>
      <span class="meta" role="status">
        {copied ? words.desk.copied : null}
      </span>
    </>
  );
}
