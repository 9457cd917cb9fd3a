/** Where the hours of a week went: by mode beside the total, by category as bars with a table of the same numbers, and how it is counted. */
import { useState } from 'preact/hooks';
import type { Category } from '../../../shared/diary/category.ts';
import { categoryWord, Mark } from '../../components/mark.tsx';
import { Swatch } from '../../components/time-bar.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { overlapMinutes, type WeekFacts } from './week-facts.ts';

/** Total and modes, for the rail. */
export function WeekTotal({ facts }: { readonly facts: WeekFacts }) {
  const words = useWords();
  const { hours } = facts;
  const overlap = overlapMinutes(hours);
  const whole = Math.floor(hours.unionMinutes / 60);
  const rest = hours.unionMinutes % 60;
  return (
    <>
      <p class="big">
        {whole}
        <small>{words.time.hours}</small>
        {rest === 0 ? null : (
          <>
            {rest}
            <small>{words.time.minutes}</small>
          </>
        )}
      </p>
      <p class="meta">
        {words.week.count(facts.entries)}
        {overlap === 0 ? '' : `${words.common.semicolon}${words.week.overlapOnce(words.time.duration(overlap))}`}
      </p>
      <ul class="lg">
        {facts.byMode.map(({ mode, minutes }) => (
          <li key={mode}>
            <Swatch mode={mode} />
            {words.domain.mode[mode]}
            <span>{words.time.duration(minutes)}</span>
          </li>
        ))}
      </ul>
      {hours.focusedShare === null ? null : (
        <p class="cap">{words.week.focusedShare(Math.round(hours.focusedShare * 100))}</p>
      )}
    </>
  );
}

/** Hours by category: bars, or a table. */
export function HoursByCategory({ facts, table }: { readonly facts: WeekFacts; readonly table: readonly Category[] }) {
  const words = useWords();
  const language = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(1, ...facts.byCategory.map(({ minutes }) => minutes));
  const total = Math.max(1, facts.hours.unionMinutes);
  const wordOf = (category: string | null) =>
    category === null ? words.week.noCategory : categoryWord(category, table, language);
  return (
    <section class="hours">
      <h2 class="h">
        {words.week.byCategory} <small>{words.time.duration(facts.hours.unionMinutes)}</small>
      </h2>
      {asTable ? (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.week.tableCategory}</th>
              <th scope="col">{words.week.tableMode}</th>
              <th scope="col" class="n">
                {words.week.tableEntries}
              </th>
              <th scope="col" class="n">
                {words.week.tableTime}
              </th>
              <th scope="col" class="n">
                {words.week.tableShare}
              </th>
            </tr>
          </thead>
          <tbody>
            {facts.byCategory.map(({ category, mode, minutes, entries }) => (
              <tr key={category}>
                <td>{wordOf(category)}</td>
                <td>{mode === null ? '—' : words.domain.mode[mode]}</td>
                <td class="n">{entries}</td>
                <td class="n">{words.time.duration(minutes)}</td>
                <td class="n">{words.week.shareOf(Math.round((minutes / total) * 100))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <ul class="by-category">
          {facts.byCategory.map(({ category, mode, minutes }) => (
            <li key={category}>
              <Mark of={{ category, mode, held: false }} table={table} />
              <span>{wordOf(category)}</span>
              <svg class="bar" aria-hidden="true" height="14">
                <rect class={`f-${mode ?? 'none'}`} width={`${(100 * minutes) / most}%`} height="14" />
                {mode === 'focused' || mode === 'emergency' || mode === 'oneToOne' ? (
                  <rect class={`t-${mode}`} width={`${(100 * minutes) / most}%`} height="14" />
                ) : null}
              </svg>
              <span class="num">{words.time.duration(minutes)}</span>
              <span class="num cap">{words.week.shareOf(Math.round((minutes / total) * 100))}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="row meta">
        <button type="button" class="link" onClick={() => setAsTable(!asTable)}>
          {asTable ? words.common.asChart : words.common.asTable}
        </button>
        <details>
          <summary>{words.common.howCounted}</summary>
          <p>{words.week.countedHow}</p>
        </details>
      </div>
    </section>
  );
}
