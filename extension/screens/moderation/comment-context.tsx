/** What stands around an item: what it is about, its copies, the thread, what came from the same place before, tickets of the same entry. */
import type { WaitingComment } from '../../../shared/api/comments.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { getBeside } from '../../../shared/api/moderation.ts';
import { Loaded } from '../../components/loaded.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import type { Desk } from '../desk/use-desk.ts';
import { weekOfDraw } from '../diaries/week-of-draw.ts';
import type { Read } from '../use-answer.ts';

type Beside = Answer<typeof getBeside>;

export function CommentContext({
  comment,
  beside,
  desk,
}: {
  readonly comment: WaitingComment;
  readonly beside: Read<Beside>;
  readonly desk: Desk;
}) {
  const words = useWords();
  const text = words.comments.moderation;
  const { draw, unit, item } = comment;
  return (
    <aside class="context" aria-label={text.context}>
      <section>
        <h2 class="h">{comment.parent ? text.aboutComment : item === null ? text.aboutDiary : text.about}</h2>
        <p class="cap">
          {desk.unitName(unit)} · {words.time.week(weekOfDraw(draw))}
        </p>
        <blockquote class="prose">
          {comment.context ?? (item === null ? words.comments.diaries.untitled : text.withheld)}
        </blockquote>
        <p class="cap">
          <a href={desk.publicAddress(`d/${draw}/${unit}.html`)} target="_blank" rel="noreferrer">
            {text.openDiary}
          </a>
        </p>
      </section>
      <Loaded answer={beside.answer} again={beside.again} clock={desk.clock} bars={4}>
        {({ wave, thread, before, tickets }) => (
          <>
            {wave.length > 1 ? (
              <section>
                <h2 class="h">{text.copies(wave.length)}</h2>
                <Copies of={comment.text} rows={wave.slice(1)} desk={desk} />
              </section>
            ) : null}
            <section>
              <h2 class="h">{comment.parent ? text.thread : text.others}</h2>
              <Others rows={thread.filter(({ id }) => id !== comment.parent)} desk={desk} />
            </section>
            {before.rows.length === 0 ? null : (
              <section>
                <h2 class="h">{before.sure ? text.beforeSure : text.beforeNickname}</h2>
                <Said rows={before.rows} desk={desk} />
              </section>
            )}
            {tickets.length === 0 ? null : (
              <section>
                <h2 class="h">{text.tickets}</h2>
                <ul class="lines">
                  {tickets.map(({ number, state, text: asked }) => (
                    <li key={number}>
                      <div>
                        <p>
                          <a href={hrefOf('tickets', number)}>{number}</a> <TicketStateBadge state={state} />
                        </p>
                        <p class="clip">{asked}</p>
                      </div>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Loaded>
    </aside>
  );
}

interface Rows {
  readonly rows: Beside['wave'];
  readonly desk: Desk;
}

/** Those that are decided together: what differs comes first and whole, of the rest the names are enough. */
function Copies({ of, rows, desk }: Rows & { readonly of: string }) {
  const text = useWords().comments.moderation;
  const same = rows.filter((row) => row.text === of);
  return (
    <>
      <Said rows={rows.filter((row) => row.text !== of)} desk={desk} whole />
      {same.length === 0 ? null : <p class="cap">{text.copiesSame(same.length)}</p>}
      <Said rows={same.map((row) => ({ ...row, text: '' }))} desk={desk} />
    </>
  );
}

function Others({ rows, desk }: Rows) {
  const text = useWords().comments.moderation;
  return rows.length === 0 ? <p class="meta">{text.othersNone}</p> : <Said rows={rows} desk={desk} />;
}

/** `whole`: nothing of a text is cut off. */
function Said({ rows, desk, whole = false }: Rows & { readonly whole?: boolean }) {
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <ul class="lines">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <p class="cap">
              {row.nickname} {words.domain.commentKind[row.kind]} · {desk.moment(row.at)}
              {row.state === 'published' || row.state === 'waiting'
                ? null
                : ` · ${words.domain.commentState[row.state]}`}
            </p>
            {row.text === '' ? null : <p class={whole ? 'prose' : 'clip'}>{row.text}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
