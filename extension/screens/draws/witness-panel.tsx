/** After the lock: devices check the list and sign the head; then the official lot is awaited. */
import type { DrawRow } from '../../../shared/api/draws.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { spanOf, useDesk } from '../desk/use-desk.ts';
import { situationOf, valueTimes } from './situation.ts';
import { Progress, UnitGrid } from './units.tsx';

export function WitnessPanel({ row }: { readonly row: DrawRow }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.locked;
  const units = [...new Set([...row.candidates.map(({ unit }) => unit), ...row.acks])];
  const have = row.acks.length;
  const missing = row.minAcks - have;
  const offline = units.length - have;
  const situation = situationOf(row, desk.now);
  const { all } = valueTimes(row);
  return (
    <>
      <section>
        <h2 class="h">{text.title}</h2>
        <Progress
          have={have}
          of={units.length}
          least={row.minAcks}
          label={text.progress(have, units.length, row.minAcks)}
        />
        <p class="said">
          {missing > 0 ? (
            <>
              {text.progress(have, units.length, row.minAcks)}
              {words.common.separator}
              {text.missing(missing)}
            </>
          ) : (
            <>
              {text.enough(have, row.minAcks)}
              {words.desk.gap}
              {offline > 0 ? text.offline(offline) : null}
            </>
          )}
        </p>
        {situation === 'short' ? <Message tone="fail">{text.short}</Message> : null}
        <UnitGrid
          label={text.title}
          rows={units.map((unit) =>
            row.acks.includes(unit)
              ? { unit, word: text.given, tone: 'done' }
              : { unit, word: text.waiting, tone: 'waits' },
          )}
        />
      </section>
      {situation === 'witnessing' ? (
        <section class="stack">
          <h2 class="h">{text.drawTitle}</h2>
          <p>{text.notYet(desk.moment(all))}</p>
          {desk.may('draws.run') ? (
            <p class="row">
              <Button kind="primary" disabled>
                {words.draws.values.title}
              </Button>
              {desk.now < all ? <span class="cap num">{text.opensIn(spanOf(all - desk.now, words))}</span> : null}
            </p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}
