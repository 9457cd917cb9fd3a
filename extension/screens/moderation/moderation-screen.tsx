/** Moderation: a queue by urgency, one comment at a time, three ways: publish, reject, mask. Dense and keyed (look.md 1.6). */
import { useEffect, useRef, useState } from 'preact/hooks';
import { getQueue, type WaitingComment } from '../../../shared/api/comments.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { CommentContext } from './comment-context.tsx';
import { CommentPanel } from './comment-panel.tsx';

const readEveryMs = 20_000;

export function ModerationScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  const read = useAnswer(() => call(getQueue, { query: {} }), [], readEveryMs);
  const [said, setSaid] = useState<string | null>(null);
  const total = read.answer.state === 'ready' ? read.answer.value.total : null;
  return (
    <>
      <PageHead title={text.title} about={text.motto}>
        {total === null || total === 0 ? null : <span class="meta num">{text.waiting(total)}</span>}
      </PageHead>
      <div class="stack">
        <div role="status">{said === null ? null : <Message tone="ok">{said}</Message>}</div>
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {(answer) =>
            answer.rows.length === 0 ? (
              <Empty title={text.empty} hint={text.emptyHint} />
            ) : (
              <Queue
                answer={answer}
                decided={(id, sentence) => {
                  setSaid(sentence);
                  const rows = answer.rows.filter((row) => row.id !== id);
                  read.replace({ ...answer, rows, total: answer.total - 1 });
                  void read.again();
                }}
                stale={read.again}
              />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function Queue({
  answer: { rows },
  decided,
  stale,
}: {
  readonly answer: Answer<typeof getQueue>;
  readonly decided: (id: string, sentence: string) => void;
  readonly stale: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  const [chosen, setChosen] = useState<string | null>(null);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === chosen),
  );
  const comment = rows[at];
  const list = useRef<HTMLUListElement>(null);
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setChosen(next.id);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (comment === undefined) return null;
  return (
    <div class="mod">
      <section>
        <h2 class="vh">{text.queue}</h2>
        <ul class="queue" aria-label={text.queue} ref={list}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                aria-current={row.id === comment.id ? 'true' : undefined}
                onClick={() => setChosen(row.id)}
              >
                <QueueRow row={row} />
              </button>
            </li>
          ))}
        </ul>
      </section>
      <CommentPanel
        key={`${comment.id} ${comment.version}`}
        comment={comment}
        step={step}
        decided={decided}
        stale={stale}
      />
      <CommentContext comment={comment} desk={desk} />
    </div>
  );
}

function QueueRow({ row }: { readonly row: WaitingComment }) {
  const words = useWords();
  const desk = useDesk();
  const late = row.decideBy < desk.now;
  return (
    <>
      <span class="queue-head">
        <b>{row.nickname}</b>
        <span class="kind">{words.domain.commentKind[row.kind]}</span>
        {row.masks.length === 0 ? null : (
          <span class="tag">{words.comments.moderation.masksCount(row.masks.length)}</span>
        )}
      </span>
      <span class="queue-text">{row.text}</span>
      <span class={late ? 'cap num bad' : 'cap num'}>{desk.remaining(row.decideBy)}</span>
    </>
  );
}
