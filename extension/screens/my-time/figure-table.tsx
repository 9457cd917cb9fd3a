/** The main figures by week or by day: the table twin of the large numbers. */
import { fragmentUnder } from '../../../shared/diary/my-time.ts';
import { lengthOf } from '../../../shared/time/interval.ts';
import { useWords } from '../../locales/use-words.ts';
import { columnsOf } from './columns.ts';
import type { PeriodTime } from './use-time.ts';

export function FigureTable({ time }: { readonly time: PeriodTime }) {
  const words = useWords();
  const text = words.myTime;
  const heads = [
    text.tableTotal,
    text.tableShare,
    text.tableLongest,
    text.tablePieces,
    text.tableLate,
    text.tableEarly,
    text.tableDaysOff,
    text.tableBlanks,
  ];
  const length = (minutes: number) => (minutes === 0 ? text.unknown : words.time.duration(minutes));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.tableWhen}</th>
          {heads.map((head) => (
            <th key={head} scope="col" class="n">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columnsOf(time, words).map(({ key, name, time: each }) => (
          <tr key={key}>
            <th scope="row" class="nowrap">
              {name}
            </th>
            <td class="n">{length(each.minutes)}</td>
            <td class="n">{each.focusedShare === null ? text.unknown : text.percent(each.focusedShare)}</td>
            <td class="n">{length(each.longest === null ? 0 : lengthOf(each.longest))}</td>
            <td class="n">{each.pieces.filter((piece) => lengthOf(piece) < fragmentUnder).length}</td>
            <td class="n">{length(each.lateMinutes)}</td>
            <td class="n">{length(each.earlyMinutes)}</td>
            <td class="n">{length(each.weekendMinutes + each.holidayMinutes)}</td>
            <td class="n">{length(each.blanks.reduce((sum, blank) => sum + lengthOf(blank), 0))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
