/** What the term base, the secrecy list and the masking of names say of a text while it is typed. */
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { type Finding, findings, replaced, type WordBook } from '../../../shared/diary/wording.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { type Proposal, proposalsIn } from './proposals.ts';
import { useSettled } from './use-settled.ts';

/** `text` as typed; `onText` gets it with one alias or name replaced. Nothing is replaced without a keystroke. `keys`: whether Alt 1 to
 *  Alt 3 take the first three proposals, while the field that holds the text has the focus. */
export function WordingHints({
  text,
  book,
  onText,
  keys = false,
}: {
  readonly text: string;
  readonly book: WordBook;
  readonly onText: (text: string) => void;
  readonly keys?: boolean;
}) {
  const words = useWords();
  const { shown, more } = useMemo(() => proposalsIn(findings(text, book), text), [text, book]);
  const announced = useSettled(shown.map((proposal, n) => spoken(proposal, keys ? n + 1 : null, words)).join(''));
  const take = (finding: Finding) => onText(replaced(text, finding));
  useEffect(() => {
    if (!keys || shown.length === 0) return;
    const onKey = (event: KeyboardEvent) => {
      const digit = /^Digit([123])$/.exec(event.code)?.[1];
      const proposal = digit === undefined ? undefined : shown[Number(digit) - 1];
      if (proposal === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      if (!holdsText(event.target, text)) return;
      event.preventDefault();
      take(proposal.finding);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return (
    <>
      <p class="vh" role="status">
        {announced}
      </p>
      {shown.length === 0 ? null : (
        <ul class="term wording" aria-label={words.wording.proposals}>
          {shown.map((proposal, n) => (
            <Offer
              key={`${proposal.finding.from} ${proposal.instead}`}
              proposal={proposal}
              named={shown[n - 1]?.finding.kind !== proposal.finding.kind}
              digit={keys ? n + 1 : null}
              onTake={() => take(proposal.finding)}
            />
          ))}
          {more === 0 ? null : <li class="cap">{words.wording.more(more)}</li>}
        </ul>
      )}
    </>
  );
}

/** One proposal. Its definition shows while it is pointed at or has the focus; Escape hides it. `named`: says of what kind it is. */
function Offer({
  proposal,
  named,
  digit,
  onTake,
}: {
  readonly proposal: Proposal;
  readonly named: boolean;
  readonly digit: number | null;
  readonly onTake: () => void;
}) {
  const words = useWords();
  const id = useId();
  const [hidden, setHidden] = useState(false);
  const { finding, original, instead } = proposal;
  const definition = finding.kind === 'alias' ? finding.definition : words.wording.whyMask;
  return (
    <li
      class="offer"
      onPointerEnter={() => setHidden(false)}
      onFocusIn={() => setHidden(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || hidden || definition === '') return;
        event.stopPropagation();
        setHidden(true);
      }}
    >
      {named ? <span>{words.wording.kind[finding.kind]}</span> : null}
      <b class={definition === '' ? '' : 'defined'}>{instead}</b>
      {digit === null ? null : (
        <span aria-hidden="true">
          <kbd>Alt</kbd> <kbd>{digit}</kbd>
        </span>
      )}
      <button
        type="button"
        class="link"
        aria-label={words.wording.adoptFor(original, instead)}
        {...(definition === '' ? {} : { 'aria-describedby': id })}
        // Before the click, so that the field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onTake}
      >
        {words.journal.adopt}
      </button>
      {definition === '' ? null : (
        <span role="tooltip" id={id} class={hidden ? 'definition away' : 'definition'}>
          {definition}
        </span>
      )}
    </li>
  );
}

function spoken({ finding, original, instead }: Proposal, digit: number | null, words: Words): string {
  return `${words.wording.kind[finding.kind]}${words.wording.spoken(original, instead, digit)}`;
}

function holdsText(target: EventTarget | null, text: string): boolean {
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  return isField && target.value === text;
}
