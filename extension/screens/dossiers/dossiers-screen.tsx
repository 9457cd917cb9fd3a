/** Dossiers (考核材料) for the assessor: asked for here, read once the leader has seen them; no list is sorted by a figure. */
import { useState } from 'preact/hooks';
import { type DossierRow, getAssessment, getDossier, getDossiers } from '../../../shared/api/dossiers.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { DossierSheet } from '../portrait/dossier-sheet.tsx';
import { ExportDossier } from '../portrait/export-dossier.tsx';
import { useOneReading } from '../portrait/use-one-reading.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { AggregateSheet } from './aggregate-sheet.tsx';
import { AggregatesScreen } from './aggregates-screen.tsx';
import { AssessmentForm } from './assessment-form.tsx';
import { MakeForm } from './make-form.tsx';

const readEveryMs = 60_000;

export function DossiersScreen({ route }: { readonly route: Route }) {
  const [id, quarter] = route;
  if (id === 'organisation')
    return quarter === undefined ? <AggregatesScreen /> : <AggregateSheet key={quarter} quarter={quarter} />;
  return id === undefined ? <Desk /> : <One key={id} id={id} />;
}

function Desk() {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  const list = useAnswer(() => call(getDossiers, { query: {} }), [], readEveryMs);
  const assessment = useAnswer(() => call(getAssessment), []);
  return (
    <div class="portrait">
      <PageHead title={text.assessTitle} about={text.assessAbout}>
        <a href={hrefOf('dossiers', 'organisation')}>{words.aggregate.link}</a>
      </PageHead>
      <Loaded answer={assessment.answer} again={assessment.again} clock={desk.clock} bars={3}>
        {(set) => (
          <>
            <MakeForm days={set.leaderWorkingDays} made={list.again} />
            <Loaded answer={list.answer} again={list.again} clock={desk.clock} bars={3}>
              {({ rows, next }) => (
                <>
                  <List rows={rows} next={next} />
                  <AssessmentForm key={JSON.stringify(set)} set={set} saved={assessment.replace} />
                </>
              )}
            </Loaded>
          </>
        )}
      </Loaded>
    </div>
  );
}

function List({ rows, next }: { readonly rows: readonly DossierRow[]; readonly next: string | null }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  const [further, setFurther] = useState<{ readonly rows: readonly DossierRow[]; readonly next: string | null } | null>(
    null,
  );
  const { busy, problem, act } = useAct();
  const after = further === null ? next : further.next;
  const all = [...rows, ...(further?.rows ?? [])];
  return (
    <section class="stack">
      <h2 class="h">{text.list}</h2>
      {all.length === 0 ? (
        <p>{text.noList}</p>
      ) : (
        <div class="scroll">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{text.col.who}</th>
                <th scope="col">{text.col.period}</th>
                <th scope="col">{text.col.made}</th>
                <th scope="col">{text.col.state}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    {row.state === 'waiting' ? row.post : <a href={hrefOf('dossiers', row.id)}>{row.post}</a>}
                    <p class="cap">{desk.unitName(row.unit)}</p>
                  </th>
                  <td class="num">{words.time.period(row.from, row.to)}</td>
                  <td class="num">{desk.moment(row.madeAt)}</td>
                  <td class="num">
                    {row.state === 'waiting' ? text.waiting(desk.moment(row.openAt)) : text.state[row.state]}
                    <p class="cap">{row.seenAt === null ? text.notSeen : text.seen(desk.moment(row.seenAt))}</p>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {after === null ? null : (
        <p>
          <Button
            disabled={busy}
            onClick={() =>
              void act(async () => {
                const page = await call(getDossiers, { query: { after } });
                setFurther((before) => ({ rows: [...(before?.rows ?? []), ...page.rows], next: page.next }));
              })
            }
          >
            {words.rates.more}
          </Button>
        </p>
      )}
    </section>
  );
}

function One({ id }: { readonly id: string }) {
  const words = useWords();
  const desk = useDesk();
  const { answer, again } = useOneReading(() => call(getDossier, { params: { id } }), id);
  return (
    <Loaded answer={answer} again={again} clock={desk.clock}>
      {(dossier) => (
        <>
          <div class="no-print">
            <PageHead title={words.portrait.dossier}>
              <a href={hrefOf('dossiers')}>{words.desk.back}</a>
            </PageHead>
            <ExportDossier dossier={dossier} />
          </div>
          <DossierSheet dossier={dossier} opens />
        </>
      )}
    </Loaded>
  );
}
