/** The same rates by unit, kind and cause: names narrow the page, counts open their lists. */
import type { Rates } from '../../../shared/api/public-rates.ts';
import type { DeskRates } from '../../../shared/api/rates.ts';
import { percentOf } from '../../../shared/feedback/rates.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { partsOf, type RatesAddress, unitFilter } from './address.ts';
import { Counted, shownFigures } from './main-figures.tsx';

interface Line {
  readonly key: string;
  readonly name: string;
  /** The page narrowed to this line. */
  readonly address: RatesAddress;
  readonly rates: Rates;
}

export function Groups({ rates, address }: { readonly rates: DeskRates; readonly address: RatesAddress }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.rates;
  return (
    <>
      <Group
        title={text.byUnit}
        head={text.unit}
        lines={rates.units.map((each) => ({
          key: unitFilter(each.unit),
          name: each.unit === null ? text.noUnit : desk.unitName(each.unit),
          address: { ...address, unit: unitFilter(each.unit) },
          rates: each,
        }))}
      />
      <Group
        title={text.byKind}
        head={text.kind}
        lines={rates.kinds.map((each) => ({
          key: each.kind,
          name: words.domain.commentKind[each.kind],
          address: { ...address, kind: each.kind },
          rates: each,
        }))}
      />
      <Group
        title={text.byCause}
        head={text.cause}
        lines={rates.causes.map((each) => ({
          key: each.cause ?? 'none',
          name: each.cause === null ? text.noCause : words.domain.rootCause[each.cause],
          address: { ...address, cause: each.cause ?? 'none' },
          rates: each,
        }))}
      />
    </>
  );
}

function Group({
  title,
  head,
  lines,
}: {
  readonly title: string;
  readonly head: string;
  readonly lines: readonly Line[];
}) {
  const words = useWords();
  const text = words.rates;
  return (
    <section>
      <h2 class="h">{title}</h2>
      <ScrollRegion label={title}>
        <table class="rate-table stacks">
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col" class="n">
                {text.figure.tickets}
              </th>
              {shownFigures.map((figure) => (
                <th key={figure} scope="col" class="n">
                  {text.figure[figure]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, name, address, rates }) => (
              <tr key={key}>
                <th scope="row">
                  <a href={hrefOf(...partsOf(address))}>{name}</a>
                </th>
                <td class="n" data-name={text.figure.tickets}>
                  <Counted figure="tickets" part="part" address={address} count={rates.tickets}>
                    {String(rates.tickets)}
                  </Counted>
                </td>
                {shownFigures.map((figure) => {
                  const share = rates[figure];
                  const percent = percentOf(share);
                  return (
                    <td key={figure} class="n" data-name={text.figure[figure]}>
                      {share.of === 0 ? (
                        words.myTime.unknown
                      ) : (
                        <Counted figure={figure} part="part" address={address} count={share.part}>
                          {text.outOf(share.part, share.of)}
                        </Counted>
                      )}
                      {percent === null ? null : <p class="cap num">{percent}%</p>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
