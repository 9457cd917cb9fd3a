/** The portrait (立体像), for the leader alone: a quarter or a year from this device's own store, and the dossiers about oneself, which the
 *  leader reads before anyone (design.md 2.5). */
import { type DossierRow, getOwnDossiers, getPublicPart } from '../../../shared/api/dossiers.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import {
  type Period,
  periodAfter,
  periodAt,
  periodBefore,
  periodNamed,
  periodOfDay,
} from '../../../shared/diary/period.ts';
import { portraitOf } from '../../../shared/portrait/portrait.ts';
import { formatDay, parseDay } from '../../../shared/time/civil.ts';
import { daysOf } from '../../../shared/time/week.ts';
import { IconButton } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { call, Unreachable } from '../../remote/client.ts';
import { useLive } from '../../store/live.ts';
import { ownPortrait } from '../../store/own-portrait.ts';
import { PageHead } from '../desk/page-head.tsx';
import { goTo, hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { type Journal, useJournal } from '../use-journal.ts';
import { FaceTable, SourceTable } from './faces.tsx';
import { OwnDossier } from './own-dossier.tsx';

export function PortraitScreen({ route }: { readonly route: Route }) {
  const words = useWords();
  const journal = useJournal();
  const [kind = '', id = ''] = route;
  if (kind === 'dossier') return <OwnDossier key={id} id={id} />;
  if (journal === undefined) return <PageHead title={words.portrait.title} />;
  const named = periodNamed(kind, id);
  const period = named === null || named.kind === 'week' ? periodOfDay('quarter', parseDay(journal.today) ?? 0) : named;
  return <Own key={period.id} period={period} journal={journal} />;
}

function Own({ period, journal }: { readonly period: Period; readonly journal: Journal }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  const isActive = desk.profile.device?.state === 'active';
  const weeks = period.weeks.filter((week) => week < journal.week);
  const from = dayOf(weeks[0], 0);
  const to = dayOf(weeks.at(-1), 6);
  const response = useAnswer(
    () =>
      isActive && weeks.length > 0 ? reached(call(getPublicPart, { query: { from, to } })) : Promise.resolve(null),
    [from, to, isActive],
  );
  const dossiers = useAnswer(
    () => (isActive ? call(getOwnDossiers, { query: {} }) : Promise.resolve(null)),
    [isActive],
  );
  const part = response.answer.state === 'ready' ? response.answer.value : null;
  const portrait = useLive(
    async () => portraitOf(await ownPortrait(here.database, journal.profile, weeks, part, desk.now)),
    [period.id, journal.week, journal.profile.organisationAt, part],
  );
  // What stands below waits for what stands above, so that nothing moves.
  const isRead = response.answer.state !== 'loading' && portrait !== undefined;
  return (
    <div class="portrait">
      <PageHead title={text.title} about={`${periodWord(period, words)} · ${text.about}`}>
        <Ways period={period} journal={journal} />
      </PageHead>
      <Loaded answer={dossiers.answer} again={dossiers.again} clock={desk.clock} bars={2}>
        {(answer) => (answer === null ? null : <OwnDossiers rows={answer.rows} />)}
      </Loaded>
      {!isRead || dossiers.answer.state === 'loading' ? null : weeks.length === 0 ? (
        <Empty title={text.empty} hint={text.emptyHint} />
      ) : (
        <>
          <p class="meta">{text.aboutOwn}</p>
          {part === null ? <Message>{text.offline}</Message> : null}
          <div class="faces">
            {portrait.faces.map((face) => (
              <FaceTable key={face.face} face={face} />
            ))}
          </div>
          <SourceTable sources={portrait.sources} opens={false} />
        </>
      )}
    </div>
  );
}

function OwnDossiers({ rows }: { readonly rows: readonly DossierRow[] }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  return (
    <section class="stack">
      <h2 class="h">{text.dossiers}</h2>
      <p class="meta">{text.dossiersAbout}</p>
      {rows.length === 0 ? <p>{text.noDossiers}</p> : null}
      <ul class="lines">
        {rows.map((row) => (
          <li key={row.id}>
            <a href={hrefOf('portrait', 'dossier', row.id)}>
              {row.post} · <span class="num">{words.time.period(row.from, row.to)}</span>
            </a>
            <span class="cap num">
              {row.state === 'waiting' ? text.until(desk.moment(row.openAt)) : text.state[row.state]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ways({ period, journal }: { readonly period: Period; readonly journal: Journal }) {
  const words = useWords();
  const { myTime } = words;
  const now = periodAt(period.kind, journal.week);
  const go = ({ kind, id }: Period) => goTo('portrait', kind, id);
  return (
    <>
      <span class="row nav-weeks">
        <IconButton icon="left" label={myTime.previous} onClick={() => go(periodBefore(period))} />
        <IconButton
          icon="right"
          label={myTime.following}
          disabled={period.id >= now.id}
          onClick={() => go(periodAfter(period))}
        />
      </span>
      <nav class="seg" aria-label={myTime.kindsLabel}>
        {(['quarter', 'year'] as const).map((kind) => (
          <a
            key={kind}
            href={hrefOf('portrait', kind, periodAt(kind, anchorOf(period, journal)).id)}
            aria-current={kind === period.kind ? 'true' : undefined}
          >
            {myTime.kinds[kind]}
          </a>
        ))}
      </nav>
    </>
  );
}

/** The running week where the period holds it, else its last. */
const anchorOf = ({ weeks }: Period, { week }: Journal): string =>
  weeks.includes(week) ? week : (weeks.at(-1) ?? week);

const dayOf = (week: string | undefined, at: number): string =>
  week === undefined ? '' : formatDay(daysOf(week)[at] ?? 0);

function periodWord({ kind, id }: Period, { myTime }: Words): string {
  const year = id.slice(0, 4);
  return kind === 'year' ? myTime.year(year) : myTime.quarter(year, Number(id.slice(6)));
}

/** Null where the server is not reached or does not answer this device: the own part stands all the same. */
async function reached<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refusal) return null;
    throw error;
  }
}
