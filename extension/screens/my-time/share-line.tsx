/** The focused share over the weeks or days of a period, with the own target. */
import { useWords } from '../../locales/use-words.ts';
import { Chart } from './chart.tsx';
import { ChartSection } from './chart-section.tsx';
import { type Column, columnsOf } from './columns.ts';
import type { PeriodTime } from './use-time.ts';

export function ShareLine({ time }: { readonly time: PeriodTime }) {
  const words = useWords();
  const text = words.myTime;
  const columns = columnsOf(time, words);
  const shares = columns.flatMap(({ time: { focusedShare } }) => (focusedShare === null ? [] : [focusedShare]));
  if (shares.length === 0) return null;
  const { target } = time;
  const named = target === null ? '' : `${target}%`;
  return (
    <ChartSection
      title={text.line}
      how={[text.howLine]}
      picture={
        <Chart
          label={text.lineLabel(text.percent(Math.min(...shares)), text.percent(Math.max(...shares)), named)}
          height={170}
          least={leastWidth(columns.length)}
          of={[time]}
          seen={lastWithTime(columns)}
          draw={(charts, width) =>
            charts.drawShare(columns, target === null ? null : { percent: target, name: text.ownTarget(target) }, width)
          }
        />
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{text.tableWhen}</th>
              <th scope="col" class="n">
                {text.tableShare}
              </th>
              <th scope="col" class="n">
                {words.domain.mode.focused}
              </th>
              <th scope="col" class="n">
                {words.domain.mode.collective}
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ key, name, time: { focusedShare, byKind } }) => (
              <tr key={key}>
                <th scope="row" class="nowrap">
                  {name}
                </th>
                <td class="n">{focusedShare === null ? text.unknown : text.percent(focusedShare)}</td>
                <td class="n">{words.time.duration(byKind.focused)}</td>
                <td class="n">{words.time.duration(byKind.collective)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

/** Where among the columns the last one with time stands, 0 to 1: a chart that scrolls begins there. */
export function lastWithTime(columns: readonly Column[]): number {
  return (columns.findLastIndex(({ time }) => time.minutes > 0) + 1) / columns.length;
}

/** Width below which columns and their labels would run into one another. */
export function leastWidth(columns: number): number {
  return 48 + columns * (columns <= 7 ? 56 : columns <= 20 ? 38 : 18);
}
