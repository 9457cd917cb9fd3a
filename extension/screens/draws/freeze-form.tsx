/** Freezes a week: choose it, look at what the list will say, give reasons of absence and the lot that decides, sign. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { type DrawRow, type Freeze, getFreeze } from '../../../shared/api/draws.ts';
import { dayOf } from '../../../shared/time/civil.ts';
import { weekBefore, weekOf } from '../../../shared/time/week.ts';
import { type FreezeProblem, type FreezeWish, listOf, signFreeze } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { wallClock } from '../../store/today.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { blankLot, Lot, LotFields, lotLike, roundOf, timeOf } from './lot-fields.tsx';
import { UnitGrid } from './units.tsx';
import { useForm } from './use-form.ts';

/** How many weeks back one may choose. */
const weeksBack = 8;

/** `wished`: the week that is chosen first, where it can be frozen. */
export function FreezeForm({
  rows,
  wished,
  changed,
}: {
  readonly rows: readonly DrawRow[];
  readonly wished: string | undefined;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const weeks = weeksToFreeze(weekOf(dayOf(wallClock(desk.zone, desk.now * 1000))), rows);
  const [chosen, setChosen] = useState<string | null>(null);
  const week = chosen ?? weeks.find((each) => each === wished) ?? weeks[0] ?? null;
  const text = words.draws.freeze;
  return (
    <section class="stack">
      <h2 class="h">{text.title}</h2>
      <div class="short">
        <SelectField
          label={text.chooseWeek}
          value={week ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {weeks.map((each) => (
            <option key={each} value={each}>
              {words.time.week(each)}
            </option>
          ))}
        </SelectField>
      </div>
      {week === null ? null : <Proposal key={week} week={week} rows={rows} changed={changed} />}
    </section>
  );
}

/** Weeks that are over and have no draw that stands, the last one first. */
export function weeksToFreeze(thisWeek: string, rows: readonly Pick<DrawRow, 'week' | 'stage'>[]): readonly string[] {
  const drawn = new Set(rows.filter(({ stage }) => stage !== 'void').map(({ week }) => week));
  const weeks: string[] = [];
  for (let week = weekBefore(thisWeek), n = 0; n < weeksBack; week = weekBefore(week), n += 1)
    if (!drawn.has(week)) weeks.push(week);
  return weeks;
}

interface Proposed {
  readonly rows: readonly DrawRow[];
  readonly changed: () => Promise<void>;
}

function Proposal({ week, rows, changed }: Proposed & { readonly week: string }) {
  const words = useWords();
  const desk = useDesk();
  const read = useAnswer(() => call(getFreeze, { params: { week } }), [week]);
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock} failed={words.draws.freeze.notNow}>
      {(freeze) => <Wishes key={freeze.draw} freeze={freeze} rows={rows} changed={changed} />}
    </Loaded>
  );
}

const aways = ['none', 'leave', 'exempt'] as const;

/** What the organiser decides, as it is typed: reasons by unit, lots by the name of the source. */
const Form = v.object({
  away: v.record(v.string(), v.picklist(aways)),
  lots: v.record(v.string(), Lot),
});

function Wishes({ freeze, rows, changed }: Proposed & { readonly freeze: Freeze }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.freeze;
  const [first] = useState(() => ({
    away: Object.fromEntries(freeze.absent.map(({ unit, why }) => [unit, why])),
    lots: Object.fromEntries(freeze.sources.map(({ name }) => [name, lotLike(rows, name, desk.now, desk.zone)])),
  }));
  const draft = useForm(`draw.freeze.${freeze.draw}`, Form, first);
  const { away, lots } = draft.form;
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const { busy, problem, signed } = useAct();
  const outside = freeze.sources.filter(({ kind }) => kind !== 'nonces');
  const wish = wishOf(freeze, draft.form, desk.zone);
  const judged = listOf(freeze, wish, 'x', desk.now);
  const wrong = judged.ok ? null : judged.problem;
  const errorOf = (name: string, ...codes: FreezeProblem[]) =>
    tried && wrong?.source === name && codes.includes(wrong.code) ? words.draws.problem[wrong.code] : null;
  const sign = () =>
    void signed(() => signFreeze(freeze, wish)).then((done) => {
      setAsking(false);
      if (!done) return;
      draft.drop();
      void changed();
    });
  return (
    <form
      class="stack wide-gap"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (judged.ok) setAsking(true);
      }}
    >
      {desk.now < freeze.deadline ? <Message tone="amber">{text.early}</Message> : null}
      <section>
        <h3>
          {text.candidates}{' '}
          <small class="meta num">
            {text.candidatesCount(freeze.list.length)}
            {words.common.separator}
            {text.deadline(desk.moment(freeze.deadline))}
          </small>
        </h3>
        <UnitGrid
          label={text.candidates}
          rows={freeze.list.map(({ unit, i }) => ({ unit, word: text.sealLeaf(i), tone: 'done' }))}
        />
      </section>
      <section class="stack">
        <h3>
          {text.absent} <small class="meta">{text.absentCount(freeze.absent.length)}</small>
        </h3>
        {freeze.absent.length === 0 ? (
          <p class="meta">{text.absentNone}</p>
        ) : (
          <>
            <p class="meta">{text.absentHint}</p>
            <div class="fields cells">
              {freeze.absent.map(({ unit, why: declared }) => (
                <SelectField
                  key={unit}
                  label={text.whyOf(desk.unitName(unit))}
                  {...(declared === 'leave' ? { hint: text.declared } : {})}
                  value={away[unit] ?? 'none'}
                  onChange={(event) => {
                    const why = aways.find((each) => each === event.currentTarget.value) ?? 'none';
                    draft.change({ ...draft.form, away: { ...away, [unit]: why } });
                  }}
                >
                  {aways.map((why) => (
                    <option key={why} value={why}>
                      {words.draws.away[why]}
                    </option>
                  ))}
                </SelectField>
              ))}
            </div>
          </>
        )}
      </section>
      <section>
        <h3>{text.rest}</h3>
        {freeze.rest.length === 0 ? (
          <p class="meta">{text.restNone}</p>
        ) : (
          <ul class="lines">
            {freeze.rest.map(({ unit, last }) => (
              <li key={unit}>
                {desk.unitName(unit)}
                <span class="meta">{text.restSince(words.time.week(last))}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="stack">
        <h3>{text.sources}</h3>
        {outside.map(({ kind, name }) => (
          <LotFields
            key={name}
            kind={kind}
            name={name}
            lot={lots[name] ?? blankLot}
            issueError={errorOf(name, 'ISSUE_MISSING')}
            timeError={errorOf(name, 'NOT_BEFORE_MISSING', 'NOT_BEFORE_PASSED')}
            change={(next) => draft.change({ ...draft.form, lots: { ...lots, [name]: next } })}
          />
        ))}
        {freeze.sources.some(({ kind }) => kind === 'nonces') ? <p class="meta">{text.nonces}</p> : null}
      </section>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {text.sign}
        </Button>
        <span class="cap" role="status">
          {draft.kept ? words.desk.draftKept : null}
        </span>
      </p>
      {asking ? (
        <Dialog
          title={text.confirmTitle}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{words.common.cancel}</Button>
              <Button kind="primary" disabled={busy} onClick={sign}>
                {text.sign}
              </Button>
            </>
          }
        >
          <p>{text.confirmBody}</p>
          <p>
            {words.time.week(freeze.week)}
            {words.common.separator}
            {text.candidatesCount(freeze.list.length)}
          </p>
        </Dialog>
      ) : null}
    </form>
  );
}

/** The wish that a form stands for; the round of a beacon follows from its time. */
function wishOf({ sources }: Freeze, { away, lots }: v.InferOutput<typeof Form>, zone: string): FreezeWish {
  return {
    away: new Map(Object.entries(away).flatMap(([unit, why]) => (why === 'none' ? [] : [[unit, why] as const]))),
    issues: new Map(
      sources.map(({ kind, name }) => {
        const lot = lots[name] ?? blankLot;
        return [name, { issue: kind === 'drand' ? roundOf(name, lot, zone) : lot.issue, notBefore: timeOf(lot, zone) }];
      }),
    ),
  };
}
