/** What a page offers where nothing can be stored: a text that lives as long as the page, and a file to take it away. */
import { useId, useState } from 'preact/hooks';
import { Button } from '../components/button.tsx';
import { Message } from '../components/message.tsx';
import type { Words } from '../locales/use-words.ts';
import { download } from './backup/download.ts';

export function Unstored({ words: { common } }: { readonly words: Words }) {
  const id = useId();
  const [text, setText] = useState('');
  return (
    <>
      <Message tone="amber" role="alert">
        {common.storageBroken}
      </Message>
      <p class="unstored">
        <label for={id}>{common.unstored}</label>
        <textarea id={id} class="in" rows={8} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <Button
          disabled={text.trim() === ''}
          onClick={() => download(`${common.product}.txt`, new Blob([text], { type: 'text/plain;charset=utf-8' }))}
        >
          {common.saveFile}
        </Button>
      </p>
    </>
  );
}
