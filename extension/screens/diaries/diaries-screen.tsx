/** Published diaries with what readers said: a leader reads, the unit's handler answers. */
import { Empty, Loaded } from '../../components/loaded.tsx';
import { useWords } from '../../locales/use-words.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { DiaryComments } from './diary-comments.tsx';
import { type DiaryRow, readDiaries } from './read-diaries.ts';

const readEveryMs = 60_000;

export function DiariesScreen({ route }: { readonly route: Route }) {
  const desk = useDesk();
  const read = useAnswer(() => readDiaries(desk), [], readEveryMs);
  const [draw, unit] = route;
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
      {(rows) => {
        if (draw === undefined || unit === undefined) return <List rows={rows} />;
        const row = rows.find((each) => each.draw === draw && each.unit === unit);
        return <DiaryComments key={`${draw} ${unit}`} draw={draw} unit={unit} title={row?.title ?? null} />;
      }}
    </Loaded>
  );
}

function List({ rows }: { readonly rows: readonly DiaryRow[] }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.diaries;
  const several = new Set(rows.map(({ unit }) => unit)).size > 1;
  return (
    <>
      <PageHead title={text.title} about={text.intro} />
      {rows.length === 0 ? (
        <Empty title={text.empty} />
      ) : (
        <div class="scroll">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{text.colWeek}</th>
                <th scope="col">{text.colTitle}</th>
                <th scope="col" class="n">
                  {text.colComments}
                </th>
                <th scope="col" class="n">
                  {text.colTickets}
                </th>
                <th scope="col" class="n">
                  {text.colWhen}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.draw} ${row.unit}`}>
                  <td class="num nowrap">{words.time.week(row.week)}</td>
                  <td class="prime">
                    <a class="song" href={hrefOf('diaries', row.draw, row.unit)}>
                      {row.title ?? text.untitled}
                    </a>
                    {several ? <p class="cap">{desk.unitName(row.unit)}</p> : null}
                  </td>
                  <td class="n num" data-name={text.colComments}>
                    {row.comments}
                  </td>
                  <td class="n num" data-name={text.colTickets}>
                    {row.tickets}
                  </td>
                  <td class="n num">{desk.moment(row.publishedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
