/** One line of the preview: tick, time, words, what there is to say of it, and fields for what it lacks. */
import type { Notice } from '../../../shared/diary/calendar/notice.ts';
import type { Proposal } from '../../../shared/diary/calendar/proposals.ts';
import { type Category, suggestCategory } from '../../../shared/diary/category.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import { TextField } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { categoryWord, Mark } from '../../components/mark.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { modeFor } from '../quick-line/reading.ts';
import { asksEnd, endOf, type Lack, type LineEdit, wordsOf } from './chosen.ts';

export function ImportLine({
  line,
  edit,
  ticked,
  lack,
  secret,
  table,
  onTick,
  onEdit,
}: {
  readonly line: Proposal;
  readonly edit: LineEdit;
  readonly ticked: boolean;
  readonly lack: Lack | null;
  /** A secrecy word in it. */
  readonly secret: string | null;
  readonly table: readonly Category[];
  readonly onTick: (ticked: boolean) => void;
  readonly onEdit: (edit: LineEdit) => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const text = words.imports;
  const { item, status } = line;
  const end = endOf(item, edit);
  const start = formatMinute(item.start);
  const span = end === null ? `${words.time.clock(start)}–${text.noEnd}` : words.time.span(start, formatMinute(end));
  const day = words.time.day(formatDay(item.day));
  const said = wordsOf(item, edit);
  const category = item.category ?? suggestCategory(said);
  return (
    <li class={status === 'already' ? 'past' : ''}>
      <input
        type="checkbox"
        checked={ticked}
        aria-label={text.tick(`${day} ${span} ${said === '' ? text.noText : said}`)}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <p class="num when">
        <span class="nowrap">{day}</span> <span class="nowrap">{span}</span>
      </p>
      <div class="what">
        {item.text === '' ? null : <p class="prose">{item.text}</p>}
        <p class="meta row">
          {status === 'new' ? null : <span class="kind">{text.status[status === 'note' ? 'doubt' : status]}</span>}
          {category === null ? null : (
            <span class="nowrap">
              <Mark of={{ category, mode: modeFor(category, null, table), held: false }} table={table} />
              {categoryWord(category, table, language)}
            </span>
          )}
          {item.place}
        </p>
        {secret === null ? null : (
          <p class="say amber">
            <Icon name="warn" small /> {words.journal.secrecy(secret)}
          </p>
        )}
        {item.notices.map((notice) => (
          <p key={`${notice.code} ${notice.line}`} class="say">
            <Icon name="warn" small /> <NoticeWords notice={notice} />
          </p>
        ))}
        {asksEnd(item) || item.text === '' ? (
          <div class="lacking">
            {asksEnd(item) ? (
              <div class="clock-field">
                <TextField
                  label={text.end}
                  value={edit.end ?? ''}
                  autocomplete="off"
                  maxLength={8}
                  error={lack === 'END_MISSING' ? text.endMissing : null}
                  onInput={(event) => onEdit({ ...edit, end: event.currentTarget.value })}
                />
              </div>
            ) : null}
            {item.text === '' ? (
              <TextField
                label={text.textOf(words.time.clock(start))}
                value={edit.text ?? ''}
                error={lack === 'TEXT_MISSING' ? text.textMissing : null}
                onInput={(event) => onEdit({ ...edit, text: event.currentTarget.value })}
              />
            ) : null}
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** A notice as a sentence. */
export function NoticeWords({ notice: { code, at } }: { readonly notice: Notice }) {
  return <>{useWords().imports.notice[code](at ?? '')}</>;
}
