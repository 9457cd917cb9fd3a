/** The four looks of what is loaded: grey bars in the final size, the thing itself, the thing as it was kept, and a failure with a way on
 *  (look.md 7). */
import type { ComponentChildren } from 'preact';
import { useWords } from '../locales/use-words.ts';
import { Button } from './button.tsx';
import { Message } from './message.tsx';

/** What a read has come to; `problem` of a ready one says why it could not be read again. */
export type Reading<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T; readonly at: number; readonly problem: string | null }
  | { readonly state: 'failed'; readonly problem: string };

/** `bars`: how many grey lines stand for it; `clock` writes the time of a kept answer. */
export function Loaded<T>({
  answer,
  again,
  clock,
  bars = 6,
  failed,
  children,
}: {
  readonly answer: Reading<T>;
  readonly again: () => Promise<void>;
  readonly clock: (atMs: number) => string;
  readonly bars?: number;
  /** What did not go, in words of the place; else that it could not be loaded. */
  readonly failed?: string;
  readonly children: (value: T) => ComponentChildren;
}) {
  const words = useWords();
  switch (answer.state) {
    case 'loading':
      return <Bars count={bars} label={words.common.loading} />;
    case 'failed':
      return (
        <Message tone="fail" role="alert">
          <p>
            <b>{failed ?? words.desk.loadFailed}</b>
            {words.desk.gap}
            {answer.problem}
          </p>
          <p class="msg-acts">
            <Button small onClick={() => void again()}>
              {words.common.tryAgain}
            </Button>
          </p>
        </Message>
      );
    case 'ready':
      return (
        <>
          {answer.problem === null ? null : (
            <Message>
              <p>
                {words.desk.keptFrom(clock(answer.at))}
                {words.desk.gap}
                {answer.problem}{' '}
                <button type="button" class="link" onClick={() => void again()}>
                  {words.common.tryAgain}
                </button>
              </p>
            </Message>
          )}
          {children(answer.value)}
        </>
      );
  }
}

/** Grey lines, shown after 300 ms; a screen reader hears the label. */
function Bars({ count, label }: { readonly count: number; readonly label: string }) {
  return (
    <div class="bars" role="status">
      <span class="vh">{label}</span>
      {Array.from({ length: count }, (_, n) => (
        <span key={n} class="bar" aria-hidden="true" style={{ width: `${[88, 72, 94, 60, 80, 68][n % 6] ?? 80}%` }} />
      ))}
    </div>
  );
}

/** Nothing is there yet, and what to expect. */
export function Empty({ title, hint }: { readonly title: string; readonly hint?: string }) {
  return (
    <div class="empty">
      <p>{title}</p>
      {hint === undefined ? null : <p class="meta">{hint}</p>}
    </div>
  );
}
