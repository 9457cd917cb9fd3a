/** My time (`#/my-time/quarter/2026-Q3`): figures and charts of a week, a quarter or a year, from this device's store alone. */
import {
  type Period,
  type PeriodKind,
  periodAfter,
  periodAt,
  periodBefore,
  periodKinds,
  periodNamed,
  periodOfDay,
} from '../../../shared/diary/period.ts';
import { parseDay } from '../../../shared/time/civil.ts';
import { IconButton } from '../../components/button.tsx';
import { Empty } from '../../components/loaded.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { PageHead } from '../desk/page-head.tsx';
import { goTo, hrefOf } from '../desk/route.ts';
import { type Journal, useJournal } from '../use-journal.ts';
import { Categories } from './categories.tsx';
import { Figures } from './figures.tsx';
import { ModeColumns } from './mode-columns.tsx';
import { ShareLine } from './share-line.tsx';
import { TargetField } from './target-field.tsx';
import { Thoughts } from './thoughts.tsx';
import { useLookBack, usePeriodTime } from './use-time.ts';

export function MyTimeScreen({ route }: { readonly route: readonly string[] }) {
  const words = useWords();
  const journal = useJournal();
  if (journal === undefined) return <PageHead title={words.desk.menu['my-time']} />;
  const [kind = '', id = ''] = route;
  const period = periodNamed(kind, id) ?? periodOfDay('quarter', parseDay(journal.today) ?? 0);
  return <MyTime period={period} journal={journal} />;
}

function MyTime({ period, journal }: { readonly period: Period; readonly journal: Journal }) {
  const words = useWords();
  const text = words.myTime;
  const time = usePeriodTime(period, journal);
  const lookBack = useLookBack(journal);
  return (
    <div class="my-time">
      <PageHead title={words.desk.menu['my-time']} about={`${periodWord(period, words)} · ${text.private}`}>
        <PeriodWays period={period} journal={journal} />
      </PageHead>
      {time === undefined || lookBack === undefined ? null : time.total.entries === 0 ? (
        <Empty title={text.empty} hint={text.emptyHint} />
      ) : (
        <>
          <Figures time={time} />
          <div class={period.kind === 'year' ? 'two over' : 'two'}>
            <div>
              <ModeColumns time={time} />
              {period.kind === 'week' ? null : <ShareLine time={time} />}
            </div>
            <div>
              <Categories time={time} />
              <div>
                <Thoughts lookBack={lookBack} target={time.target} />
                <section class="stack">
                  <h2 class="h">{text.target}</h2>
                  <TargetField target={time.target} />
                </section>
              </div>
            </div>
          </div>
        </>
      )}
    </div>
  );
}

/** The periods before and after, and the three lengths. */
function PeriodWays({ period, journal }: { readonly period: Period; readonly journal: Journal }) {
  const words = useWords();
  const text = words.myTime;
  const now = periodAt(period.kind, journal.week);
  const go = ({ kind, id }: Period) => goTo('my-time', kind, id);
  return (
    <>
      <span class="row nav-weeks">
        <IconButton icon="left" label={text.previous} onClick={() => go(periodBefore(period))} />
        <IconButton
          icon="right"
          label={text.following}
          disabled={period.id >= now.id}
          onClick={() => go(periodAfter(period))}
        />
        {period.id === now.id ? null : <a href={hrefOf('my-time', now.kind, now.id)}>{text.backToNow}</a>}
      </span>
      <nav class="seg" aria-label={text.kindsLabel}>
        {periodKinds.map((kind) => (
          <a
            key={kind}
            href={hrefOf('my-time', kind, anchored(kind, period, journal).id)}
            aria-current={kind === period.kind ? 'true' : undefined}
          >
            {text.kinds[kind]}
          </a>
        ))}
      </nav>
    </>
  );
}

/** The period of another length that holds the running week where this one does, else this one's last week. */
function anchored(kind: PeriodKind, period: Period, journal: Journal): Period {
  return periodAt(kind, period.weeks.includes(journal.week) ? journal.week : (period.weeks.at(-1) ?? journal.week));
}

function periodWord({ kind, id }: Period, words: Words): string {
  if (kind === 'week') return words.time.week(id);
  const year = id.slice(0, 4);
  return kind === 'year' ? words.myTime.year(year) : words.myTime.quarter(year, Number(id.slice(6)));
}
