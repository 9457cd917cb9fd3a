/** The seven rates of a window with their counts, what is counted beside them, and how. */
import type { DeskRates, ListedFigure } from '../../../shared/api/rates.ts';
import { percentOf, type RateFigure } from '../../../shared/feedback/rates.ts';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { partsOf, type RatesAddress } from './address.ts';

/** What the unit did, and what the reporters say. */
const done = ['responseRate', 'onTimeRate', 'closureRate'] as const satisfies readonly RateFigure[];
const heard = [
  'followUpRate',
  'resolutionRate',
  'satisfactionRate',
  'reopenRate',
] as const satisfies readonly RateFigure[];
/** All seven in the order in which the desk shows them. */
export const shownFigures: readonly RateFigure[] = [...done, ...heard];

export function MainFigures({ rates, address }: { readonly rates: DeskRates; readonly address: RatesAddress }) {
  const words = useWords();
  const text = words.rates;
  const { all, rejected } = rates;
  return (
    <>
      <div class="rate-sides">
        <Side title={text.done} about={text.doneHow} figures={done} rates={rates} address={address} />
        <Side title={text.heard} about={text.heardHow} figures={heard} rates={rates} address={address} />
      </div>
      <section class="stack">
        <h2 class="h">{text.beside}</h2>
        <ul class="uncounted num">
          {(['referred', 'merged', 'silent'] as const).map((figure) => (
            <li key={figure}>
              <Counted figure={figure} part="part" address={address} count={all[figure]}>
                {text.besideItem(text.figure[figure], all[figure])}
              </Counted>
            </li>
          ))}
          {rejected === null ? null : <li>{text.rejected(rejected)}</li>}
        </ul>
        <p class="meta">{text.silentHow}</p>
        <details class="fold">
          <summary>{words.common.howCounted}</summary>
          <ul>
            {text.how.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      </section>
    </>
  );
}

function Side({
  title,
  about,
  figures,
  rates,
  address,
}: {
  readonly title: string;
  readonly about: string;
  readonly figures: readonly RateFigure[];
  readonly rates: DeskRates;
  readonly address: RatesAddress;
}) {
  const words = useWords();
  const text = words.rates;
  return (
    <section>
      <h2 class="h">{title}</h2>
      <p class="meta">{about}</p>
      <dl class="rate-list">
        {figures.map((figure) => {
          const share = rates.all[figure];
          const percent = percentOf(share);
          return (
            <div key={figure}>
              <dt>{text.figure[figure]}</dt>
              <dd>
                <span class="value num">
                  {percent === null ? <small>{share.of === 0 ? text.nothing : text.few}</small> : `${percent}%`}
                </span>
                <span class="num">{text.say[figure](share.part, share.of)}</span>
                <span class="row cap num">
                  {(['part', 'rest'] as const).map((part) => {
                    const count = part === 'part' ? share.part : share.of - share.part;
                    return count === 0 ? null : (
                      <Counted key={part} figure={figure} part={part} address={address} count={count}>
                        {text.open(text.part[figure][part], count)}
                      </Counted>
                    );
                  })}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** A count that opens its list; a plain word where there is nothing to open. */
export function Counted({
  figure,
  part,
  address,
  count,
  children,
}: {
  readonly figure: ListedFigure;
  readonly part: 'part' | 'rest';
  readonly address: RatesAddress;
  readonly count: number;
  readonly children: string;
}) {
  if (count === 0) return <span>{children}</span>;
  return <a href={hrefOf(...partsOf({ ...address, list: { figure, part } }))}>{children}</a>;
}
