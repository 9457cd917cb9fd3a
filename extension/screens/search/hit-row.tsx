/** One hit: when it was, its text with what was found marked, and the other texts in which something was found. */
import { Fragment } from 'preact';
import { modeOf } from '../../../shared/diary/category.ts';
import type { Term } from '../../../shared/diary/search.ts';
import { excerptOf, marksIn } from '../../../shared/diary/search-marks.ts';
import { Mark } from '../../components/mark.tsx';
import { MarkedText } from '../../components/marked-text.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { linksOf, proseOf, textNames } from '../../store/written.ts';
import { hrefOf } from '../desk/route.ts';
import type { Journal } from '../use-journal.ts';

/** So many characters of a text are shown around what was found in it. */
const excerptLength = 120;

/** `onOpen` opens an entry; a title and a review stand in their week, and the row leads there. */
export function HitRow({
  hit,
  terms,
  journal,
  onOpen,
}: {
  readonly hit: Written;
  readonly terms: readonly Term[];
  readonly journal: Journal;
  readonly onOpen: () => void;
}) {
  const words = useWords();
  const { body } = hit;
  const entry = body.kind === 'entry' ? body : null;
  const week = entry?.lateFor ?? body.week;
  const isHeld = body.hold !== undefined || hit.held !== null;
  const text = proseOf(hit, 'text') ?? words.journal.held;
  const title = <Passage text={text} terms={terms} />;
  return (
    <li class="hit">
      <When hit={hit} words={words} />
      {entry === null && !isHeld ? (
        <span class="kind">{words.search.kind[body.kind]}</span>
      ) : (
        <Mark
          of={{
            category: entry?.category ?? null,
            mode: entry === null ? null : modeOf(entry, journal.table),
            held: isHeld,
          }}
          table={journal.table}
          named
        />
      )}
      <div class="what">
        {entry === null ? (
          <a class="hit-open song" href={hrefOf('week', week)}>
            {title}
          </a>
        ) : (
          <button type="button" class="hit-open" onClick={onOpen}>
            {title}
          </button>
        )}
        <Others hit={hit} terms={terms} />
      </div>
      {entry === null ? null : (
        <a class="hit-week cap" href={hrefOf('week', week)}>
          {words.time.week(week)}
        </a>
      )}
    </li>
  );
}

function When({ hit: { body }, words }: { readonly hit: Written; readonly words: Words }) {
  const day = body.kind === 'title' ? undefined : body.day;
  return (
    <div class="when">
      {day === undefined ? null : <time dateTime={day}>{words.search.day(words.time.day(day), day.slice(0, 4))}</time>}
      {body.kind === 'entry' ? <span class="num">{words.time.span(body.start, body.end)}</span> : null}
      {day === undefined ? <span>{words.time.week(body.week)}</span> : null}
    </div>
  );
}

/** The texts beside the first in which something was found, each with its name. */
function Others({ hit, terms }: { readonly hit: Written; readonly terms: readonly Term[] }) {
  const words = useWords();
  const links = linksOf(hit)
    .map(({ name }) => name)
    .join(words.common.enumeration);
  const texts = [
    ...textNames.flatMap((name) => (name === 'text' ? [] : [{ name, text: proseOf(hit, name) ?? '' }])),
    { name: 'threads' as const, text: links },
  ].filter(({ text }) => text !== '' && marksIn(text, terms).length > 0);
  if (texts.length === 0) return null;
  return (
    <dl class="dl">
      {texts.map(({ name, text }) => (
        <Fragment key={name}>
          <dt>{words.journal[name]}</dt>
          <dd class={name === 'thinking' ? 'song' : ''}>
            <Passage text={text} terms={terms} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Passage({ text, terms }: { readonly text: string; readonly terms: readonly Term[] }) {
  const excerpt = excerptOf(text, marksIn(text, terms), excerptLength);
  return (
    <>
      {excerpt.cutBefore ? '…' : ''}
      <MarkedText text={excerpt.text} marks={excerpt.marks} />
      {excerpt.cutAfter ? '…' : ''}
    </>
  );
}
