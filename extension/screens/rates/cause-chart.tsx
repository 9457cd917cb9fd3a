/** Two causes beside each other, quarter by quarter: paired columns with their numbers, and all four causes as a table. */
import { useState } from 'preact/hooks';
import type { CauseQuarter } from '../../../shared/api/rates.ts';
import { type RootCause, rootCauses } from '../../../shared/feedback/ticket.ts';
import { dateOfDay, parseDay } from '../../../shared/time/civil.ts';
import { SelectField } from '../../components/field.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useWords } from '../../locales/use-words.ts';
import { ChartSection } from '../my-time/chart-section.tsx';

const [width, height, foot, top] = [640, 190, 40, 18];

export function CauseChart({ quarters }: { readonly quarters: readonly CauseQuarter[] }) {
  const words = useWords();
  const text = words.rates;
  const [pair, setPair] = useState<readonly [RootCause, RootCause]>(['informationGap', 'workGap']);
  const [a, b] = pair;
  const sum = (cause: RootCause) => quarters.reduce((so, quarter) => so + quarter[cause], 0);
  const names = quarters.map(({ from }) => {
    const { year, month } = dateOfDay(parseDay(from) ?? 0);
    return { year, number: Math.ceil(month / 3), name: text.quarter(year, Math.ceil(month / 3)) };
  });
  const choose = (at: 0 | 1, value: string) => {
    const cause = rootCauses.find((each) => each === value) ?? a;
    setPair(at === 0 ? [cause, b] : [a, cause]);
  };
  return (
    <ChartSection
      title={text.causes}
      unit={text.causesUnit}
      how={[text.causesHow]}
      picture={
        <>
          <div class="rate-filters">
            {([0, 1] as const).map((at) => (
              <SelectField
                key={at}
                label={at === 0 ? text.causeA : text.causeB}
                value={pair[at]}
                onChange={({ currentTarget: { value } }) => choose(at, value)}
              >
                {rootCauses.map((cause) => (
                  <option key={cause} value={cause}>
                    {words.domain.rootCause[cause]}
                  </option>
                ))}
              </SelectField>
            ))}
          </div>
          <ScrollRegion label={text.causes} opensAt="end">
            <Columns
              quarters={quarters}
              pair={pair}
              names={names.map(({ number }) => text.shortQuarter(number))}
              years={names.map(({ year, number }, n) => (n === 0 || number === 1 ? String(year) : ''))}
              label={text.causesLabel(
                words.domain.rootCause[a],
                words.domain.rootCause[b],
                names[0]?.name ?? '',
                names.at(-1)?.name ?? '',
                sum(a),
                sum(b),
              )}
            />
          </ScrollRegion>
          <ul class="cause-keys">
            {pair.map((cause, at) => (
              <li key={`${at} ${cause}`}>
                <svg width="14" height="14" aria-hidden="true">
                  <rect class={at === 0 ? 'cause-a' : 'cause-b'} x="1" y="1" width="12" height="12" />
                </svg>
                {words.domain.rootCause[cause]}
              </li>
            ))}
          </ul>
        </>
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{text.when}</th>
              {rootCauses.map((cause) => (
                <th key={cause} scope="col" class="n">
                  {words.domain.rootCause[cause]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {quarters.map((quarter, n) => (
              <tr key={quarter.from}>
                <th scope="row" class="nowrap">
                  {names[n]?.name}
                </th>
                {rootCauses.map((cause) => (
                  <td key={cause} class="n">
                    {quarter[cause]}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{text.sum}</th>
              {rootCauses.map((cause) => (
                <td key={cause} class="n">
                  {sum(cause)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      }
    />
  );
}

function Columns({
  quarters,
  pair,
  names,
  years,
  label,
}: {
  readonly quarters: readonly CauseQuarter[];
  readonly pair: readonly [RootCause, RootCause];
  readonly names: readonly string[];
  readonly years: readonly string[];
  readonly label: string;
}) {
  const most = Math.max(4, ...quarters.flatMap((quarter) => pair.map((cause) => quarter[cause])));
  const step = width / Math.max(1, quarters.length);
  const bar = Math.min(24, step / 2 - 8);
  const base = height - foot;
  return (
    <svg class="plot" width={width} height={height} role="img" aria-label={label}>
      <line class="cause-base" x1="0" x2={width} y1={base + 0.5} y2={base + 0.5} />
      {quarters.map((quarter, n) => {
        const middle = n * step + step / 2;
        return (
          <g key={quarter.from}>
            {pair.map((cause, at) => {
              const count = quarter[cause];
              const tall = (count / most) * (base - top);
              const x = at === 0 ? middle - bar - 1.5 : middle + 1.5;
              return (
                <g key={`${at}`}>
                  {count === 0 ? null : (
                    <rect class={at === 0 ? 'cause-a' : 'cause-b'} x={x} y={base - tall} width={bar} height={tall} />
                  )}
                  <text x={x + bar / 2} y={base - tall - 5} text-anchor="middle">
                    {count}
                  </text>
                </g>
              );
            })}
            <text x={middle} y={base + 16} text-anchor="middle">
              {names[n]}
            </text>
            <text x={middle} y={base + 31} text-anchor="middle">
              {years[n]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
