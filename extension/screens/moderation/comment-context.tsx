/** What a comment is about, and what else readers said at the same place. */
import { getComments, type WaitingComment } from '../../../shared/api/comments.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import type { Desk } from '../desk/use-desk.ts';
import { weekOfDraw } from '../diaries/week-of-draw.ts';
import { useAnswer } from '../use-answer.ts';

export function CommentContext({ comment, desk }: { readonly comment: WaitingComment; readonly desk: Desk }) {
  const words = useWords();
  const text = words.comments.moderation;
  const { draw, unit, item } = comment;
  const read = useAnswer(
    async () => (await call(getComments, { query: { draw, unit } })).rows.filter((row) => row.item === item),
    [draw, unit, item],
  );
  return (
    <aside class="context">
      <section>
        <h2 class="h">{item === null ? text.aboutDiary : text.about}</h2>
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
      <section>
        <h2 class="h">{text.others}</h2>
        <Loaded answer={read.answer} again={read.again} clock={desk.clock} bars={2}>
          {(rows) =>
            rows.length === 0 ? (
              <p class="meta">{text.othersNone}</p>
            ) : (
              <ul class="lines">
                {rows.map((row) => (
                  <li key={row.id}>
                    <div>
                      <p class="cap">
                        {row.nickname} {words.domain.commentKind[row.kind]}
                      </p>
                      <p>{row.text ?? words.domain.commentState[row.state]}</p>
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </aside>
  );
}
