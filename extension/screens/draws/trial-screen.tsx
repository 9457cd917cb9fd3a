/** A whole draw as an exercise (演练): list, typed value, lot, result, marked as such on every part and on paper; nothing is signed. */
import { useState } from 'preact/hooks';
import { type DrawRow, getFreeze } from '../../../shared/api/draws.ts';
import { hex } from '../../../shared/base/bytes.ts';
import type { Rule, Source } from '../../../shared/proof/records.ts';
import { dayOf } from '../../../shared/time/civil.ts';
import { weekBefore, weekOf } from '../../../shared/time/week.ts';
import { readNumbers } from '../../commands/lottery.ts';
import { demoPool, poolOfDraw, poolOfFreeze, runTrial, type Trial, type TrialPool } from '../../commands/trial-draw.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { wallClock } from '../../store/today.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { DrawnByStratum } from './drawn.tsx';
import { weeksToFreeze } from './freeze-form.tsx';
import { stratumLabel } from './rule-text.ts';
import { UnitGrid } from './units.tsx';
import { Numbers, ValueField, valueSentence } from './value-field.tsx';

/** How many earlier draws are offered. */
const earlierShown = 4;

export function TrialScreen({ rule, rows }: { readonly rule: Rule; readonly rows: readonly DrawRow[] }) {
  const words = useWords();
  const text = words.draws.trial;
  const [trial, setTrial] = useState<Trial | null>(null);
  return (
    <div class="trial" data-mark={text.mark}>
      <PageHead title={text.title} about={<span class="state st-amber">{text.mark}</span>}>
        <a href={hrefOf('draws')}>{words.desk.back}</a>
      </PageHead>
      <div class="stack wide-gap">
        <Message tone="amber">{text.about}</Message>
        {trial === null ? (
          <TrialForm rule={rule} rows={rows} done={setTrial} />
        ) : (
          <TrialResult rule={rule} trial={trial} again={() => setTrial(null)} />
        )}
      </div>
    </div>
  );
}

/** A source as it is typed here: a beacon's round is no more than a text. */
const asTyped = ({ kind, name }: Rule['sources'][number], issue: string): Source => ({
  kind: kind === 'drand' ? 'stage' : kind,
  name,
  issue,
  not_before: 0,
});

function TrialForm({
  rule,
  rows,
  done,
}: {
  readonly rule: Rule;
  readonly rows: readonly DrawRow[];
  readonly done: (trial: Trial) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.trial;
  const thisWeek = weekOf(dayOf(wallClock(desk.zone, desk.now * 1000)));
  const [basis, setBasis] = useState('demo');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState(false);
  const { busy, problem, act } = useAct();
  const sources = rule.sources.filter(({ kind }) => kind !== 'nonces').map((source) => asTyped(source, text.mark));
  const read = sources.map((source) => readNumbers(source, typed[source.name] ?? ''));
  const values = read.flatMap((each) => (each.ok ? [each.value] : []));
  const pool = async (): Promise<TrialPool> => {
    const earlier = rows.find(({ draw }) => draw === basis);
    if (earlier !== undefined) return poolOfDraw(earlier);
    return basis === 'demo'
      ? demoPool(rule, weekBefore(thisWeek))
      : poolOfFreeze(await call(getFreeze, { params: { week: basis } }));
  };
  return (
    <form
      class="stack narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (values.length === sources.length) void act(async () => done(await runTrial(rule, await pool(), values)));
      }}
    >
      <SelectField
        label={text.list}
        hint={text.listHint}
        value={basis}
        onChange={({ currentTarget: { value } }) => setBasis(value)}
      >
        <option value="demo">{text.demo(rule.roll.length)}</option>
        {rows.some(({ stage }) => stage === 'frozen' || stage === 'locked')
          ? null
          : weeksToFreeze(thisWeek, rows).map((week) => (
              <option key={week} value={week}>
                {text.sealed(words.time.week(week))}
              </option>
            ))}
        {rows.slice(0, earlierShown).map(({ draw, week }) => (
          <option key={draw} value={draw}>
            {text.earlier(words.time.week(week))}
          </option>
        ))}
      </SelectField>
      {sources.map((source, n) => {
        const one = read[n];
        return (
          <ValueField
            key={source.name}
            source={source}
            label={text.value(source.name)}
            relay={null}
            typed={typed[source.name] ?? ''}
            error={tried && one !== undefined && !one.ok ? valueSentence(one.problem, words) : null}
            type={(next) => setTyped({ ...typed, [source.name]: next })}
          />
        );
      })}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p>
        <Button kind="primary" type="submit" disabled={busy}>
          {text.run}
        </Button>
      </p>
    </form>
  );
}

function TrialResult({
  rule,
  trial: { pool, values, input, steps },
  again,
}: {
  readonly rule: Rule;
  readonly trial: Trial;
  readonly again: () => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.trial;
  const outside = rule.sources.filter(({ kind }) => kind !== 'nonces');
  return (
    <>
      <section class="stack">
        <h2 class="h">
          {text.part.list} <small>{text.mark}</small>
        </h2>
        <p class="meta">{text.basis[pool.basis](words.time.week(pool.week))}</p>
        <UnitGrid label={text.part.list} rows={pool.list.map(({ unit }) => ({ unit, word: '', tone: 'done' }))} />
      </section>
      <section class="stack">
        <h2 class="h">
          {text.part.value} <small>{text.mark}</small>
        </h2>
        {outside.map(({ name }, n) => (
          <p key={name} class="row">
            <span>{text.value(name)}</span>
            <Numbers value={values[n] ?? ''} />
          </p>
        ))}
        {outside.length < rule.sources.length ? <p class="meta">{text.noNonces}</p> : null}
      </section>
      <section class="stack">
        <h2 class="h">
          {text.part.lot} <small>{text.mark}</small>
        </h2>
        <p class="meta">{text.lotHow(input.draw)}</p>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{text.col.stratum}</th>
                <th scope="col">{text.col.left}</th>
                <th scope="col">{text.col.number}</th>
                <th scope="col">{text.col.at}</th>
                <th scope="col">{text.col.taken}</th>
              </tr>
            </thead>
            <tbody>
              {steps.map(({ stratum, left, number, at, taken }) => (
                <tr key={`${stratum} ${taken}`}>
                  <td>{stratumLabel(rule, stratum, words)}</td>
                  <td class="num">{left.length}</td>
                  <td class="code">{hex(number).slice(0, 16)}…</td>
                  <td class="num">{at + 1}</td>
                  <td>{desk.unitName(taken)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section class="stack">
        <h2 class="h">
          {text.part.result} <small>{text.mark}</small>
        </h2>
        <DrawnByStratum
          drawn={steps.map(({ stratum, taken }) => ({ stratum, unit: taken }))}
          rule={rule}
          candidates={pool.list.map(({ unit }) => unit)}
          rest={pool.rest.map(({ unit }) => unit)}
        />
      </section>
      <p>
        <Button onClick={again}>{text.again}</Button>
      </p>
    </>
  );
}
