/** The standing rule: who takes part in which group, seats, rotation, deadline, witnesses, and what it is drawn with. */
import { useState } from 'preact/hooks';
import { isMinority } from '../../../shared/proof/lock.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { judgeRule, type RuleInput, type RuleProblem, signRule } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { ClockField, clockOf } from '../desk/clock-field.tsx';
import { focusInvalid } from '../desk/focus-invalid.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { closeOf, closeParts } from './rule-text.ts';

const outsideKinds = ['lottery', 'stage', 'drand'] as const;

/** The form's own state: numbers as they are typed. `roll` maps a unit to its group's id; a unit that is not there takes no part. */
interface Form {
  readonly strata: readonly { readonly id: string; readonly seats: string }[];
  readonly roll: ReadonlyMap<string, string>;
  readonly window: string;
  /** Null: more than half, whatever the roll. */
  readonly acks: string | null;
  readonly weekday: number;
  readonly time: string;
  readonly nonces: boolean;
  readonly outside: (typeof outsideKinds)[number];
  readonly name: string;
}

const groupIds = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

export function RuleForm({ rule, onDone }: { readonly rule: Rule | null; readonly onDone: () => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.rule;
  const [form, setForm] = useState<Form>(() => (rule === null ? firstForm(desk) : formOf(rule)));
  const [tried, setTried] = useState(false);
  const { busy, problem, signed } = useAct();
  const input = ruleInputOf(form, rule, desk);
  const judged = judgeRule(input);
  const errorOf = (...codes: RuleProblem[]) =>
    tried && !judged.ok && codes.includes(judged.problem) ? words.draws.problem[judged.problem] : null;
  const label = (id: string) => words.draws.stratum(form.strata.findIndex((each) => each.id === id) + 1);
  const free = groupIds.find((id) => !form.strata.some((each) => each.id === id));
  const change = (next: Partial<Form>) => setForm({ ...form, ...next });
  return (
    <form
      class="stack wide-gap"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (judged.ok) void signed(() => signRule(judged.value)).then((done) => (done ? onDone() : undefined));
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
                hint={words.draws.stratumUnits([...form.roll.values()].filter((group) => group === id).length)}
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
                      roll: new Map([...form.roll].filter(([, group]) => group !== id)),
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
                {desk.unitName(id)} <small class="cap">{words.domain.unitKind[kind]}</small>
              </span>
              <select
                aria-label={text.groupOf(desk.unitName(id))}
                value={form.roll.get(id) ?? ''}
                onChange={(event) => {
                  const roll = new Map(form.roll);
                  if (event.currentTarget.value === '') roll.delete(id);
                  else roll.set(id, event.currentTarget.value);
                  change({ roll });
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
          {text.nonces} <span class="cap">{text.noncesHint}</span>
        </Tick>
        <div class="fields">
          <SelectField
            label={`${text.outside} · ${text.outsideKind}`}
            value={form.outside}
            onChange={(event) =>
              change({ outside: outsideKinds.find((kind) => kind === event.currentTarget.value) ?? 'lottery' })
            }
          >
            {outsideKinds.map((kind) => (
              <option key={kind} value={kind}>
                {words.draws.source[kind]}
              </option>
            ))}
          </SelectField>
          <TextField
            label={`${text.outside} · ${text.outsideName}`}
            value={form.name}
            maxLength={40}
            hint={text.outsideNameHint}
            error={errorOf('SOURCE_NAME')}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        </div>
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
        <Button disabled={busy} onClick={onDone}>
          {words.common.cancel}
        </Button>
      </p>
    </form>
  );
}

function ruleInputOf(form: Form, rule: Rule | null, { zone, units }: Pick<Desk, 'zone' | 'units'>): RuleInput {
  const order = new Map(units.map(({ id }, n) => [id, n]));
  const roll = [...form.roll]
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
      { kind: form.outside, name: form.name.trim() },
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
    roll: new Map(rows),
    window: '2',
    acks: null,
    weekday: 1,
    time: '12:00',
    nonces: true,
    outside: 'lottery',
    name: '',
  };
}

function formOf(rule: Rule): Form {
  const { weekday, time } = closeParts(rule.close);
  const outside = rule.sources.find(({ kind }) => kind !== 'nonces');
  return {
    strata: rule.strata.map(({ id, seats }) => ({ id, seats: String(seats) })),
    roll: new Map(rule.roll.map(({ unit, stratum }) => [unit, stratum])),
    window: String(rule.window),
    acks: String(rule.min_acks),
    weekday,
    time,
    nonces: rule.sources.some(({ kind }) => kind === 'nonces'),
    outside: outsideKinds.find((kind) => kind === outside?.kind) ?? 'lottery',
    name: outside?.name ?? '',
  };
}

/** A typed whole number; NaN for anything else, an empty field too. */
const numberOf = (typed: string): number => (/^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN);
