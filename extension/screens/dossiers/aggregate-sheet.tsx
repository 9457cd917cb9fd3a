/** The organisation's figures of one quarter as tables: number, how it was counted, how many units, and where it comes from. */
import * as v from 'valibot';
import { AggregateContent, getAggregate } from '../../../shared/api/aggregates.ts';
import { percentOf } from '../../../shared/feedback/rates.ts';
import type { AggregateFigure } from '../../../shared/portrait/aggregate.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { categoryWord } from '../../components/mark.tsx';
import { type Language, useLanguage, useWords, type Words } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { tableOf } from '../../store/organisation-facts.ts';
import { download } from '../backup/download.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import { SourceTable, showSource } from '../portrait/faces.tsx';
import { codeWord, sourceNumbers } from '../portrait/say-figure.ts';
import { useAnswer } from '../use-answer.ts';
import { quarterWord } from './aggregates-screen.tsx';

const read = v.parser(v.pipe(v.string(), v.parseJson(), AggregateContent));

export function AggregateSheet({ quarter }: { readonly quarter: string }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.aggregate;
  const { answer, again } = useAnswer(async () => {
    const { digest, content } = await call(getAggregate, { params: { quarter } });
    return { digest, content, read: read(content) };
  }, [quarter]);
  return (
    <div class="portrait">
      <PageHead title={`${text.title} · ${quarterWord(quarter, words)}`}>
        <a href={hrefOf('dossiers', 'organisation')}>{words.desk.back}</a>
      </PageHead>
      <Loaded answer={answer} again={again} clock={desk.clock}>
        {({ digest, content, read: { faces, sources, asOf, from, to, log } }) => (
          <>
            <p class="narrow num">
              {words.time.period(from, to)}
              {words.desk.listSeparator}
              {text.made(desk.moment(asOf))}
            </p>
            <p class="narrow meta">{text.rule}</p>
            <div class="faces">
              {faces.map(({ face, figures }) => (
                <FigureTable key={face} caption={text.face[face]} figures={figures} />
              ))}
            </div>
            <p class="no-print">
              <Button
                small
                icon="file"
                onClick={() =>
                  download(`${text.fileName(quarter)}.json`, new Blob([content], { type: 'application/json' }))
                }
              >
                {text.json}
              </Button>
            </p>
            <SourceTable sources={sources} opens />
            <p class="cap">
              {log === null ? null : `${words.portrait.log(log.origin, log.size)}${words.desk.listSeparator}`}
              {words.portrait.contentDigest} <span class="code">{digest}</span>
            </p>
          </>
        )}
      </Loaded>
    </div>
  );
}

function FigureTable({ caption, figures }: { readonly caption: string; readonly figures: readonly AggregateFigure[] }) {
  const words = useWords();
  return (
    <table class="face">
      <caption>{caption}</caption>
      <tbody>
        {figures.every(({ value }) => value === null) ? (
          <tr>
            <td colSpan={3}>{words.aggregate.allUntold}</td>
          </tr>
        ) : (
          figures.map((figure) => <Row key={`${figure.id} ${figure.within} ${figure.code}`} figure={figure} />)
        )}
      </tbody>
    </table>
  );
}

function Row({ figure }: { readonly figure: AggregateFigure }) {
  const words = useWords();
  const language = useLanguage();
  const desk = useDesk();
  const text = words.aggregate;
  const [first] = figure.sources;
  const numbers = sourceNumbers(figure.sources, words);
  return (
    <tr class={figure.within === null ? undefined : 'within'}>
      <th scope="row">{nameOf(figure, words, desk, language)}</th>
      {figure.value === null ? (
        <td colSpan={2} class="meta">
          {text.untold}
        </td>
      ) : (
        <>
          <td>
            <b class="num">{numberOf(figure, words)}</b>
            <p class="cap num">
              {figure.code === 'rest' ? text.restHow : text.how[figure.id](figure.facts)}
              {words.portrait.unitSeparator}
              {text.units(figure.units)}
            </p>
          </td>
          <td class="n num">
            {first === undefined ? null : (
              <button type="button" class="link" onClick={() => showSource(first)}>
                {numbers}
              </button>
            )}
          </td>
        </>
      )}
    </tr>
  );
}

function nameOf({ id, code, name }: AggregateFigure, words: Words, { profile }: Desk, language: Language): string {
  const { aggregate: text, portrait, week } = words;
  if (code === null) return text.figure[id];
  if (code === 'rest') return id === 'category' ? text.rest : `${text.figure[id]}${portrait.colon}${text.rest}`;
  if (id === 'category') return code === 'unknown' ? week.noCategory : categoryWord(code, tableOf(profile), language);
  return `${text.figure[id]}${portrait.colon}${name ?? codeWord(code, words)}`;
}

function numberOf({ id, value }: AggregateFigure, words: Words): string {
  const { portrait, time } = words;
  const counted = id === 'mode' || id === 'category' ? 'results' : id;
  switch (value?.kind) {
    case 'minutes':
      return time.duration(value.minutes ?? 0);
    case 'count':
      return portrait.count(counted, value.count);
    case 'share': {
      const percent = percentOf(value);
      const counts = value.of === 0 ? portrait.none : portrait.share(counted, value.part, value.of);
      return percent === null ? counts : `${counts}${portrait.unitSeparator}${percent}%`;
    }
    default:
      return portrait.none;
  }
}
