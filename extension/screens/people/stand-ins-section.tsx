/** Who stands in for whom, from when to when; a stand-in is arranged and ended here. */
import { useState } from 'preact/hooks';
import { getStandIns, type StandInRow } from '../../../shared/api/stand-ins.ts';
import { endStandIn } from '../../commands/stand-ins.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { StandInDialog } from './stand-in-dialog.tsx';

export function StandInsSection() {
  const words = useWords();
  const desk = useDesk();
  const text = words.standIns;
  const [isOpen, setOpen] = useState(false);
  const [said, say] = useSaying();
  const { busy, problem, act } = useAct();
  const read = useAnswer(() => call(getStandIns), []);
  const end = (row: StandInRow) =>
    act(async () => {
      await endStandIn(row.id);
      await read.again();
      say(({ standIns }) => standIns.ended(row.name));
    });
  return (
    <section class="stack">
      <h2 class="h">{text.title}</h2>
      <p class="meta">
        {text.intro}
        {words.desk.gap}
        {text.limits}
      </p>
      {said === null ? null : (
        <Message tone="ok" role="status">
          {said}
        </Message>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <Loaded answer={read.answer} again={read.again} clock={desk.clock} bars={2}>
        {({ rows, people }) => (
          <>
            {rows.length === 0 ? <Empty title={text.empty} /> : <Rows rows={rows} busy={busy} end={end} />}
            <p>
              <Button icon="plus" onClick={() => setOpen(true)}>
                {text.add}
              </Button>
            </p>
            {isOpen ? (
              <StandInDialog
                people={people}
                onClose={() => setOpen(false)}
                onDone={(name) => {
                  setOpen(false);
                  say(({ standIns }) => standIns.begun(name));
                  void read.again();
                }}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Rows({
  rows,
  busy,
  end,
}: {
  readonly rows: readonly StandInRow[];
  readonly busy: boolean;
  readonly end: (row: StandInRow) => Promise<boolean>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.standIns;
  return (
    <div class="scroll">
      <table class="stacks">
        <thead>
          <tr>
            <th scope="col">{text.colWho}</th>
            <th scope="col">{text.colRole}</th>
            <th scope="col">{text.colFor}</th>
            <th scope="col">{text.colDays}</th>
            <th scope="col">{text.colState}</th>
            <th scope="col" class="n">
              {text.colAct}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              <td>
                {words.domain.role[row.role]}
                {row.unit === null ? '' : ` · ${desk.unitName(row.unit)}`}
                <p class="cap code">{row.actor}</p>
              </td>
              <td>{row.instead ?? ''}</td>
              <td class="num">
                {row.to === null ? (
                  <>
                    {text.since(row.from)}
                    <p class="cap">{text.untilEnded}</p>
                  </>
                ) : (
                  text.days(row.from, row.to)
                )}
              </td>
              <td>
                <span class={`state ${tones[row.state]}`}>{text.state[row.state]}</span>
              </td>
              <td class="n">
                {row.state === 'over' ? null : (
                  <Button small disabled={busy} aria-label={text.endOf(row.name)} onClick={() => void end(row)}>
                    {text.end}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const tones: Readonly<Record<StandInRow['state'], string>> = {
  coming: 'st-open',
  running: 'st-closed',
  over: 'st-wait',
};
