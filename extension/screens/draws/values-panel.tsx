/** Enter the official numbers, see the result computed on this device, then sign it. */
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Source } from '../../../shared/proof/records.ts';
import { proveRound } from '../../commands/drand.ts';
import { computeDraw, type DrawDraft, signDraw, type Values } from '../../commands/draws.ts';
import { readNumbers } from '../../commands/lottery.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { goTo } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { DrawnByStratum } from './drawn.tsx';
import type { Panel } from './panel.ts';
import { sourcesOf } from './situation.ts';
import { useForm } from './use-form.ts';
import { Numbers, ValueField, valueSentence } from './value-field.tsx';

/** What was typed or pasted, by the name of the source. */
const Typed = v.record(v.string(), v.string());
const nothing: v.InferOutput<typeof Typed> = {};

/** A source with its value, or the sentence of what is wrong with what was typed. */
interface Reading {
  readonly name: string;
  readonly value: Values[number] | null;
  readonly problem: string | null;
}

export function ValuesPanel({ row, relay, changed }: Panel) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.values;
  const outside = sourcesOf(row).filter(({ kind }) => kind !== 'nonces');
  const typed = useForm(`draw.${row.draw}.values`, Typed, nothing);
  const [wrong, setWrong] = useState<readonly Reading[]>([]);
  const [draft, setDraft] = useState<DrawDraft | null>(null);
  const { busy, problem, act } = useAct();
  if (!desk.may('draws.run')) return null;
  const finish = async () => {
    typed.drop();
    await changed();
  };
  if (draft !== null) return <Result row={row} draft={draft} back={() => setDraft(null)} changed={finish} />;
  const compute = (form: HTMLElement) =>
    void act(async () => {
      const read = await Promise.all(outside.map((source) => readingOf(source, typed.form[source.name] ?? '', words)));
      setWrong(read.filter(({ value }) => value === null));
      focusInvalid(form);
      const values = read.flatMap(({ value }) => value ?? []);
      if (values.length === outside.length) setDraft(await computeDraw(row, values));
    });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        compute(event.currentTarget);
      }}
    >
      <h2 class="h">{text.title}</h2>
      <p>{outside.every(({ kind }) => kind === 'drand') ? text.bodyDrand : text.body}</p>
      {outside.map((source) => (
        <ValueField
          key={source.name}
          source={source}
          relay={relay}
          typed={typed.form[source.name] ?? ''}
          error={wrong.find(({ name }) => name === source.name)?.problem ?? null}
          type={(next) => {
            setWrong(wrong.filter(({ name }) => name !== source.name));
            typed.change({ ...typed.form, [source.name]: next });
          }}
        />
      ))}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {busy ? text.computing : text.compute}
        </Button>
        <span class="cap" role="status">
          {typed.kept ? words.desk.draftKept : null}
        </span>
      </p>
    </form>
  );
}

/** Reads what was typed for a source; a beacon's round is proven here, on this device. */
async function readingOf(source: Source, typed: string, words: Words): Promise<Reading> {
  const { kind, name, issue = '' } = source;
  if (kind === 'drand') {
    const round = await proveRound(source, typed);
    return round.ok
      ? { name, value: round.value, problem: null }
      : { name, value: null, problem: words.draws.round[round.problem] };
  }
  const read = readNumbers(source, typed);
  return read.ok
    ? { name, value: { kind, name, issue, value: read.value }, problem: null }
    : { name, value: null, problem: valueSentence(read.problem, words) };
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
  const compared = draw.values.some(({ kind }) => kind !== 'drand');
  const sign = () => {
    setTried(true);
    if (!agreed && compared) return;
    void signed(() => signDraw(row, draft)).then((done) => {
      if (!done) return;
      // Named, so that it stays on the page once it is published.
      goTo('draws', row.draw);
      void changed();
    });
  };
  return (
    <section class="stack">
      <h2 class="h">{text.result}</h2>
      <p>{compared ? text.resultBody : text.resultBodyDrand}</p>
      <dl class="facts">
        {draw.values.map(({ kind, name, issue, value }) => (
          <Fragment key={name}>
            <dt>{kind === 'drand' ? text.roundOf(name, issue) : text.of(name, issue)}</dt>
            <dd>
              <Numbers value={value} />
              {kind === 'drand' ? <p class="meta">{text.proven}</p> : null}
            </dd>
          </Fragment>
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
      {compared ? (
        <Tick checked={agreed} error={tried && !agreed ? text.agreeFirst : null} onChange={setAgreed}>
          {text.agreed}
        </Tick>
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button kind="primary" disabled={busy} onClick={sign}>
          {busy ? text.signing : text.sign}
        </Button>
        <Button disabled={busy} onClick={back}>
          {text.again}
        </Button>
      </p>
    </section>
  );
}
