/** The showing plan: who writes when, who has sealed, who is late, as one table of weeks; and the turns to change. */
import { useState } from 'preact/hooks';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { getPlan } from '../../../shared/api/plan.ts';
import { getSettings } from '../../../shared/api/settings.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { parseWeek, weekAfter, weekBefore, weekStart } from '../../../shared/time/week.ts';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { SettingSection } from '../organisation/setting-section.tsx';
import { planShape } from '../organisation/shape.ts';
import { useAnswer } from '../use-answer.ts';
import { StandingMark } from './standing-mark.tsx';

type Plan = Answer<typeof getPlan>;
const readEveryMs = 60_000;

/** `#/plan/2026-W47` shows that week first. */
export function PlanScreen({ route }: { readonly route: Route }) {
  const words = useWords();
  const desk = useDesk();
  const last = route[0] === undefined ? undefined : (parseWeek(route[0]) ?? undefined);
  const read = useAnswer(() => call(getPlan, { query: { last } }), [last], readEveryMs);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageHead title={words.plan.title} about={words.plan.motto} />
      <div class="stack">
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {(plan) => (plan.rows.length === 0 ? <Empty title={words.plan.noUnits} /> : <Weeks plan={plan} />)}
        </Loaded>
        <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{words.plan.change}</summary>
          {isOpen ? <Turns changed={read.again} /> : null}
        </details>
      </div>
    </>
  );
}

/** The turns of all units, to be changed. */
function Turns({ changed }: { readonly changed: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const read = useAnswer(() => call(getSettings), []);
  const again = async () => {
    await Promise.all([read.again(), changed()]);
  };
  const units = desk.units.map(({ id }) => ({ id, label: desk.unitName(id) }));
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock} bars={3}>
      {({ settings: { plan } }) => <SettingSection shape={planShape(words, units)} standing={plan} again={again} />}
    </Loaded>
  );
}

function Weeks({ plan: { weeks, rows } }: { readonly plan: Plan }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.plan;
  const [shown] = weeks;
  const oldest = weeks.at(-1);
  const takesTurns = rows.some(({ group }) => group !== null);
  if (shown === undefined || oldest === undefined) return null;
  return (
    <>
      <FirstWeek week={shown} rows={rows} />
      <nav class="row" aria-label={text.table}>
        <a href={hrefOf('plan', weekBefore(oldest.week))}>{text.earlier}</a>
        <a href={hrefOf('plan', weekAfter(shown.week))}>{text.later}</a>
      </nav>
      <ScrollRegion label={text.table}>
        <table class="plan stacks">
          <caption class="vh">{text.table}</caption>
          <thead>
            <tr>
              <th scope="col">{text.unit}</th>
              {takesTurns ? <th scope="col">{text.turn}</th> : null}
              {weeks.map(({ week, group }) => (
                <th key={week} scope="col">
                  {words.time.week(week)}
                  {group === null ? null : <small>{text.turnOf(group)}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ unit, group, standings }) => (
              <tr key={unit}>
                <th scope="row">{desk.unitName(unit)}</th>
                {takesTurns ? (
                  <td data-name={text.turn}>{group === null ? text.eachWeek : text.groupOf(group)}</td>
                ) : null}
                {standings.map(({ standing, sealedAt }, n) => {
                  const week = weeks[n]?.week ?? '';
                  return (
                    <td key={week} data-name={words.time.week(week)}>
                      <StandingMark standing={standing} sealedAt={sealedAt} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

/** The newest week in words: how many write, who is missing, until when. */
function FirstWeek({
  week: { week, due },
  rows,
}: {
  readonly week: Plan['weeks'][number];
  readonly rows: Plan['rows'];
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.plan;
  const at = (...wanted: readonly string[]) =>
    rows.filter(({ standings: [first] }) => first !== undefined && wanted.includes(first.standing));
  const sealed = at('sealed', 'late').length;
  const left = at('open', 'missing');
  // A week that ended before there was a rule gets none any more.
  const isPast = Date.parse(formatDay(weekStart(weekAfter(week)))) / 1000 < desk.now;
  return (
    <section class="stack" aria-label={words.time.week(week)}>
      <h2 class="h">
        {words.time.week(week)} <small class="num">{text.sum(sealed + left.length, sealed, left.length)}</small>
      </h2>
      {due === null ? (
        isPast ? null : (
          <Message tone="amber">
            {text.noRule} <a href={hrefOf('draws')}>{text.toRule}</a>
          </Message>
        )
      ) : (
        <p class="meta num">
          {due < desk.now ? text.over(desk.moment(due)) : text.until(desk.moment(due), desk.remaining(due))}
        </p>
      )}
      {left.length === 0 ? null : (
        <p>{text.waitingFor(left.map(({ unit }) => desk.unitName(unit)).join(words.common.enumeration))}</p>
      )}
      <p class="cap">{text.reminded}</p>
    </section>
  );
}
