/** Draw and publish: the rule in force, the draw that is under way (or the week to freeze), and earlier ones. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type DrawRow, getDraws } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { callAll } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { goTo, hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { DrawView } from './draw-view.tsx';
import { FreezeForm } from './freeze-form.tsx';
import { RuleForm } from './rule-form.tsx';
import { closeParts, ruleOf, stratumLabel } from './rule-text.ts';
import { actsOf, isOpen, situationOf, stepsOf } from './situation.ts';
import { Stepper } from './stepper.tsx';
import { TrialScreen } from './trial-screen.tsx';
import { VoidDialog } from './void-dialog.tsx';

const readEveryMs = 5000;

/** Reads again after an act; where that brought the draw a step on, the page begins at the new step, as after going to a page. */
function useNextStep(step: string | null, again: () => Promise<void>): () => Promise<void> {
  const acted = useRef(false);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    if (!acted.current) return;
    acted.current = false;
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus();
  }, [step]);
  return () => {
    acted.current = true;
    return again();
  };
}

export function DrawsScreen({ route }: { readonly route: Route }) {
  const desk = useDesk();
  const read = useAnswer(() => callAll(getDraws), [], readEveryMs);
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
      {(answer) => <Draws answer={answer} route={route} changed={read.again} />}
    </Loaded>
  );
}

function Draws({
  answer,
  route,
  changed: readAgain,
}: {
  readonly answer: Answer<typeof getDraws>;
  readonly route: Route;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws;
  const [voiding, setVoiding] = useState(false);
  const rule = ruleOf(answer);
  const [named, wished] = route;
  const current = answer.rows.find(({ stage }) => stage === 'frozen' || stage === 'locked' || stage === 'drawn');
  const underway = answer.rows.find(isOpen);
  // A void one leaves its week to be frozen again; one that came out is what there is to see.
  const [newest] = answer.rows;
  const shown = current ?? (newest?.stage === 'published' ? newest : undefined);
  const asked = named === 'new' ? underway : (answer.rows.find(({ draw }) => draw === named) ?? shown);
  const row = asked ?? null;
  const changed = useNextStep(row === null ? null : `${row.draw} ${row.stage}`, readAgain);
  if (named === 'rule' && desk.may('draws.run'))
    return (
      <>
        <PageHead title={text.rule.formTitle} />
        <RuleForm
          rule={rule}
          index={answer.rule?.index ?? null}
          onDone={() => {
            void readAgain();
            goTo('draws');
          }}
        />
      </>
    );
  if (named === 'trial' && rule !== null && desk.may('draws.run'))
    return <TrialScreen rule={rule} rows={answer.rows} />;
  const runs = desk.may('draws.run');
  const mayVoid = runs && row !== null && actsOf(row, desk.now).also === 'void';
  const inForce = row !== null && row.rule === answer.rule?.index ? rule : null;
  const attempt = row === null ? null : /-r(\d)$/.exec(row.draw)?.[1];
  return (
    <>
      <PageHead
        title={row === null ? text.title : text.titleOf(words.time.week(row.week))}
        about={
          <>
            {row === null ? null : (
              <span class={`state ${stageTones[row.stage]}`}>{standingOf(row, desk.now, words)}</span>
            )}{' '}
            {attempt == null ? null : <span>{text.attempt(Number(attempt))}</span>}
            {rule === null ? null : <span>{seatsLine(row === null ? rule : (inForce ?? rule), words)}</span>}
          </>
        }
      >
        {row === null ? null : (
          <a class="btn quiet" href={`${desk.profile.server?.address ?? ''}/`} target="_blank" rel="noreferrer">
            {text.asPublic}
          </a>
        )}
        {runs && rule !== null ? (
          <a class="btn quiet" href={hrefOf('draws', 'trial')}>
            {text.trial.open}
          </a>
        ) : null}
        {mayVoid ? (
          <Button kind="text" onClick={() => setVoiding(true)}>
            {text.void.open}
          </Button>
        ) : null}
        {row !== current && current !== undefined ? (
          <a class="btn quiet" href={hrefOf('draws')}>
            {text.current}
          </a>
        ) : null}
      </PageHead>
      <div class="stack wide-gap">
        {runs ? null : <Message>{text.readOnly}</Message>}
        {row === null ? (
          <div class="draw">
            <Stepper steps={stepsOf(null, rule !== null, desk.now)} row={null} />
            <div class="stack wide-gap">
              {rule !== null && runs ? <FreezeForm rows={answer.rows} wished={wished} changed={changed} /> : null}
              <RuleSection rule={rule} index={answer.rule?.index ?? null} locked={false} />
            </div>
          </div>
        ) : (
          <>
            <DrawView
              row={row}
              rule={inForce}
              devices={answer.devices}
              relay={answer.drand}
              isLast={current === undefined}
              changed={changed}
              onVoid={() => setVoiding(true)}
            />
            <RuleSection rule={rule} index={answer.rule?.index ?? null} locked={answer.rows.some(isOpen)} />
          </>
        )}
        <Past rows={answer.rows.filter((each) => each !== row)} isFirst={row === null} />
      </div>
      {voiding && row !== null ? (
        <VoidDialog
          row={row}
          onClose={() => setVoiding(false)}
          onDone={() => {
            setVoiding(false);
            void changed();
          }}
        />
      ) : null}
    </>
  );
}

const stageTones: Readonly<Record<DrawRow['stage'], string>> = {
  frozen: 'st-open',
  locked: 'st-open',
  drawn: 'st-amber',
  published: 'st-closed',
  void: 'st-wait',
};

/** The stage of a draw; of one under way what it waits for, which is nearer than the stage. */
function standingOf(row: DrawRow, now: number, words: Words): string {
  const situation = situationOf(row, now);
  switch (situation) {
    case 'late':
    case 'short':
    case 'values':
      return words.draws.situation[situation];
    case 'witnessing':
      return row.acks.length < row.minAcks ? words.domain.stage.locked : words.draws.situation.lot;
    default:
      return words.domain.stage[row.stage];
  }
}

function seatsLine(rule: Rule, words: Words): string {
  const text = words.draws;
  return [
    ...rule.strata.map(({ id, seats }) => text.seats(stratumLabel(rule, id, words), seats)),
    text.rotation(rule.window),
  ].join(words.common.separator);
}

/** The rule in force in a few lines, and the way to change it while no draw is open. */
function RuleSection({
  rule,
  index,
  locked,
}: {
  readonly rule: Rule | null;
  readonly index: number | null;
  readonly locked: boolean;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.rule;
  if (rule === null)
    return (
      <section class="stack">
        <h2 class="h">{text.title}</h2>
        <Empty title={text.none} />
        {desk.may('draws.run') ? (
          <p>
            <a class="btn" href={hrefOf('draws', 'rule')}>
              {text.make}
            </a>
          </p>
        ) : null}
      </section>
    );
  const { weekday, time } = closeParts(rule.close);
  return (
    <section class="stack">
      <h2 class="h">
        {text.title} <small>{index === null ? null : text.index(index)}</small>
      </h2>
      <dl class="facts">
        <dt>{text.roll}</dt>
        <dd>
          {text.summary(rule.roll.length, rule.strata.length)}
          {rule.strata.map(({ id, seats }) => (
            <p key={id} class="meta">
              {words.draws.seats(stratumLabel(rule, id, words), seats)}
              <br />
              {rule.roll
                .filter(({ stratum }) => stratum === id)
                .map(({ unit }) => desk.unitName(unit))
                .join(words.desk.listSeparator)}
            </p>
          ))}
        </dd>
        <dt>{text.close}</dt>
        <dd class="num">{text.deadline(words.time.weekdayLong(weekday), time)}</dd>
        <dt>{text.window}</dt>
        <dd>{words.draws.rotation(rule.window)}</dd>
        <dt>{text.acks}</dt>
        <dd class="num">{rule.min_acks}</dd>
        <dt>{text.sources}</dt>
        <dd>
          {rule.sources.map(({ kind, name }) => (
            <p key={`${kind} ${name}`}>
              {words.draws.source[kind]}
              {kind === 'nonces' ? '' : ` · ${words.draws.sourceName(name)}`}
            </p>
          ))}
        </dd>
      </dl>
      {desk.may('draws.run') ? (
        locked ? (
          <p class="meta">{text.lastDraw}</p>
        ) : (
          <p>
            <a class="btn quiet" href={hrefOf('draws', 'rule')}>
              {text.change}
            </a>
          </p>
        )
      ) : null}
    </section>
  );
}

/** `isFirst`: no draw stands above these. */
function Past({ rows, isFirst }: { readonly rows: readonly DrawRow[]; readonly isFirst: boolean }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws;
  return (
    <section>
      <h2 class="h">{text.past}</h2>
      {rows.length === 0 ? (
        <Empty title={isFirst ? text.pastEmpty : text.pastNone} />
      ) : (
        <div class="scroll">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{text.colWeek}</th>
                <th scope="col">{text.colStage}</th>
                <th scope="col">{text.colDrawn}</th>
                <th scope="col" class="n">
                  {text.colWhen}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.draw}>
                  <td class="nowrap">
                    <a href={hrefOf('draws', row.draw)}>{text.titleOf(words.time.week(row.week))}</a>
                  </td>
                  <td>
                    <span class={`state ${stageTones[row.stage]}`}>{words.domain.stage[row.stage]}</span>
                  </td>
                  <td class="prime">
                    {(row.drawn ?? []).map(({ unit }) => desk.unitName(unit)).join(words.desk.listSeparator)}
                  </td>
                  <td class="n num">{desk.moment(row.publishedAt ?? row.frozenAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
