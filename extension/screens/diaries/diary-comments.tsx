/** One published diary's comments, oldest first, with answers and tickets; the unit's handler answers here. */
import { useState } from 'preact/hooks';
import { getComments, type PublicComment } from '../../../shared/api/comments.ts';
import { rejectionReasons } from '../../../shared/feedback/comment.ts';
import { can } from '../../../shared/organisation/role.ts';
import { replyComment } from '../../commands/comments.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { AnswerForm } from '../desk/answer-form.tsx';
import { noteOf } from '../desk/draft-area.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { useDraft } from '../use-draft.ts';
import { CopyArticle } from './copy-article.tsx';
import { HeldItems } from './held-items.tsx';
import { weekOfDraw } from './week-of-draw.ts';

const readEveryMs = 30_000;
const pageSize = 50;
const pagesShown = 8;

export function DiaryComments({
  draw,
  unit,
  title,
}: {
  readonly draw: string;
  readonly unit: string;
  readonly title: string | null;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.diaries;
  const read = useAnswer(() => readComments(draw, unit), [draw, unit], readEveryMs);
  const answers = desk.grants.some((grant) => can(grant.role, 'comments.reply') && grant.unit === unit);
  const week = words.time.week(weekOfDraw(draw));
  return (
    <div class="reading-width">
      <PageHead title={title ?? week} about={`${desk.unitName(unit)} · ${week}`}>
        <a class="btn quiet" href={desk.publicAddress(`d/${draw}/${unit}.html`)} target="_blank" rel="noreferrer">
          {text.plain}
        </a>
        <CopyArticle draw={draw} unit={unit} />
        <a class="btn text" href={hrefOf('diaries')}>
          {words.desk.back}
        </a>
      </PageHead>
      {desk.grants.some((grant) => grant.role === 'leader' && grant.unit === unit) ? (
        <HeldItems place={{ draw, unit }} />
      ) : null}
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {({ rows, total }) => (
          <section>
            <h2 class="h">
              {text.comments} <small class="num">{text.total(total)}</small>
            </h2>
            {rows.length === 0 ? <Empty title={text.none} /> : null}
            <ul class="comments">
              {rows.map((row) => (
                <li key={row.id}>
                  <Comment row={row} unit={unit} answers={answers} changed={read.again} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </Loaded>
    </div>
  );
}

async function readComments(draw: string, unit: string) {
  const rows: PublicComment[] = [];
  let total = 0;
  let after: string | null = null;
  for (let page = 0; page < pagesShown; page += 1) {
    const query = { draw, unit, limit: pageSize, ...(after === null ? {} : { after }) };
    const answer: Awaited<ReturnType<typeof call<typeof getComments>>> = await call(getComments, { query });
    rows.push(...answer.rows);
    total = answer.total;
    after = answer.next;
    if (after === null) break;
  }
  return { rows, total };
}

function Comment({
  row,
  unit,
  answers,
  changed,
}: {
  readonly row: PublicComment;
  readonly unit: string;
  readonly answers: boolean;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.diaries;
  return (
    <article class="comment">
      <p class="row">
        {row.nickname === null ? null : <b>{row.nickname}</b>}
        <span class="kind">{words.domain.commentKind[row.kind]}</span>
        <span class="cap num">
          {row.item === null ? text.whole : text.item(row.item + 1)} · {desk.moment(row.at)}
        </span>
      </p>
      {row.text === null ? (
        <p class="stub">
          {text.stub(words.domain.commentState[row.state], desk.moment(row.endedAt ?? row.at))}{' '}
          {row.reason === null ? null : text.stubReason(reasonWord(row.reason, words.domain.rejection))}
        </p>
      ) : (
        <p class="prose reading">{row.text}</p>
      )}
      {row.reply === null ? null : (
        <blockquote class="official">
          <p class="cap num">
            {text.official(desk.unitName(row.reply.unit))} · {desk.moment(row.reply.at)}
          </p>
          <p class="prose">{row.reply.text}</p>
        </blockquote>
      )}
      {row.ticket === null ? null : (
        <p class="row">
          {desk.may('tickets.read') ? (
            <a href={hrefOf('tickets', row.ticket.number)}>{text.ticket(row.ticket.number)}</a>
          ) : (
            <span>{text.ticket(row.ticket.number)}</span>
          )}
          <TicketStateBadge state={row.ticket.state} />
        </p>
      )}
      {answers && row.reply === null && row.state === 'published' ? (
        <ReplyForm id={row.id} unit={unit} changed={changed} />
      ) : null}
    </article>
  );
}

function reasonWord(reason: string, words: Readonly<Record<(typeof rejectionReasons)[number], string>>): string {
  const known = rejectionReasons.find((each) => each === reason);
  return known === undefined ? reason : words[known];
}

function ReplyForm({
  id,
  unit,
  changed,
}: {
  readonly id: string;
  readonly unit: string;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.diaries;
  const draft = useDraft(`comment.${id}.reply`);
  const [open, setOpen] = useState(false);
  if (!open && noteOf(draft.text) === null)
    return (
      <p>
        <Button small onClick={() => setOpen(true)}>
          {text.reply}
        </Button>
      </p>
    );
  return (
    <AnswerForm
      draft={draft}
      label={text.replyText}
      hint={text.replyHint(desk.unitName(unit))}
      most={4000}
      word={text.send}
      send={(said) => replyComment(id, said)}
      done={changed}
    />
  );
}
