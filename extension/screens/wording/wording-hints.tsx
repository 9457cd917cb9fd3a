/** What the term base, the secrecy list and the masking of names say of a text while it is typed. */

/** `text` as typed; `onText` gets it with one alias or name replaced. Nothing is replaced without a keystroke. `keys`: whether Alt 1 to
 *  Alt 3 take the first three proposals. */
export function WordingHints(_: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly keys?: boolean;
}) {
  return null;
}

/** The text again behind its field, with aliases underlined; hidden from screen readers, which get the hints. */
export function Underlined(_: { readonly text: string }) {
  return null;
}
