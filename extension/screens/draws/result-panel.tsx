/** After the draw record: the result, computed again on this device on wish; then publication of all together. */
import { useState } from 'preact/hooks';
import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { publishDraw, recomputeDraw } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { goTo } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { DrawnByStratum } from './drawn.tsx';
import { UnitGrid } from './units.tsx';

export function ResultPanel({
  row,
  rule,
  changed,
}: {
  readonly row: DrawRow;
  readonly rule: Rule | null;
  readonly changed: () => Promise<void>;
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
          </ul>
        </section>
      ) : (
        <Publish row={row} changed={changed} />
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

function Publish({ row, changed }: { readonly row: DrawRow; readonly changed: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.drawn;
  const { busy, problem, refusal, act } = useAct();
  const missing = refusal?.facts.missing;
  const units = Array.isArray(missing) ? missing.map((unit) => desk.unitName(String(unit))) : [];
  return (
    <section class="stack">
      <h2 class="h">{text.title}</h2>
      <p>{text.body}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
          {words.desk.gap}
          {units.length === 0 ? null : text.missing(units.join(words.desk.listSeparator))}
        </Message>
      )}
      {desk.may('draws.run') ? (
        <p>
          <Button
            kind="primary"
            disabled={busy}
            onClick={() =>
              void act(() => publishDraw(row.draw)).then((done) => {
                if (!done) return;
                goTo('draws', row.draw);
                void changed();
              })
            }
          >
            {text.publish}
          </Button>
        </p>
      ) : null}
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
