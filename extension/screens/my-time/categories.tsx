/** Hours by category: bars in the colours of how they were spent, most first, and the same as a table. */
import type { CategoryTime, Kind } from '../../../shared/diary/my-time.ts';
import { kinds } from '../../../shared/diary/my-time.ts';
import { categoryWord, Mark } from '../../components/mark.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { ChartSection } from './chart-section.tsx';
import { kindWord } from './columns.ts';
import type { PeriodTime } from './use-time.ts';

export function Categories({ time: { total, table } }: { readonly time: PeriodTime }) {
  const words = useWords();
  const language = useLanguage();
  const text = words.myTime;
  const shown = total.categories.filter(({ minutes }) => minutes > 0);
  const most = Math.max(1, ...shown.map(sumOf));
  const nameOf = (category: string | null) =>
    category === null ? words.week.noCategory : categoryWord(category, table, language);
  const share = (minutes: number) => text.percent(minutes / Math.max(1, total.minutes));
  return (
    <ChartSection
      title={text.categories}
      unit={words.time.duration(total.minutes)}
      how={[text.howCategories]}
      picture={
        <ul class="where">
          {shown.map((row) => (
            <li key={row.category}>
              <Mark of={{ category: row.category, mode: modeOfMark(row), held: false }} table={table} />
              <span>{nameOf(row.category)}</span>
              <Bar row={row} most={most} />
              <span class="num">{words.time.duration(row.minutes)}</span>
              <span class="num cap">{share(row.minutes)}</span>
            </li>
          ))}
        </ul>
      }
      table={
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
            {total.categories.map((row) => (
              <tr key={row.category}>
                <th scope="row">{nameOf(row.category)}</th>
                <td>
                  {kindsOf(row)
                    .map((kind) => kindWord(kind, words))
                    .join(words.common.enumeration)}
                </td>
                <td class="n">{row.entries}</td>
                <td class="n">{words.time.duration(row.minutes)}</td>
                <td class="n">{share(row.minutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

/** One bar, a part for each way in which the category was done. */
function Bar({ row, most }: { readonly row: CategoryTime; readonly most: number }) {
  let from = 0;
  return (
    <svg class="bar" aria-hidden="true" height="14">
      {kindsOf(row).map((kind) => {
        const place = { x: `${(100 * from) / most}%`, width: `${(100 * row.byKind[kind]) / most}%`, height: 14 };
        from += row.byKind[kind];
        return (
          <g key={kind}>
            <rect class={`f-${kind}`} {...place} />
            {kind === 'focused' || kind === 'oneToOne' || kind === 'emergency' ? (
              <rect class={`t-${kind}`} {...place} />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

function kindsOf({ byKind }: CategoryTime): readonly Kind[] {
  return kinds.filter((kind) => byKind[kind] > 0);
}

function sumOf({ byKind }: CategoryTime): number {
  return kinds.reduce((sum, kind) => sum + byKind[kind], 0);
}

/** The mark takes the colour of a mode only where the category was always done in one. */
function modeOfMark(row: CategoryTime) {
  const [only, ...more] = kindsOf(row);
  return only === undefined || only === 'none' || more.length > 0 ? null : only;
}
