/** After the lock: devices check the list and sign the head; then the official lot is awaited. */
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import type { Panel } from './panel.ts';
import { actsOf, onRoll, situationOf, valueTimes } from './situation.ts';
import { Progress, standings, UnitGrid, useDeviceWord, useNames } from './units.tsx';

export function WitnessPanel({ row, devices, onVoid }: Panel) {
  const words = useWords();
  const desk = useDesk();
  const named = useNames();
  const waiting = useDeviceWord(devices);
  const text = words.draws.locked;
  const units = onRoll(row);
  const have = row.acks.length;
  const lacking = row.minAcks - have;
  const missing = units.filter((unit) => !row.acks.includes(unit));
  const situation = situationOf(row, desk.now);
  const { next } = actsOf(row, desk.now);
  const { opens, all } = valueTimes(row);
  return (
    <>
      {next === 'void' ? (
        <section class="stack">
          <h2 class="h">{text.shortTitle}</h2>
          <Message tone="fail">{text.short(have, row.minAcks)}</Message>
          {desk.may('draws.run') ? (
            <p>
              <Button kind="primary" onClick={onVoid}>
                {words.draws.void.open}
              </Button>
            </p>
          ) : null}
        </section>
      ) : null}
      {situation === 'witnessing' ? (
        <section class="stack">
          <h2 class="h">{lacking > 0 ? text.awaitTitle : text.drawTitle}</h2>
          <p>{lacking > 0 ? text.missing(lacking, named(missing)) : text.notYet(desk.moment(all))}</p>
          <p class="cap num">
            {lacking > 0 ? text.until(desk.moment(opens)) : null}
            {lacking > 0 ? words.common.separator : null}
            {desk.remaining(lacking > 0 ? opens : all)}
          </p>
        </section>
      ) : null}
      <section>
        <h2 class="h">
          {text.title} <small>{text.count(have, units.length)}</small>
        </h2>
        <Progress
          have={have}
          of={units.length}
          least={row.minAcks}
          label={text.progress(have, units.length, row.minAcks)}
        />
        <p class="said">
          {lacking > 0 ? text.progress(have, units.length, row.minAcks) : text.enough(have, row.minAcks)}
          {lacking > 0 || missing.length === 0 ? null : (
            <>
              {words.desk.gap}
              {text.offline(missing.length)}
            </>
          )}
        </p>
        <UnitGrid label={text.title} rows={standings(units, row.acks, { given: text.given, waiting })} />
      </section>
    </>
  );
}
