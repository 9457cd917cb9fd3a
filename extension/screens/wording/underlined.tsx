/** Dotted lines under the words of a field that have a proposal. */
import { Fragment } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { type Finding, findings, type WordBook } from '../../../shared/diary/wording.ts';

/** The text again over its field, invisible but for the lines; hidden from screen readers, which get the hints. Stands in one positioned
 *  element with the field, and takes type, space and scrolling from it. */
export function Underlined({ text, book }: { readonly text: string; readonly book: WordBook }) {
  const layer = useRef<HTMLDivElement>(null);
  const found = useMemo(() => findings(text, book), [text, book]);
  const isEmpty = found.length === 0;
  useLayoutEffect(() => {
    const over = layer.current;
    const field = over?.parentElement?.querySelector('textarea');
    if (over === null || field === null || field === undefined) return;
    const follow = () => {
      const type = getComputedStyle(field);
      for (const name of copied) over.style.setProperty(name, type.getPropertyValue(name));
      over.style.inlineSize = `${field.clientWidth + field.clientLeft * 2}px`;
      over.style.blockSize = `${field.offsetHeight}px`;
      over.scrollTop = field.scrollTop;
    };
    follow();
    const resized = new ResizeObserver(follow);
    resized.observe(field);
    field.addEventListener('scroll', follow);
    return () => {
      resized.disconnect();
      field.removeEventListener('scroll', follow);
    };
  }, [text, isEmpty]);
  if (isEmpty) return null;
  return (
    <div class="underlined" aria-hidden="true" ref={layer}>
      {pieces(text, found).map(({ at, piece, kind }) => (
        <Fragment key={at}>{kind === null ? piece : <u class={kind}>{piece}</u>}</Fragment>
      ))}
      {/* A line feed at the very end takes a line of its own in the field only. */}
      {text.endsWith('\n') ? ' ' : ''}
    </div>
  );
}

/** What makes letters fall on the same places. */
const copied = [
  'font-family',
  'font-size',
  'font-weight',
  'line-height',
  'letter-spacing',
  'text-autospace',
  'text-spacing-trim',
  'line-break',
  'word-break',
  'overflow-wrap',
  'tab-size',
  'padding',
  'border-width',
];

function pieces(text: string, found: readonly Finding[]) {
  const all: { at: number; piece: string; kind: Finding['kind'] | null }[] = [];
  let at = 0;
  for (const { from, to, kind } of found) {
    if (from > at) all.push({ at, piece: text.slice(at, from), kind: null });
    all.push({ at: from, piece: text.slice(from, to), kind });
    at = to;
  }
  if (at < text.length) all.push({ at, piece: text.slice(at), kind: null });
  return all;
}
