/** Hours by week or day, stacked by mode. */
import { Swatch } from '../../components/time-bar.tsx';
import { useWords } from '../../locales/use-words.ts';
import { Chart } from './chart.tsx';
import { ChartSection } from './chart-section.tsx';
import { columnsOf, kindsIn, kindWord } from './columns.ts';
import { lastWithTime, leastWidth } from './share-line.tsx';
import type { PeriodTime } from './use-time.ts';

export function ModeColumns({ time }: { readonly time: PeriodTime }) {
  const words = useWords();
  const text = words.myTime;
  const columns = columnsOf(time, words);
  const shown = kindsIn(columns);
  const title = time.period.kind === 'week' ? text.columnsOfWeek : text.columns;
  const lengths = columns.flatMap(({ time: { minutes } }) => (minutes > 0 ? [minutes] : []));
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)].map((minutes) => words.time.duration(minutes));
  return (
    <ChartSection
      title={title}
      unit={text.columnsUnit}
      how={[text.howColumns]}
      picture={
        <>
          <Chart
            label={text.columnsLabel(title, columns.length, least ?? '', most ?? '')}
            height={220}
            least={leastWidth(columns.length)}
            of={[time]}
            seen={lastWithTime(columns)}
            draw={(charts, width) => charts.drawColumns(columns, width)}
          />
          <ul class="keys-of-modes">
            {shown.map((kind) => (
              <li key={kind}>
                <Swatch mode={kind} />
                {kindWord(kind, words)}
              </li>
            ))}
          </ul>
        </>
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{text.tableWhen}</th>
              <th scope="col" class="n">
                {text.tableTotal}
              </th>
              {shown.map((kind) => (
                <th key={kind} scope="col" class="n">
                  {kindWord(kind, words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map(({ key, name, time: { minutes, byKind } }) => (
              <tr key={key}>
                <th scope="row" class="nowrap">
                  {name}
                </th>
                <td class="n">{words.time.duration(minutes)}</td>
                {shown.map((kind) => (
                  <td key={kind} class="n">
                    {byKind[kind] === 0 ? text.unknown : words.time.duration(byKind[kind])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
