/** Where a file comes from: chosen, dropped, or pasted as text. */
import { useId, useRef, useState } from 'preact/hooks';
import { utf8 } from '../../../shared/base/bytes.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';

export function SourceArea({ onOpen }: { readonly onOpen: (name: string, bytes: Uint8Array) => void }) {
  const words = useWords();
  const text = words.imports;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (file !== undefined) onOpen(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  return (
    <>
      <p class="meta">{text.lead}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
      <div
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <input
          ref={input}
          id={id}
          class="vh"
          type="file"
          tabIndex={-1}
          aria-label={text.choose}
          accept=".ics,.ical,.ifb,.csv,.tsv,.txt,.json,text/calendar,text/csv,text/plain,application/json"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <Button kind="primary" icon="file" onClick={() => input.current?.click()}>
          {text.choose}
        </Button>
        <span class="meta">{text.dropHere}</span>
        <span class="cap">{text.kinds}</span>
      </div>
      <details>
        <summary>{text.paste}</summary>
        <Paste onOpen={onOpen} />
      </details>
    </>
  );
}

function Paste({ onOpen }: { readonly onOpen: (name: string, bytes: Uint8Array) => void }) {
  const words = useWords();
  const text = words.imports;
  const [pasted, setPasted] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <div class="stack">
      <TextArea
        label={text.pasteLabel}
        hint={text.pasteHint}
        error={isMissing ? text.pasteEmpty : null}
        rows={6}
        value={pasted}
        onInput={(event) => {
          setPasted(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div class="row">
        <Button
          onClick={() => (pasted.trim() === '' ? setMissing(true) : onOpen(text.pasted, utf8(pasted.toWellFormed())))}
        >
          {text.readPaste}
        </Button>
      </div>
    </div>
  );
}
