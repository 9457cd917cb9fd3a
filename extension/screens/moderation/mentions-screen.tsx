/** Who says that a diary names them: the reviewer answers each, once; only the writer reads the answer, by receipt. */
import { getMentions, type MentionRow } from '../../../shared/api/mentions.ts';
import { answerMention } from '../../commands/comments.ts';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { AnswerForm } from '../desk/answer-form.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { weekOfDraw } from '../diaries/week-of-draw.ts';
import { useAnswer } from '../use-answer.ts';
import { useDraft } from '../use-draft.ts';

const readEveryMs = 60_000;

export function MentionsScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.mentions;
  const read = useAnswer(() => call(getMentions, { query: {} }), [], readEveryMs);
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock} bars={1}>
      {({ rows, total }) => (
        <>
          <PageHead title={text.title} about={text.about}>
            {total === 0 ? null : <span class="meta num">{text.waiting(total)}</span>}
          </PageHead>
          {rows.length === 0 ? <Empty title={text.none} /> : null}
          <ul class="lines">
            {rows.map((row) => (
              <li key={row.id}>
                <Mention row={row} changed={read.again} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

function Mention({ row, changed }: { readonly row: MentionRow; readonly changed: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.mentions;
  const draft = useDraft(`mention.${row.id}`);
  return (
    <AnswerForm
      draft={draft}
      label={text.answer}
      hint={text.answerHint}
      most={2000}
      word={text.send}
      send={(said) => answerMention(row.id, said)}
      done={changed}
    >
      <p class="row">
        <span>
          {desk.unitName(row.unit)} · {words.time.week(weekOfDraw(row.draw))}
        </span>
        {row.unproven ? <span class="tag">{words.comments.moderation.unproven}</span> : null}
        <span class={row.decideBy < desk.now ? 'cap num bad' : 'cap num'}>{desk.remaining(row.decideBy)}</span>
        <a href={desk.publicAddress(`d/${row.draw}/${row.unit}.html`)} target="_blank" rel="noreferrer">
          {words.comments.moderation.openDiary}
        </a>
        <a href={hrefOf('review', row.draw, row.unit)}>{text.withhold}</a>
      </p>
      {row.context === null ? null : <blockquote class="prose quoted">{row.context}</blockquote>}
      <p class="prose reading">{row.text}</p>
    </AnswerForm>
  );
}
