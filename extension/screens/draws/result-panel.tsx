/** After the draw record: the result, computed again on this device on wish; the review, then all that was drawn, published together. */
import { useState } from 'preact/hooks';
import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { recomputeDraw } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { DrawnByStratum } from './drawn.tsx';
import { UnitGrid } from './units.tsx';

export function ResultPanel({
  row,
  rule,
  isLast,
}: {
  readonly row: DrawRow;
  readonly rule: Rule | null;
  readonly isLast: boolean;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws;
  const drawn = row.drawn ?? [];
  return (
    <>
      {row.stage === 'published' ? (
        <section class="stack">
          <h2 class="h">
            {text.published.title}{' '}
            <small class="num">
              {row.publishedAt === null ? null : text.published.at(desk.moment(row.publishedAt))}
            </small>
          </h2>
          <ul class="lines">
            {drawn.map(({ unit }) => (
              <li key={unit}>
                <a href={desk.publicAddress(`d/${row.draw}/${unit}.html`)} target="_blank" rel="noreferrer">
                  {text.published.open(desk.unitName(unit))}
                </a>
              </li>
            ))}
            <li>
              <a href={desk.publicAddress(`draw/${row.draw}.json`)} target="_blank" rel="noreferrer">
                {text.published.record}
              </a>
            </li>
          </ul>
          {isLast && desk.may('draws.run') ? (
            <p>
              <a class="btn" href={hrefOf('draws', 'new')}>
                {text.published.next}
              </a>
            </p>
          ) : null}
        </section>
      ) : (
        <Review row={row} />
      )}
      <section class="stack">
        <h2 class="h">{text.drawn.result}</h2>
        {rule === null ? (
          <UnitGrid
            label={text.drawn.result}
            rows={drawn.map(({ unit }) => ({ unit, word: text.values.drawn, tone: 'drawn' }))}
          />
        ) : (
          <DrawnByStratum
            drawn={drawn}
            rule={rule}
            candidates={row.candidates.map(({ unit }) => unit)}
            rest={row.rest.map(({ unit }) => unit)}
          />
        )}
        <Recompute row={row} />
      </section>
    </>
  );
}

/** Until when the drawn diaries are reviewed, which are passed, and what holds the publication up once that time is over. */
function Review({ row }: { readonly row: DrawRow }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.review;
  const due = row.review?.due ?? null;
  const passed = row.review?.passed ?? [];
  const missing = row.review?.missing ?? [];
  return (
    <section class="stack">
      <h2 class="h">
        {due === null ? text.title : text.until(desk.moment(due))}{' '}
        {due === null ? null : <small class="num">{desk.remaining(due)}</small>}
      </h2>
      <p>{text.body}</p>
      <UnitGrid
        label={text.title}
        rows={(row.drawn ?? []).map(({ unit }) =>
          passed.includes(unit)
            ? { unit, word: text.isPassed, tone: 'done' as const }
            : { unit, word: text.waits, tone: 'waits' as const },
        )}
      />
      {missing.length === 0 ? null : (
        <Message tone="fail" role="alert">
          {text.missing(missing.map(desk.unitName).join(words.desk.listSeparator))}
        </Message>
      )}
      <p class="meta">
        {words.draws.drawn.noVoid}
        {words.desk.gap}
        {desk.may('draws.run') ? <a href={hrefOf('draws', 'new')}>{words.draws.drawn.nextMeanwhile}</a> : null}
      </p>
    </section>
  );
}

/** Runs the lot again from the log, before one's own eyes. */
function Recompute({ row }: { readonly row: DrawRow }) {
  const words = useWords();
  const text = words.draws.drawn;
  const [same, setSame] = useState<boolean | null>(null);
  const { busy, problem, act } = useAct();
  return (
    <>
      <p>
        <Button disabled={busy} onClick={() => void act(async () => setSame(await recomputeDraw(row)))}>
          {busy ? text.recomputing : text.recompute}
        </Button>
      </p>
      {same === null ? null : <Message tone={same ? 'ok' : 'fail'}>{same ? text.same : text.different}</Message>}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </>
  );
}
