/** The review before release: what is drawn, by the clock; one diary at a time as readers will see it; two ways, pass or withhold in public. */
import { useEffect, useRef } from 'preact/hooks';
import { getReviews, type ReviewRow } from '../../../shared/api/reviews.ts';
import type { ReviewPlace } from '../../commands/reviews.ts';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { type Saying, useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { goTo, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { ReviewPanel } from './review-panel.tsx';

const readEveryMs = 20_000;

export function ReviewScreen({ route }: { readonly route: Route }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.reviews;
  const read = useAnswer(() => call(getReviews), [], readEveryMs);
  const [said, say] = useSaying();
  const rows = read.answer.state === 'ready' ? read.answer.value.rows : [];
  const left = rows.filter(isWaiting).length;
  return (
    <>
      <PageHead title={text.title} about={text.motto}>
        {left === 0 ? null : <span class="meta num">{text.left(left)}</span>}
      </PageHead>
      <div class="stack">
        <div role="status">{said === null ? null : <Message tone="ok">{said}</Message>}</div>
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {({ rows: all }) =>
            all.length === 0 && placeIn(route) === null ? (
              <Empty title={text.none} />
            ) : (
              <Reviews rows={all} route={route} say={say} changed={read.again} />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

const isWaiting = ({ passed, barred, offers }: ReviewRow): boolean =>
  (passed === null || offers > 0) && barred === null;
const isAt = ({ draw, unit }: ReviewPlace, [at, of]: Route): boolean => draw === at && unit === of;
const placeIn = ([draw, unit]: Route): ReviewPlace | null =>
  draw === undefined || unit === undefined ? null : { draw, unit };

function Reviews({
  rows,
  route,
  say,
  changed,
}: {
  readonly rows: readonly ReviewRow[];
  readonly route: Route;
  readonly say: (saying: Saying) => void;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.reviews;
  const mine = rows.filter(({ barred }) => barred === null);
  // One that is published already stands in no list: its address leads to it.
  const published = rows.some((row) => isAt(row, route)) ? null : placeIn(route);
  const chosen = published ?? mine.find((row) => isAt(row, route)) ?? mine.find(isWaiting) ?? mine[0] ?? null;
  const step = (by: number) => {
    const at = chosen === null ? 0 : mine.findIndex(({ draw, unit }) => isAt(chosen, [draw, unit])) + by;
    const next = mine[Math.min(mine.length - 1, Math.max(0, at))];
    if (next !== undefined) goTo('review', next.draw, next.unit);
  };
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.draw, chosen?.unit]);
  return (
    <div class={rows.length === 0 ? 'narrow' : 'reviews'}>
      <section hidden={rows.length === 0}>
        <h2 class="vh">{text.list}</h2>
        <ul class="queue" aria-label={text.list} ref={list}>
          {rows.map((row) => (
            <li key={`${row.draw} ${row.unit}`}>
              <button
                type="button"
                disabled={row.barred !== null}
                aria-current={row === chosen ? 'true' : undefined}
                onClick={() => goTo('review', row.draw, row.unit)}
              >
                <Row row={row} />
              </button>
            </li>
          ))}
        </ul>
      </section>
      {chosen === null ? null : (
        <ReviewPanel
          key={`${chosen.draw} ${chosen.unit}`}
          place={chosen}
          step={step}
          passed={(published) => {
            say(({ reviews }) => (published ? reviews.saidAll : reviews.said)(desk.unitName(chosen.unit)));
            goTo('review');
            void changed();
          }}
          changed={changed}
          say={say}
        />
      )}
    </div>
  );
}

function Row({ row }: { readonly row: ReviewRow }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.reviews;
  const { due } = row;
  return (
    <>
      <span class="queue-head">
        <b>{desk.unitName(row.unit)}</b>
        <span class="kind">{words.time.week(row.week)}</span>
      </span>
      <span class="queue-text">
        {row.barred !== null
          ? text.barred[row.barred]
          : row.offers > 0
            ? words.releases.waiting(row.offers)
            : text.facts(row.items, row.held)}
      </span>
      <span class={due !== null && due < desk.now && row.passed === null ? 'cap num bad' : 'cap num'}>
        {row.offers > 0
          ? null
          : row.passed !== null
            ? text.isPassed
            : due === null
              ? text.unknownDue
              : desk.remaining(due)}
      </span>
    </>
  );
}
