/** The numbers of one source as they are typed, shown as balls to compare; or the round of a beacon, fetched or pasted. */
import type { Source } from '../../../shared/proof/records.ts';
import { two } from '../../../shared/time/civil.ts';
import { fetchRound } from '../../commands/drand.ts';
import type { Values } from '../../commands/draws.ts';
import { readNumbers, type ValueProblem } from '../../commands/lottery.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

interface Props {
  readonly source: Source;
  /** What is asked for; without it the numbers of the source's issue. */
  readonly label?: string;
  /** Address where a beacon's rounds are fetched; null where they are pasted. */
  readonly relay: string | null;
  readonly typed: string;
  readonly error: string | null;
  readonly type: (text: string) => void;
}

export function ValueField(props: Props) {
  return props.source.kind === 'drand' ? <RoundField {...props} /> : <NumbersField {...props} />;
}

function NumbersField({ source, label, typed, error, type }: Props) {
  const words = useWords();
  const text = words.draws.values;
  const { kind, name, issue = '' } = source;
  const read = readNumbers(source, typed);
  return (
    <div class="stack">
      <TextField
        label={label ?? text.of(name, issue)}
        hint={kind === 'stage' ? text.stageHint : text.hint}
        autocomplete="off"
        value={typed}
        error={error}
        onInput={(event) => type(event.currentTarget.value)}
      />
      {read.ok ? (
        <p class="row" role="status">
          <span class="cap">{text.readAs}</span>
          <Numbers value={read.value} />
        </p>
      ) : null}
    </div>
  );
}

function RoundField({ source, relay, typed, error, type }: Props) {
  const words = useWords();
  const text = words.draws.values;
  const { busy, problem, act } = useAct();
  const { name, issue = '' } = source;
  return (
    <div class="stack">
      <TextArea
        label={text.roundOf(name, issue)}
        rows={4}
        hint={relay === null ? text.pasteHint : text.fetchHint(relay)}
        value={typed}
        error={error}
        onInput={(event) => type(event.currentTarget.value)}
      />
      {problem === null ? null : <Message tone="amber">{text.notFetched(problem)}</Message>}
      {relay === null ? null : (
        <p>
          <Button disabled={busy} onClick={() => void act(async () => type(await fetchRound(relay, source)))}>
            {busy ? text.fetching : text.fetch}
          </Button>
        </p>
      )}
    </div>
  );
}

/** What is wrong with typed numbers, for a person. */
export function valueSentence(problem: ValueProblem, words: Words): string {
  const text = words.draws.numbers;
  switch (problem.code) {
    case 'VALUE_MISSING':
    case 'VALUE_UNREADABLE':
      return words.draws.problem[problem.code];
    case 'COUNT':
      return text.count(problem.want, problem.have);
    case 'DIGITS':
      return text.digits(problem.want, problem.have);
    case 'RANGE':
      return text.range(problem.number, problem.from, problem.to);
    case 'TWICE':
      return text.twice(problem.number);
  }
}

/** The numbers as they were read: each on its own, so that a slip is seen. */
export function Numbers({ value }: { readonly value: Values[number]['value'] }) {
  if (typeof value === 'string') return <span class="code">{value}</span>;
  return (
    <span class="balls">
      {value.map((number, n) => (
        <span key={`${n} ${number}`} class="ball">
          {two(number)}
        </span>
      ))}
    </span>
  );
}
