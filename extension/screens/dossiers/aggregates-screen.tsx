/** The organisation's figures by quarter (全组织汇总): which are made, and making one. */
import { useState } from 'preact/hooks';
import { type AggregateRow, getAggregates } from '../../../shared/api/aggregates.ts';
import { makeAggregate } from '../../commands/dossiers.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';

/** `2026年第3季度`. */
export const quarterWord = (quarter: string, { myTime }: Words): string =>
  myTime.quarter(quarter.slice(0, 4), Number(quarter.slice(6)));

export function AggregatesScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.aggregate;
  const { answer, again } = useAnswer(() => call(getAggregates), []);
  return (
    <div class="portrait">
      <PageHead title={text.title} about={text.about}>
        <a href={hrefOf('dossiers')}>{words.desk.back}</a>
      </PageHead>
      <p class="narrow">{text.rule}</p>
      <p class="narrow meta">{text.once}</p>
      <Loaded answer={answer} again={again} clock={desk.clock} bars={3}>
        {({ rows }) => <Quarters rows={rows} made={again} />}
      </Loaded>
    </div>
  );
}

function Quarters({ rows, made }: { readonly rows: readonly AggregateRow[]; readonly made: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.aggregate;
  const [asked, setAsked] = useState<string | null>(null);
  if (rows.length === 0) return <p>{text.none}</p>;
  return (
    <section class="stack">
      <h2 class="h">{text.list}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{text.col.quarter}</th>
              <th scope="col">{text.col.period}</th>
              <th scope="col">{text.col.state}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ quarter, from, to, openAt, madeAt }) => (
              <tr key={quarter}>
                <th scope="row">
                  {madeAt === null ? (
                    quarterWord(quarter, words)
                  ) : (
                    <a href={hrefOf('dossiers', 'organisation', quarter)}>{quarterWord(quarter, words)}</a>
                  )}
                </th>
                <td class="num">{words.time.period(from, to)}</td>
                <td class="num">
                  {madeAt !== null ? (
                    text.made(desk.moment(madeAt))
                  ) : desk.now < openAt ? (
                    text.openFrom(desk.moment(openAt))
                  ) : (
                    <Button
                      small
                      aria-label={text.makeOf(quarterWord(quarter, words))}
                      onClick={() => setAsked(quarter)}
                    >
                      {text.make}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked === null ? null : <MakeDialog quarter={asked} close={() => setAsked(null)} made={made} />}
    </section>
  );
}

function MakeDialog({
  quarter,
  close,
  made,
}: {
  readonly quarter: string;
  readonly close: () => void;
  readonly made: () => Promise<void>;
}) {
  const words = useWords();
  const text = words.aggregate;
  const { busy, problem, act } = useAct();
  return (
    <Dialog title={text.makeOf(quarterWord(quarter, words))} onClose={close}>
      <p>{text.makeAsk}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button
          kind="primary"
          disabled={busy}
          onClick={() =>
            void act(async () => {
              await makeAggregate(quarter);
              await made();
              close();
            })
          }
        >
          {text.make}
        </Button>
        <Button onClick={close}>{words.common.cancel}</Button>
      </p>
    </Dialog>
  );
}
