/** An answer in words that goes to the server: kept as a draft until it was taken, and asked for when it is missing. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';
import type { Draft } from '../use-draft.ts';
import { DraftArea, noteOf } from './draft-area.tsx';

/** `most` code points; `children` stand above the field; `done` is called once the server took the answer. */
export function AnswerForm({
  draft,
  label,
  hint,
  most,
  word,
  send,
  done,
  asksPerson = false,
  children,
}: {
  readonly draft: Draft;
  readonly label: string;
  readonly hint: string;
  readonly most: number;
  readonly word: string;
  readonly send: (said: string) => Promise<unknown>;
  readonly done: () => Promise<void>;
  /** Whether the person is asked for first. */
  readonly asksPerson?: boolean;
  readonly children?: ComponentChildren;
}) {
  const words = useWords();
  const [tried, setTried] = useState(false);
  const { busy, problem, act, signed } = useAct();
  const said = noteOf(draft.text);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (said === null) return;
        void (asksPerson ? signed : act)(() => send(said)).then((isDone) => {
          if (!isDone) return;
          draft.drop();
          setTried(false);
          void done();
        });
      }}
    >
      {children}
      <DraftArea
        draft={draft}
        label={label}
        hint={hint}
        most={most}
        error={tried && said === null ? words.desk.fillIn : null}
      />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p>
        <Button kind="primary" type="submit" disabled={busy}>
          {word}
        </Button>
      </p>
    </form>
  );
}
