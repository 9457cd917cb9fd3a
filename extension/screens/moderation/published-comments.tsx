/** What is or was public, newest first: the place to take a comment off afterwards, and to put one back. */
import { useState } from 'preact/hooks';
import { getPublished, type PublishedRow } from '../../../shared/api/moderation.ts';
import { type RejectionReason, rejectionReasons } from '../../../shared/feedback/comment.ts';
import { removeComment, restoreComment } from '../../commands/comments.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { weekOfDraw } from '../diaries/week-of-draw.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { useDraft } from '../use-draft.ts';
import { ReasonForm } from './reason-form.tsx';

export function PublishedComments() {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.published;
  const [typed, setTyped] = useState('');
  const [{ find, after }, setAsked] = useState<Asked>({ find: '' });
  const read = useAnswer(() => call(getPublished, { query: { find, after } }), [find, after]);
  return (
    <>
      <PageHead title={text.title} about={text.about}>
        <a href={hrefOf('moderation')}>{text.back}</a>
      </PageHead>
      <div class="stack reading-width">
        <search>
          <form
            class="row ends"
            onSubmit={(event) => {
              event.preventDefault();
              setAsked({ find: typed.trim() });
            }}
          >
            <TextField
              label={text.find}
              autocomplete="off"
              maxLength={100}
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" icon="search">
              {text.search}
            </Button>
          </form>
        </search>
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {({ rows, next }) =>
            rows.length === 0 ? (
              <Empty title={find === '' ? text.empty : text.noneFound(find)} />
            ) : (
              <>
                <ul class="comments">
                  {rows.map((row) => (
                    <li key={`${row.id} ${row.version}`}>
                      <Row row={row} changed={read.again} />
                    </li>
                  ))}
                </ul>
                <p class="row">
                  {after === undefined ? null : <Button onClick={() => setAsked({ find })}>{text.newest}</Button>}
                  {next === null ? null : <Button onClick={() => setAsked({ find, after: next })}>{text.older}</Button>}
                </p>
              </>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

/** Words to find, none: all; and where a page begins. */
interface Asked {
  readonly find: string;
  readonly after?: string;
}

function Row({ row, changed }: { readonly row: PublishedRow; readonly changed: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.published;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<RejectionReason | null>(null);
  const note = useDraft(`comment.${row.id}.removal`);
  const { busy, problem, act } = useAct();
  const run = (command: () => Promise<unknown>) =>
    void act(command).then((done) => {
      if (!done) return;
      note.drop();
      void changed();
    });
  const known = rejectionReasons.find((each) => each === row.reason);
  return (
    <div class="comment">
      <p class="row">
        {row.nickname === '' ? null : <b>{row.nickname}</b>}
        <span class="kind">{words.domain.commentKind[row.kind]}</span>
        <span class="cap">
          {desk.unitName(row.unit)} · {words.time.week(weekOfDraw(row.draw))} ·{' '}
          <span class="nowrap">{desk.moment(row.publishedAt)}</span>
        </span>
      </p>
      {row.text === '' ? null : <p class="prose reading">{row.text}</p>}
      {row.endedAt === null ? null : (
        <p class="stub">
          {words.comments.diaries.stub(words.domain.commentState[row.state], desk.moment(row.endedAt))}
          {known === undefined ? null : ` ${words.comments.diaries.stubReason(words.domain.rejection[known])}`}
        </p>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {row.state === 'published' ? (
        <p>
          <Button small aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {text.remove}
          </Button>
        </p>
      ) : null}
      {row.state === 'removed' && row.text !== '' ? (
        <p>
          <Button small disabled={busy} onClick={() => run(() => restoreComment(row))}>
            {text.restore}
          </Button>
        </p>
      ) : null}
      {isOpen && row.state === 'published' ? (
        <ReasonForm
          reason={reason}
          note={note}
          word={text.removeConfirm}
          busy={busy}
          choose={setReason}
          decide={(given, said) => run(() => removeComment(row, given, said))}
        />
      ) : null}
    </div>
  );
}
