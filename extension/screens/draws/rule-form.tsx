/** The standing rule: who takes part in which group, seats, rotation, deadline, witnesses, and what it is drawn with. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { drandChain } from '../../../shared/proof/drand-chains.ts';
import { isMinority } from '../../../shared/proof/lock.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { judgeRule, type RuleInput, type RuleProblem, signRule } from '../../commands/draws.ts';
import { nameInRule } from '../../commands/lottery.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { ClockField, clockOf } from '../desk/clock-field.tsx';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { closeOf, closeParts } from './rule-text.ts';
import { useForm } from './use-form.ts';

const outsideKinds = ['lottery', 'stage', 'drand'] as const;

/** The one chain that is pinned. */
const beacon = 'quicknet';

/** The form's own state: numbers as they are typed. `roll` maps a unit to its group's id; a unit that is not there takes no part. */
const Form = v.object({
  strata: v.array(v.object({ id: v.string(), seats: v.string() })),
  roll: v.record(v.string(), v.string()),
  window: v.string(),
  /** Null: more than half, whatever the roll. */
  acks: v.nullable(v.string()),
  weekday: v.number(),
  time: v.string(),
  nonces: v.boolean(),
  outside: v.array(v.object({ kind: v.picklist(outsideKinds), name: v.string() })),
});
type Form = v.InferOutput<typeof Form>;

const groupIds = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** `index`: place of the rule in force in the log; a draft belongs to the rule that it changes. */
export function RuleForm({
  rule,
  index,
  onDone,
}: {
  readonly rule: Rule | null;
  readonly index: number | null;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.rule;
  const [first] = useState<Form>(() => (rule === null ? firstForm(desk) : formOf(rule, words.draws.sourceName)));
  const draft = useForm(`draw.rule.${index ?? 'first'}`, Form, first);
  const { form } = draft;
  const [tried, setTried] = useState(false);
  const { busy, problem, signed } = useAct();
  const input = ruleInputOf(form, rule, desk);
  const judged = judgeRule(input);
  const errorOf = (...codes: RuleProblem[]) =>
    tried && !judged.ok && codes.includes(judged.problem) ? words.draws.problem[judged.problem] : null;
  const label = (id: string) => words.draws.stratum(form.strata.findIndex((each) => each.id === id) + 1);
  const free = groupIds.find((id) => !form.strata.some((each) => each.id === id));
  const change = (next: Partial<Form>) => draft.change({ ...form, ...next });
  const leave = () => {
    draft.drop();
    onDone();
  };
  const changeSource = (at: number, next: Form['outside'][number]) =>
    change({ outside: form.outside.map((each, n) => (n === at ? next : each)) });
  return (
    <form
      class="stack wide-gap"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (judged.ok) void signed(() => signRule(judged.value)).then((done) => (done ? leave() : undefined));
      }}
    >
      <p>{text.formBody}</p>
      <section class="stack">
        <h2 class="h">{text.strata}</h2>
        <div class="fields cells">
          {form.strata.map(({ id, seats }, n) => (
            <div key={id} class="with-remove">
              <TextField
                label={text.seats(label(id))}
                type="number"
                min="0"
                value={seats}
                error={n === 0 ? errorOf('SEATS_WRONG', 'SEATS_NONE', 'STRATUM_EMPTY') : null}
                hint={words.draws.stratumUnits(Object.values(form.roll).filter((group) => group === id).length)}
                onInput={(event) =>
                  change({
                    strata: form.strata.map((each) =>
                      each.id === id ? { id, seats: event.currentTarget.value } : each,
                    ),
                  })
                }
              />
              {form.strata.length > 1 ? (
                <Button
                  kind="text"
                  small
                  onClick={() =>
                    change({
                      strata: form.strata.filter((each) => each.id !== id),
                      roll: Object.fromEntries(Object.entries(form.roll).filter(([, group]) => group !== id)),
                    })
                  }
                >
                  {text.removeStratum(label(id))}
                </Button>
              ) : null}
            </div>
          ))}
        </div>
        {free === undefined ? null : (
          <p>
            <Button
              kind="text"
              icon="plus"
              onClick={() => change({ strata: [...form.strata, { id: free, seats: '1' }] })}
            >
              {text.addStratum}
            </Button>
          </p>
        )}
      </section>
      <section class="stack">
        <h2 class="h">
          {text.roll} <small>{words.draws.stratumUnits(input.roll.length)}</small>
        </h2>
        <p class="meta">{text.rollHint}</p>
        {errorOf('ROLL_EMPTY') === null ? null : <Message tone="fail">{errorOf('ROLL_EMPTY')}</Message>}
        <div class="roll">
          {desk.units.map(({ id, kind }) => (
            <label key={id} class="roll-row">
              <span>
                {desk.unitName(id)}
                <small class="cap under">{words.domain.unitKind[kind]}</small>
              </span>
              <select
                aria-label={text.groupOf(desk.unitName(id))}
                value={form.roll[id] ?? ''}
                onChange={(event) => {
                  const { [id]: _, ...others } = form.roll;
                  const group = event.currentTarget.value;
                  change({ roll: group === '' ? others : { ...others, [id]: group } });
                }}
              >
                <option value="">{text.notOnRoll}</option>
                {form.strata.map((stratum) => (
                  <option key={stratum.id} value={stratum.id}>
                    {label(stratum.id)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </section>
      <section class="stack">
        <h2 class="h">{text.close}</h2>
        <div class="fields">
          <SelectField
            label={text.closeDay}
            value={String(form.weekday)}
            hint={text.zone(desk.zone)}
            onChange={(event) => change({ weekday: Number(event.currentTarget.value) })}
          >
            {[1, 2, 3, 4, 5, 6, 7].map((day) => (
              <option key={day} value={String(day)}>
                {words.time.weekdayLong(day)}
              </option>
            ))}
          </SelectField>
          <ClockField
            label={text.closeTime}
            value={form.time}
            error={errorOf('CLOSE_WRONG')}
            onType={(time) => change({ time })}
          />
          <TextField
            label={text.window}
            type="number"
            min="0"
            value={form.window}
            hint={text.windowHint}
            error={errorOf('WINDOW_WRONG')}
            onInput={(event) => change({ window: event.currentTarget.value })}
          />
          <TextField
            label={text.acks}
            type="number"
            min="1"
            value={String(form.acks ?? input.min_acks)}
            hint={isMinority(input) && input.roll.length > 0 ? text.minority : text.acksHint(input.roll.length)}
            error={errorOf('ACKS_WRONG')}
            onInput={(event) => change({ acks: event.currentTarget.value })}
          />
        </div>
      </section>
      <section class="stack">
        <h2 class="h">{text.sources}</h2>
        <Tick checked={form.nonces} onChange={(nonces) => change({ nonces })}>
          {text.nonces}
          <span class="cap under">{text.noncesHint}</span>
        </Tick>
        {form.outside.map(({ kind, name }, n) => {
          const label = form.outside.length === 1 ? text.outside : text.outsideNumber(n + 1);
          return (
            <div key={n} class="fields">
              <SelectField
                label={`${label} · ${text.outsideKind}`}
                value={kind}
                hint={text.kindHint[kind]}
                onChange={(event) => {
                  const next = outsideKinds.find((each) => each === event.currentTarget.value) ?? 'lottery';
                  changeSource(n, { kind: next, name: next === 'drand' ? beacon : kind === 'drand' ? '' : name });
                }}
              >
                {outsideKinds.map((each) => (
                  <option key={each} value={each}>
                    {words.draws.source[each]}
                  </option>
                ))}
              </SelectField>
              <TextField
                label={`${label} · ${text.outsideName}`}
                value={name}
                maxLength={40}
                hint={kind === 'drand' ? text.chainHint(beacon) : text.outsideNameHint}
                error={isSourceWrong(form, n) ? errorOf('SOURCE_NAME', 'SOURCE_TWICE', 'CHAIN_UNKNOWN') : null}
                onInput={(event) => changeSource(n, { kind, name: event.currentTarget.value })}
              />
              {form.outside.length > 1 ? (
                <p>
                  <Button
                    kind="text"
                    small
                    onClick={() => change({ outside: form.outside.filter((_, at) => at !== n) })}
                  >
                    {text.removeSource(label)}
                  </Button>
                </p>
              ) : null}
            </div>
          );
        })}
        <p>
          <Button
            kind="text"
            icon="plus"
            onClick={() => change({ outside: [...form.outside, { kind: 'lottery', name: '' }] })}
          >
            {text.addSource}
          </Button>
        </p>
      </section>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {tried && !judged.ok ? <Message tone="fail">{words.draws.problem[judged.problem]}</Message> : null}
      <p class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {text.sign}
        </Button>
        <Button disabled={busy} onClick={leave}>
          {words.common.cancel}
        </Button>
        <span class="cap" role="status">
          {draft.kept ? words.desk.draftKept : null}
        </span>
      </p>
    </form>
  );
}

function ruleInputOf(form: Form, rule: Rule | null, { zone, units }: Pick<Desk, 'zone' | 'units'>): RuleInput {
  const order = new Map(units.map(({ id }, n) => [id, n]));
  const roll = Object.entries(form.roll)
    .map(([unit, stratum]) => ({ unit, stratum }))
    .sort((a, b) => (order.get(a.unit) ?? 0) - (order.get(b.unit) ?? 0));
  const acks = form.acks === null ? Math.floor(roll.length / 2) + 1 : numberOf(form.acks);
  const noncesName = rule?.sources.find(({ kind }) => kind === 'nonces')?.name ?? 'units';
  return {
    roll,
    strata: form.strata.map(({ id, seats }) => ({ id, seats: numberOf(seats) })),
    window: numberOf(form.window),
    min_acks: acks,
    close: closeOf(form.weekday, clockOf(form.time) ?? ''),
    zone,
    sources: [
      ...(form.nonces ? [{ kind: 'nonces' as const, name: noncesName }] : []),
      ...form.outside.map((source) => ({ kind: source.kind, name: nameInRule(source) })),
    ],
  };
}

/** A first rule: departments and zones in one group, subdistricts in another, what else there is not yet on the roll. */
function firstForm({ units }: Pick<Desk, 'units'>): Form {
  const group = { department: 'a', functionalZone: 'a', subdistrict: 'b', soe: null, institution: null } as const;
  const rows = units.flatMap(({ id, kind }) => (group[kind] === null ? [] : [[id, group[kind]] as const]));
  const used = new Set(rows.map(([, id]) => id));
  const ids = used.size === 0 ? ['a'] : [...used].sort();
  return {
    strata: ids.map((id) => ({ id, seats: '1' })),
    roll: Object.fromEntries(rows),
    window: '2',
    acks: null,
    weekday: 1,
    time: '12:00',
    nonces: true,
    outside: [{ kind: 'lottery', name: '' }],
  };
}

function formOf(rule: Rule, shown: (name: string) => string): Form {
  const { weekday, time } = closeParts(rule.close);
  const outside = rule.sources.flatMap(({ kind, name }) => (kind === 'nonces' ? [] : [{ kind, name: shown(name) }]));
  return {
    strata: rule.strata.map(({ id, seats }) => ({ id, seats: String(seats) })),
    roll: Object.fromEntries(rule.roll.map(({ unit, stratum }) => [unit, stratum])),
    window: String(rule.window),
    acks: String(rule.min_acks),
    weekday,
    time,
    nonces: rule.sources.some(({ kind }) => kind === 'nonces'),
    outside,
  };
}

/** Whether the source at a place has no name, one that stands before it, or a chain that is not pinned. */
function isSourceWrong({ outside }: Form, at: number): boolean {
  const source = outside[at] ?? { kind: 'lottery', name: '' };
  const name = nameInRule(source);
  const before = outside.slice(0, at).some((each) => nameInRule(each) === name);
  return name === '' || before || (source.kind === 'drand' && drandChain(name) === undefined);
}

/** A typed whole number; NaN for anything else, an empty field too. */
const numberOf = (typed: string): number => (/^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN);
