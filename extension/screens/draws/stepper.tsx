/** The steps of a draw down the side: what has happened, what is under way, what is to come, each with its time and facts. */
import type { DrawAct, DrawRow } from '../../../shared/api/draws.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import { onRoll, type Step, type StepId, sourcesOf, valueTimes } from './situation.ts';

const icons: Readonly<Record<Step['state'], IconName>> = { done: 'check', current: 'clock', waiting: 'wait' };

export function Stepper({ steps, row }: { readonly steps: readonly Step[]; readonly row: DrawRow | null }) {
  const words = useWords();
  const desk = useDesk();
  // Nothing follows a void.
  const shown = row?.stage === 'void' ? steps.filter(({ state }) => state === 'done') : steps;
  return (
    <ol class="steps" aria-label={words.draws.steps}>
      {shown.map(({ id, state }) => (
        <li key={id} class={state} aria-current={state === 'current' ? 'step' : undefined}>
          <Icon name={icons[state]} small />
          <div>
            <b>{words.draws.step[id]}</b>
            <span class="vh">{words.draws.stepState[state]}</span>
            {row === null
              ? null
              : factsOf(id, state, row, words, desk).map((fact) => (
                  <p key={fact} class="cap num">
                    {fact}
                  </p>
                ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What is known of a step: when, how many. */
function factsOf(id: StepId, state: Step['state'], row: DrawRow, words: Words, desk: Desk): readonly string[] {
  const { opens, all } = valueTimes(row);
  const text = words.draws;
  const deed = (act: DrawAct) =>
    row.history.flatMap((each) => (each.act === act ? [desk.moment(each.at), text.by(each.by)] : []));
  switch (id) {
    case 'rule':
      return [text.rule.index(row.rule)];
    case 'seal':
      return [text.freeze.candidatesCount(row.candidates.length)];
    case 'freeze':
      return [...deed('freeze'), text.rule.index(row.list)];
    case 'nonces':
      return state === 'waiting' ? [] : [text.frozen.progress(row.nonces.length, row.candidates.length)];
    case 'lock':
      return row.lock !== null
        ? [...deed('lock'), text.locked.head(row.lock.size)]
        : row.stage === 'frozen'
          ? [text.frozen.lockBefore(desk.moment(opens))]
          : [];
    case 'acks':
      return row.lock === null
        ? []
        : [
            text.locked.count(row.acks.length, onRoll(row).length),
            ...(row.stage === 'locked' ? [text.locked.until(desk.moment(opens))] : []),
          ];
    case 'values':
      return row.stage === 'void'
        ? []
        : [
            desk.moment(all),
            ...sourcesOf(row).flatMap(({ kind, name, issue }) =>
              kind === 'nonces' ? [] : [`${text.sourceName(name)} ${issue ?? ''}`],
            ),
          ];
    case 'draw':
      return row.record === null || row.drawn === null ? [] : [...deed('record'), text.rule.index(row.record)];
    case 'review':
      return row.review === null || row.drawn === null
        ? []
        : [
            text.review.passed(row.review.passed.length, row.drawn.length),
            ...(row.stage === 'drawn' ? [words.desk.until(desk.moment(row.review.due))] : []),
          ];
    case 'publish':
      return row.publishedAt === null ? [] : [desk.moment(row.publishedAt)];
  }
}
