/** The desk's first page: what waits for me in every role that I hold, most overdue first; nothing else. */
import type { WaitingKind, WaitingRow } from '../../../shared/api/waiting.ts';
import { civilOf, formatMinute, zoneOffset } from '../../../shared/time/civil.ts';
import { readWaiting, type Waiting } from '../../commands/waiting.ts';
import { dotted } from '../../components/dotted.ts';
import { Icon } from '../../components/icon.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { type UnsealedWeek, unsealedWeeks } from '../../store/unsealed-weeks.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { type Desk, spanOf, useDesk } from '../desk/use-desk.ts';
import { weekOfDraw } from '../diaries/week-of-draw.ts';
import { useAnswer } from '../use-answer.ts';
import { pages } from './pages.ts';

const readEveryMs = 30_000;

export function HomeScreen() {
  const words = useWords();
  const desk = useDesk();
  const writes = desk.may('journal.write');
  const read = useAnswer(readWaiting, [], readEveryMs);
  const minute = Math.floor(desk.now / 60);
  const weeks = useLive(async () => (writes ? unsealedWeeks(here.database, minute * 60_000) : []), [writes, minute]);
  // What stands above is known first, so that nothing moves when it comes.
  if (weeks === undefined) return <PageHead title={words.home.title} />;
  return (
    <>
      <PageHead title={words.home.title} about={desk.moment(desk.now)} />
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {(waiting) => <Work waiting={waiting} weeks={weeks} />}
      </Loaded>
    </>
  );
}

/** One kind of work: what it is called, where it is done, and its lines. */
interface Section {
  readonly key: string;
  readonly title: string;
  readonly page: string;
  readonly total: number;
  readonly lines: readonly Line[];
}

interface Line {
  readonly key: string;
  readonly href: string;
  readonly title: string;
  readonly about: readonly string[];
  readonly since: number;
  readonly due: number | null;
}

function Work({ waiting, weeks }: { readonly waiting: Waiting; readonly weeks: readonly UnsealedWeek[] }) {
  const words = useWords();
  const desk = useDesk();
  const sections = sectionsOf(waiting, weeks, words, desk);
  const kept = waiting.keptAt;
  return (
    <>
      {kept === null ? null : <Message>{words.home.keptFrom(desk.moment(Math.floor(kept / 1000)))}</Message>}
      {waiting.later ? <Message tone="amber">{words.home.later}</Message> : null}
      {sections.length === 0 ? (
        waiting.later ? null : (
          <Empty title={words.home.empty} hint={words.home.emptyHint} />
        )
      ) : (
        <>
          <Lead sections={sections} />
          {sections.map((section) => (
            <section key={section.key} class="to-do">
              <h2 class="h">
                {section.title} <small>{words.home.count(section.total)}</small>
              </h2>
              <ul>
                {section.lines.map((line) => (
                  <li key={line.key}>
                    <WaitingLine line={line} />
                  </li>
                ))}
              </ul>
              {section.total > section.lines.length ? (
                <p class="cap">
                  <a href={hrefOf(section.page)}>
                    {words.home.others(section.total - section.lines.length, words.home.capped(section.total))}
                  </a>
                </p>
              ) : null}
            </section>
          ))}
        </>
      )}
    </>
  );
}

/** How much there is, and how much of what is shown is late or due today. */
function Lead({ sections }: { readonly sections: readonly Section[] }) {
  const { home: text } = useWords();
  const desk = useDesk();
  const lines = sections.flatMap((section) => section.lines);
  const total = sections.reduce((sum, section) => sum + section.total, 0);
  const isCut = total > lines.length;
  const late = lines.filter(({ due }) => urgencyOf(due, desk) === 'late').length;
  const today = lines.filter(({ due }) => urgencyOf(due, desk) === 'today').length;
  return (
    <p class="lead">
      {text.waits(total)}
      {late === 0 ? null : (
        <>
          {text.comma}
          <b class="bad">{text.late(late, isCut)}</b>
        </>
      )}
      {today === 0 ? null : `${text.comma}${text.today(today, isCut)}`}
      {text.stop}
    </p>
  );
}

function WaitingLine({ line: { href, title, about, since, due } }: { readonly line: Line }) {
  const words = useWords();
  const desk = useDesk();
  const waited = words.home.waited(spanOf(Math.max(0, desk.now - since), words));
  return (
    <>
      <Urgency due={due} />
      <div>
        <a href={href}>{title}</a>
        <p class="cap">{dotted([...about, waited])}</p>
      </div>
      <p class="until num">
        {due === null ? null : (
          <>
            <span class={due < desk.now ? 'bad' : ''}>{desk.remaining(due)}</span>
            <span class="cap">{words.desk.until(desk.moment(due))}</span>
          </>
        )}
      </p>
    </>
  );
}

function Urgency({ due }: { readonly due: number | null }) {
  const { home: text } = useWords();
  switch (urgencyOf(due, useDesk())) {
    case 'late':
      return (
        <span class="state st-late">
          <Icon name="warn" />
          {text.stateLate}
        </span>
      );
    case 'today':
      return (
        <span class="state st-amber">
          <Icon name="clock" />
          {text.stateToday}
        </span>
      );
    case 'open':
      return (
        <span class="state st-wait">
          <Icon name="wait" />
          {text.stateOpen}
        </span>
      );
  }
}

function urgencyOf(due: number | null, { now, zone }: Desk): 'late' | 'today' | 'open' {
  if (due === null) return 'open';
  if (due < now) return 'late';
  const day = (at: number) => formatMinute(civilOf(at, zoneOffset(zone) ?? (() => 0))).slice(0, 10);
  return day(due) === day(now) ? 'today' : 'open';
}

/** Most urgent first: by the first line of each, what has no deadline at the end. */
function sectionsOf(waiting: Waiting, weeks: readonly UnsealedWeek[], words: Words, desk: Desk): readonly Section[] {
  const { home: text } = words;
  const sections: Section[] = waiting.groups.map(({ kind, total, rows }) => ({
    key: kind,
    title: text.kind[kind],
    page: pages[kind],
    total,
    lines: rows.map((row) => lineOf(kind, row, words, desk)),
  }));
  if (weeks.length > 0)
    sections.push({
      key: 'week',
      title: text.weeks,
      page: 'week',
      total: weeks.length,
      lines: weeks.map(({ week, since, due }) => ({
        key: week,
        href: hrefOf('week'),
        title: text.week(words.time.week(week)),
        about: [],
        since,
        due,
      })),
    });
  const first = ({ lines }: Section) => lines[0]?.due ?? Number.MAX_SAFE_INTEGER;
  return sections.sort((a, b) => first(a) - first(b));
}

function lineOf(kind: WaitingKind, row: WaitingRow, words: Words, desk: Desk): Line {
  const { home: text } = words;
  const page = pages[kind];
  const about = row.unit === null ? [] : [desk.unitName(row.unit)];
  const shown = { key: row.id, since: row.since, due: row.due };
  switch (page) {
    case 'tickets': {
      const state = row.ticketState === undefined ? [] : [words.domain.ticketState[row.ticketState]];
      const title = row.text === null ? row.id : `${row.id} ${row.text}`;
      return { ...shown, href: hrefOf(page, row.id), title, about: [...about, ...state] };
    }
    case 'draws': {
      const week = words.time.week(row.act === 'freeze' ? row.id : weekOfDraw(row.id));
      const title = row.act === undefined ? text.acknowledge(week) : text.act[row.act](week);
      return { ...shown, href: hrefOf(page), title, about };
    }
    case 'review':
      return { ...shown, href: hrefOf(page, ...row.id.split('/')), title: words.time.week(weekOfDraw(row.id)), about };
    case 'people':
      return {
        ...shown,
        href: hrefOf(page),
        title: kind === 'succeeded' ? text.succeeded(row.text ?? '') : text.device(row.text ?? ''),
        about,
      };
    default: {
      const sort = row.commentKind === undefined ? [] : [words.domain.commentKind[row.commentKind]];
      return { ...shown, href: hrefOf(page), title: row.text ?? text.untold, about: [...about, ...sort] };
    }
  }
}
