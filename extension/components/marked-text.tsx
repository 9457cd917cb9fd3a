/** A text with stretches marked; nothing of it is changed. */
import type { ComponentChildren } from 'preact';

/** `marks` are in order and apart, in UTF-16 units. */
export function MarkedText({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly { readonly from: number; readonly to: number }[];
}) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
