/** The list under the quick line: threads, places, or lines written before (look.md 7; mock-up of the side panel). */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { type Offer, usualSpan } from '../../../shared/diary/completion.ts';
import { textLine } from '../../../shared/diary/entry-line.ts';
import { parseDay } from '../../../shared/time/civil.ts';
import { weekOf } from '../../../shared/time/week.ts';
import { Icon } from '../../components/icon.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import type { Offers } from './use-offers.ts';

/** The id of the chosen option, for `aria-activedescendant`. */
export const optionId = (list: string, index: number) => `${list}-${index}`;

/** `id` names the list. `recent` are the bodies that say how often a thread or a place was used this week. */
export function CompletionList({
  id,
  offers,
  recent,
  week,
}: {
  readonly id: string;
  readonly offers: Offers;
  readonly recent: readonly EntryBody[];
  readonly week: string;
}) {
  const words = useWords();
  const [first] = offers.all;
  if (first === undefined) return null;
  return (
    <div class="comp" role="listbox" id={id} aria-label={labelOf(first, words)}>
      {offers.all.map((offer, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the line, which keeps the focus
        <div
          key={offer.line}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === offers.active}
          // Before the click, so that the line keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => offers.take(offer)}
        >
          {offer.kind === 'line' ? null : <Icon name={offer.kind === 'thread' ? 'thread' : 'flag'} small />}
          <span class="name">{nameOf(offer)}</span>
          <span class="cap">{noteOf(offer, recent, week, words)}</span>
          {index === Math.max(offers.active, 0) ? <kbd>{index === offers.active ? 'Enter' : 'Tab'}</kbd> : null}
        </div>
      ))}
    </div>
  );
}

function labelOf(offer: Offer, words: Words): string {
  switch (offer.kind) {
    case 'thread':
      return words.writing.threadsOffered;
    case 'place':
      return words.writing.placesOffered;
    case 'line':
      return words.writing.linesOffered;
  }
}

function nameOf(offer: Offer): string {
  switch (offer.kind) {
    case 'thread':
      return offer.thread.name;
    case 'place':
      return offer.place;
    case 'line':
      return textLine(offer.of);
  }
}

/** Another name and how many entries this week, or when it was last; of a recurring line its usual time. */
function noteOf(offer: Offer, recent: readonly EntryBody[], week: string, words: Words): string {
  if (offer.kind === 'line') return usualSpan(offer.of) ?? words.time.date(offer.of.lastDay);
  const used = recent.filter(({ threads, place }) =>
    offer.kind === 'thread' ? threads?.some(({ id }) => id === offer.thread.id) === true : place === offer.place,
  );
  const now = used.filter(({ day }) => weekOf(parseDay(day) ?? 0) === week).length;
  const last = used[0]?.day;
  const often = now > 0 ? words.writing.entriesThisWeek(now) : last === undefined ? null : words.time.date(last);
  const alias = offer.kind === 'thread' ? (offer.thread.aliases[0] ?? null) : null;
  return [alias, often].filter((part) => part !== null).join(' · ');
}
