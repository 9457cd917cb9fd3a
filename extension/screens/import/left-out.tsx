/** What does not become an entry: whole days as notes, refused lines with their reasons, what is wrong with the file. */
import type { Proposal } from '../../../shared/diary/calendar/proposals.ts';
import type { FileReading } from '../../../shared/diary/calendar/reading.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';
import { CopyButton } from '../desk/copy-button.tsx';
import { daysOf } from './chosen.ts';
import { NoticeWords } from './import-line.tsx';

/** Lines of each list that are drawn; a list of thousands is of no use to a reader. */
const mostShown = 200;

export function Notes({ notes }: { readonly notes: readonly Proposal[] }) {
  const words = useWords();
  const text = words.imports;
  const lines = notes.map(({ item }) => {
    const { from, to } = daysOf(item);
    const days = from === to ? words.time.day(from) : words.time.dates(from, to);
    return text.noteLine(days, item.text === '' ? text.noText : item.text);
  });
  return (
    <section class="stack" aria-labelledby="import-notes">
      <h3 id="import-notes">{text.notes}</h3>
      <p class="meta">{text.notesHint}</p>
      <ul class="lines">
        {lines.slice(0, mostShown).map((line, n) => (
          <li key={`${n} ${line}`}>{line}</li>
        ))}
      </ul>
      <div class="row">
        <CopyButton text={lines.join('\n')} label={text.copyNotes} />
      </div>
    </section>
  );
}

export function LeftOut({ reading: { refused, notices } }: { readonly reading: FileReading }) {
  const words = useWords();
  const text = words.imports;
  return (
    <>
      {refused.length === 0 ? null : (
        <details open={refused.length <= 5}>
          <summary>{text.leftOut(refused.length)}</summary>
          <ul class="lines">
            {refused.slice(0, mostShown).map((each, n) => (
              <li key={`${n} ${each.line}`}>
                <span>
                  {each.day === null ? null : <span class="num">{words.time.date(formatDay(each.day))} </span>}
                  {each.text === '' ? text.noText : each.text}
                </span>
                <span class="meta">
                  {text.refusal[each.reason]}
                  {words.common.separator}
                  {text.lineNumber(each.line)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {notices.length === 0 ? null : (
        <details open={notices.length <= 5}>
          <summary>{text.notices(notices.length)}</summary>
          <ul class="lines">
            {notices.slice(0, mostShown).map((notice, n) => (
              <li key={`${n} ${notice.code}`}>
                <span>
                  <NoticeWords notice={notice} />
                </span>
                {notice.line === null ? null : <span class="meta">{text.lineNumber(notice.line)}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
