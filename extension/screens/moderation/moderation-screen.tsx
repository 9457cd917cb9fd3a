/** Moderation: a queue by urgency, one item at a time, three ways: publish, reject, mask. Dense and keyed (look.md 1.6). */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WaitingComment } from '../../../shared/api/comments.ts';
import { getBeside } from '../../../shared/api/moderation.ts';
import { queueCounted } from '../../../shared/feedback/moderation.ts';
import { openItem } from '../../commands/comments.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { CommentContext } from './comment-context.tsx';
import { CommentPanel } from './comment-panel.tsx';
import { PublishedComments } from './published-comments.tsx';
import { timeLeft } from './time-left.ts';
import { type Queue, useQueue } from './use-queue.ts';

export function ModerationScreen({ route }: { readonly route: Route }) {
  return route[0] === 'published' ? <PublishedComments /> : <QueueScreen />;
}

function QueueScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  const queue = useQueue();
  const { read, rows, total, said } = queue;
  const isReady = read.answer.state === 'ready';
  return (
    <>
      <PageHead title={text.title} about={text.motto}>
        {isReady && total > 0 ? (
          <span class="meta num">{total >= queueCounted ? text.waitingMany(queueCounted) : text.waiting(total)}</span>
        ) : null}
        <a href={hrefOf('moderation', 'published')}>{text.publishedLink}</a>
      </PageHead>
      <div class="stack">
        <div class="said-line">
          <div role="status">{said?.tone === 'ok' ? <Message tone="ok">{said.text}</Message> : null}</div>
          <div role="alert">{said?.tone === 'fail' ? <Message tone="fail">{said.text}</Message> : null}</div>
          {queue.sending === 0 ? null : <span class="meta num sending">{text.sending(queue.sending)}</span>}
          {queue.mayUndo ? (
            <Button small onClick={queue.undo}>
              {text.undoLast}
            </Button>
          ) : null}
        </div>
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {() => (rows.length === 0 ? <Empty title={text.empty} hint={text.emptyHint} /> : <Items queue={queue} />)}
        </Loaded>
      </div>
    </>
  );
}

const leaseAfterMs = 300;
const leaseEveryMs = 25_000;

function Items({ queue }: { readonly queue: Queue }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  const { rows, current, choose } = queue;
  const list = useRef<HTMLUListElement>(null);
  const isFirst = useRef(true);
  const id = current?.id ?? '';
  const beside = useAnswer(() => call(getBeside, { params: { id } }), [id, current?.version]);
  const openBy = useLease(id);
  useEffect(() => {
    isFirst.current = false;
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [id]);
  if (current === null) return null;
  return (
    <div class="mod">
      <section>
        <h2 class="vh">{text.queue}</h2>
        <ul class="queue" aria-label={text.queue} ref={list}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                aria-current={row.id === current.id ? 'true' : undefined}
                onClick={() => choose(row.id)}
              >
                <QueueRow row={row} />
              </button>
            </li>
          ))}
        </ul>
      </section>
      <CommentPanel
        key={`${current.why} ${current.id} ${current.version}`}
        comment={current}
        queue={queue}
        wave={beside.answer.state === 'ready' ? beside.answer.value.wave : null}
        openBy={openBy}
        takesFocus={!isFirst.current}
      />
      <CommentContext comment={current} beside={beside} desk={desk} />
    </div>
  );
}

/** Shows the others that this item is open here, as long as it is; gives who else has it. */
function useLease(id: string): string | null {
  const [openBy, setOpenBy] = useState<string | null>(null);
  useEffect(() => {
    setOpenBy(null);
    let isGone = false;
    const take = () =>
      openItem(id).then(
        (name) => {
          if (!isGone) setOpenBy(name);
        },
        // Who else has it open is only told where the server can be asked.
        () => undefined,
      );
    const first = setTimeout(take, leaseAfterMs);
    const again = setInterval(take, leaseEveryMs);
    return () => {
      isGone = true;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [id]);
  return openBy;
}

function QueueRow({ row }: { readonly row: WaitingComment }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  return (
    <>
      <span class="queue-head">
        <b>{row.nickname}</b>
        <span class="kind">{words.domain.commentKind[row.kind]}</span>
        <span class="tags">
          {row.why === 'waiting' ? null : <span class="tag">{text.why[row.why]}</span>}
          {row.copies > 1 ? <span class="tag">{text.copiesTag(row.copies)}</span> : null}
          {row.masks.length === 0 ? null : <span class="tag">{text.masksCount(row.masks.length)}</span>}
          {row.parent ? <span class="tag">{text.isReply}</span> : null}
          {row.photo ? <span class="tag">{text.photoTag}</span> : null}
          {row.unproven ? <span class="tag">{text.unproven}</span> : null}
        </span>
      </span>
      <span class="queue-text">{row.text === '' ? row.appeal?.words : row.text}</span>
      <span class={row.decideBy < desk.now ? 'cap num bad' : 'cap num'}>
        {timeLeft(row, words, desk)}
        {row.openBy === null ? null : ` · ${text.openByTag(row.openBy)}`}
      </span>
    </>
  );
}
