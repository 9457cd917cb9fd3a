/** Enter the official numbers, see the result computed on this device, then sign it. */
import { useState } from 'preact/hooks';
import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Source } from '../../../shared/proof/records.ts';
import { computeDraw, type DrawDraft, readValue, signDraw, type Values } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { focusInvalid } from '../desk/focus-invalid.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { DrawnByStratum } from './drawn.tsx';
import { sourcesOf } from './situation.ts';

interface Typed {
  readonly value: string;
  readonly sig: string;
}

const blank: Typed = { value: '', sig: '' };

export function ValuesPanel({ row, changed }: { readonly row: DrawRow; readonly changed: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.values;
  const outside = sourcesOf(row).filter(({ kind }) => kind !== 'nonces');
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map());
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<DrawDraft | null>(null);
  const { busy, problem, act } = useAct();
  if (!desk.may('draws.run')) return null;
  if (draft !== null) return <Result row={row} draft={draft} back={() => setDraft(null)} changed={changed} />;
  const read = outside.map((source) => ({ source, ...judged(source, typed.get(source.name) ?? blank) }));
  const compute = () => {
    setTried(true);
    const values = read.flatMap(({ value }) => (value === null ? [] : [value]));
    if (values.length < outside.length) return;
    void act(async () => setDraft(await computeDraw(row, values)));
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        compute();
      }}
    >
      <h2 class="h">{text.title}</h2>
      <p>{text.body}</p>
      {read.map(({ source, valueProblem, sigProblem }) => {
        const { kind, name, issue = '' } = source;
        const now = typed.get(name) ?? blank;
        const change = (next: Typed) => setTyped(new Map([...typed, [name, next]]));
        return (
          <div key={name} class="stack">
            <TextField
              label={text.of(name, issue)}
              hint={kind === 'drand' ? text.drandHint : kind === 'stage' ? text.stageHint : text.hint}
              autocomplete="off"
              value={now.value}
              error={tried && valueProblem !== null ? words.draws.problem[valueProblem] : null}
              onInput={(event) => change({ ...now, value: event.currentTarget.value })}
            />
            {kind === 'drand' ? (
              <TextField
                label={text.sig}
                hint={text.sigHint}
                autocomplete="off"
                value={now.sig}
                error={tried && sigProblem !== null ? words.draws.problem[sigProblem] : null}
                onInput={(event) => change({ ...now, sig: event.currentTarget.value })}
              />
            ) : null}
          </div>
        );
      })}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p>
        <Button kind="primary" type="submit" disabled={busy}>
          {busy ? text.computing : text.compute}
        </Button>
      </p>
    </form>
  );
}

/** A typed value as a draw record has it, or what is wrong with it. */
function judged({ kind, name, issue = '' }: Source, typed: Typed) {
  const read = readValue(typed.value);
  const sig = typed.sig.trim();
  const sigProblem = kind === 'drand' && sig === '' ? ('SIG_MISSING' as const) : null;
  const valueProblem = read.ok ? null : read.problem;
  const value: Values[number] | null =
    read.ok && sigProblem === null
      ? { kind, name, issue, value: read.value, ...(kind === 'drand' ? { sig } : {}) }
      : null;
  return { value, valueProblem, sigProblem };
}

function Result({
  row,
  draft,
  back,
  changed,
}: {
  readonly row: DrawRow;
  readonly draft: DrawDraft;
  readonly back: () => void;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const text = words.draws.values;
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, problem, signed } = useAct();
  const { draw, rule, list } = draft;
  const sign = () => {
    setTried(true);
    if (agreed) void signed(() => signDraw(row, draft)).then((done) => (done ? changed() : undefined));
  };
  return (
    <section class="stack">
      <h2 class="h">{text.result}</h2>
      <p>{text.resultBody}</p>
      <dl class="facts">
        {draw.values.map(({ name, issue, value }) => (
          <>
            <dt key={`${name} name`}>{text.of(name, issue)}</dt>
            <dd key={name}>
              <Numbers value={value} />
            </dd>
          </>
        ))}
        {list.sources.some(({ kind }) => kind === 'nonces') ? (
          <>
            <dt>{words.draws.source.nonces}</dt>
            <dd>{text.noncesUsed(draw.nonces.length)}</dd>
          </>
        ) : null}
      </dl>
      <DrawnByStratum
        drawn={draw.drawn}
        rule={rule}
        candidates={list.list.map(({ unit }) => unit)}
        rest={list.rest.map(({ unit }) => unit)}
      />
      <Tick checked={agreed} error={tried && !agreed ? text.agreeFirst : null} onChange={setAgreed}>
        {text.agreed}
      </Tick>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button kind="primary" disabled={busy} onClick={sign}>
          {text.sign}
        </Button>
        <Button disabled={busy} onClick={back}>
          {text.again}
        </Button>
      </p>
    </section>
  );
}

/** The numbers as they were read: each on its own, so that a slip is seen. */
function Numbers({ value }: { readonly value: Values[number]['value'] }) {
  if (typeof value === 'string') return <span class="code">{value}</span>;
  return (
    <span class="balls">
      {value.map((number, n) => (
        <span key={`${n} ${number}`} class="ball">
          {String(number).padStart(2, '0')}
        </span>
      ))}
    </span>
  );
}
