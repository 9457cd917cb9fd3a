/** A week on A4: ink on white, patterns carry the modes (look.md 7, Print). Stands in the page while it is printed, and is not seen there. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { modeOf } from '../../../shared/diary/category.ts';
import { hoursOf } from '../../../shared/diary/hours.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { daysOf } from '../../../shared/time/week.ts';
import { categoryWord, Mark } from '../../components/mark.tsx';
import { DayStrip } from '../../components/time-bar.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { blocksOf } from '../day/day-facts.ts';
import type { Journal } from '../use-journal.ts';
import { momentOf } from './moment-of.ts';
import type { PrintedWeek } from './printed-week.ts';

type Entry = Written<EntryBody>;

export function PrintWeek({
  printed,
  journal,
  withHeld,
}: {
  readonly printed: PrintedWeek;
  readonly journal: Journal;
  readonly withHeld: boolean;
}) {
  const words = useWords();
  const { week, written, standing } = printed;
  const entries = written
    .filter((each): each is Entry => each.body.kind === 'entry')
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const days = daysOf(week).map(formatDay);
  const own = days.filter((day) => entries.some(({ body }) => body.day === day) || reviewsOf(written, day).length > 0);
  const late = [...new Set(entries.map(({ body }) => body.day))].filter((day) => !days.includes(day));
  const title = written.find(({ body }) => body.kind === 'title');
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const { person } = journal.profile;
  const heading = shownText(title, 'text', withHeld);
  return (
    <article class="print-sheet">
      <header>
        <h1>{heading ?? words.time.week(week)}</h1>
        <p>
          {[
            person?.name,
            heading === null ? undefined : words.time.week(week),
            words.time.dates(first, last),
            words.time.duration(
              hoursOf(
                entries.map(({ body }) => body),
                journal.offset,
              ).unionMinutes,
            ),
            standing === 'open' || standing === 'reopened' ? words.backup.draftWeek : undefined,
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </p>
      </header>
      {[...late.sort(), ...own].map((day) => (
        <PrintedDay
          key={day}
          day={day}
          entries={entries.filter(({ body }) => body.day === day)}
          reviews={reviewsOf(written, day)}
          journal={journal}
          withHeld={withHeld}
        />
      ))}
      <Reviews reviews={reviewsOf(written, null)} withHeld={withHeld} />
      <footer>
        {words.backup.printed(momentOf(journal.nowMs, journal, words.time.moment))}
        {written.some(isHeld) ? ` · ${withHeld ? words.backup.printWithHeld : words.backup.printWithoutHeld}` : null}
      </footer>
    </article>
  );
}

function PrintedDay({
  day,
  entries,
  reviews,
  journal,
  withHeld,
}: {
  readonly day: string;
  readonly entries: readonly Entry[];
  readonly reviews: readonly Written[];
  readonly journal: Journal;
  readonly withHeld: boolean;
}) {
  const words = useWords();
  const hours = words.time.duration(
    hoursOf(
      entries.map(({ body }) => body),
      journal.offset,
    ).unionMinutes,
  );
  return (
    <section>
      <h2>
        {words.time.day(day)} <small>{hours}</small>
      </h2>
      <DayStrip blocks={blocksOf(day, entries, journal.table)} label={words.journal.dayStrip(entries.length, hours)} />
      <ol>
        {entries.map((entry) => (
          <PrintedEntry key={entry.id} entry={entry} journal={journal} withHeld={withHeld} />
        ))}
      </ol>
      <Reviews reviews={reviews} withHeld={withHeld} />
    </section>
  );
}

const further = ['place', 'detail', 'thinking', 'result', 'next'] as const;

function PrintedEntry({
  entry,
  journal,
  withHeld,
}: {
  readonly entry: Entry;
  readonly journal: Journal;
  readonly withHeld: boolean;
}) {
  const words = useWords();
  const language = useLanguage();
  const { body } = entry;
  const held = isHeld(entry);
  const of = { category: body.category ?? null, mode: modeOf(body, journal.table), held };
  const text = shownText(entry, 'text', withHeld);
  return (
    <li>
      <time>{words.time.span(body.start, body.end)}</time>
      <span>
        <Mark of={of} table={journal.table} />{' '}
        {body.category === undefined ? words.journal.noCategory : categoryWord(body.category, journal.table, language)}
      </span>
      <div>
        <p class="prose">{text ?? heldWords(entry, words)}</p>
        {text !== null && held ? <p class="cap">{heldWords(entry, words)}</p> : null}
        {further.map((name) => {
          const more = shownText(entry, name, withHeld);
          return more === null ? null : (
            <p key={name} class={name === 'thinking' ? 'prose song' : 'prose'}>
              <b>{words.journal[name]}</b> {more}
            </p>
          );
        })}
        {held || body.threads === undefined ? null : (
          <p class="cap">{body.threads.map(({ name }) => `#${name}`).join(' ')}</p>
        )}
        {held
          ? null
          : (body.images ?? []).map(({ sha256, alt }) => (
              <p key={sha256} class="cap">
                {words.images.title}: {alt}
              </p>
            ))}
      </div>
    </li>
  );
}

function Reviews({ reviews, withHeld }: { readonly reviews: readonly Written[]; readonly withHeld: boolean }) {
  const words = useWords();
  return (
    <>
      {reviews.map((review) => (
        <p key={review.id} class="prose song">
          <b>{words.journal.review}</b> {shownText(review, 'text', withHeld) ?? heldWords(review, words)}
        </p>
      ))}
    </>
  );
}

const key = ({ body, id }: Entry) => `${body.day} ${body.start} ${body.end} ${id}`;

const isHeld = ({ body, held }: Written): boolean => body.hold !== undefined || held !== null;

const reviewsOf = (written: readonly Written[], day: string | null): readonly Written[] =>
  written.filter(({ body }) => body.kind === 'review' && (body.day ?? null) === day);

/** A text as it may be printed; null where there is none. */
function shownText(written: Written | undefined, name: 'text' | (typeof further)[number], withHeld: boolean) {
  if (written === undefined || (isHeld(written) && !withHeld)) return null;
  const text = written.held?.prose[name] ?? written.body[name];
  return typeof text === 'string' ? text : null;
}

function heldWords({ body, held }: Written, words: ReturnType<typeof useWords>): string {
  const ground = (body.hold ?? held?.hold)?.ground;
  return ground === undefined ? words.journal.held : words.journal.heldBecause(words.domain.ground[ground]);
}
