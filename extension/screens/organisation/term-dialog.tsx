/** A change of head: a term of office begins, and the one that runs ends the day before. */
import { useState } from 'preact/hooks';
import type { Term, Unit } from '../../../shared/api/organisation.ts';
import { formatDay, parseDay } from '../../../shared/time/civil.ts';
import { beginTerm } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function TermDialog({
  unit,
  terms,
  onClose,
  onDone,
}: {
  readonly unit: Unit;
  readonly terms: readonly Term[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const text = words.organisation;
  const [post, setPost] = useState('');
  const [from, setFrom] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, problem, act } = useAct();
  const day = parseDay(from);
  const overlaps = day !== null && terms.some((term) => term.from >= from);
  const running = day === null ? undefined : terms.find(({ to }) => to === null || to >= from);
  const begin = () => {
    setTried(true);
    if (post.trim() === '' || day === null || overlaps) return;
    void act(() => beginTerm(unit.id, post.trim(), from)).then((done) => (done ? onDone() : undefined));
  };
  return (
    <Dialog
      title={text.termTitle(unit.name[language])}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={begin}>
            {text.apply}
          </Button>
        </>
      }
    >
      <TextField
        label={text.post}
        value={post}
        maxLength={80}
        error={tried && post.trim() === '' ? words.desk.fillIn : null}
        onInput={(event) => setPost(event.currentTarget.value)}
      />
      <TextField
        label={text.from}
        type="date"
        value={from}
        error={overlaps ? text.termOverlap : tried && day === null ? words.desk.fillIn : null}
        onInput={(event) => setFrom(event.currentTarget.value)}
      />
      <p class="meta" role="status">
        {day === null || overlaps
          ? ''
          : running === undefined
            ? text.termFirst
            : text.termEnds(running.post, formatDay(day - 1))}
      </p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
