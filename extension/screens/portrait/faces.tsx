/** Faces of a portrait as tables: number, how it was counted, where it comes from; and the list of sources. */
import type { ComponentChildren } from 'preact';
import type { Face, Figure, Source } from '../../../shared/portrait/figure.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { howOf, nameOf, numberOf, sourceNumbers } from './say-figure.ts';

export function FaceTable({ face: { face, figures } }: { readonly face: Face }) {
  const words = useWords();
  return (
    <table class="face">
      <caption>{words.portrait.face[face]}</caption>
      <tbody>
        {figures.map((figure, n) => (
          <FigureRow key={`${figure.id} ${n}`} figure={figure} />
        ))}
      </tbody>
    </table>
  );
}

function FigureRow({ figure }: { readonly figure: Figure }) {
  const words = useWords();
  const [first] = figure.sources;
  const numbers = sourceNumbers(figure.sources, words);
  return (
    <tr>
      <th scope="row">{nameOf(figure, words)}</th>
      <td>
        <b class="num">{numberOf(figure, words)}</b>
        <p class="cap num">{howOf(figure, words)}</p>
      </td>
      <td class="n num">
        {first === undefined ? (
          <span class="cap">{numbers}</span>
        ) : (
          <button type="button" class="link" onClick={() => showSource(first)}>
            {numbers}
          </button>
        )}
      </td>
    </tr>
  );
}

const rowId = (place: number): string => `source-${place + 1}`;

/** Goes to the first of the named sources: the address of the page is taken by the desk's own route. */
export function showSource(place: number): void {
  const row = document.getElementById(rowId(place));
  row?.scrollIntoView({ block: 'center' });
  row?.focus({ preventScroll: true });
}

/** `opens` says whether tickets can be opened from here. */
export function SourceTable({ sources, opens }: { readonly sources: readonly Source[]; readonly opens: boolean }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  return (
    <section class="source-list">
      <h2 class="h">{text.sources}</h2>
      <p class="meta">{text.sourcesAbout}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.sourceNumber}</th>
            <th scope="col">{text.sourceWhat}</th>
            <th scope="col">{text.sourceWhere}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source, place) => (
            <tr key={rowId(place)} id={rowId(place)} tabIndex={-1}>
              <td class="num">{place + 1}</td>
              <td>
                {source.kind === 'seal' && source.unit !== undefined
                  ? `${desk.unitName(source.unit)}${words.desk.listSeparator}`
                  : null}
                {whatOf(source, words)}
              </td>
              <td>
                <Where source={source} opens={opens} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a source is, in words. */
export function whatOf(source: Source, { portrait, time }: Words): string {
  switch (source.kind) {
    case 'seal':
      return portrait.sealed(time.week(source.week), source.rev);
    case 'own':
      return portrait.own(time.week(source.week));
    case 'diary':
      return portrait.diary(time.week(source.week));
    case 'ticket':
      return portrait.ticket(source.number);
  }
}

function Where({ source, opens }: { readonly source: Source; readonly opens: boolean }): ComponentChildren {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  switch (source.kind) {
    case 'seal':
      return (
        <>
          <span class="num">{text.leaf(source.index)}</span>
          {words.desk.listSeparator}
          {text.digest} <span class="code">{source.seal}</span>
        </>
      );
    case 'own':
      return text.ownWhere;
    case 'diary':
      return (
        <a href={desk.publicAddress(`d/${source.draw}/${source.unit}.html`)} target="_blank" rel="noreferrer">
          {text.published}
        </a>
      );
    case 'ticket':
      return opens ? <a href={hrefOf('tickets', source.number)}>{text.ticketWhere}</a> : text.ticketWhere;
  }
}
