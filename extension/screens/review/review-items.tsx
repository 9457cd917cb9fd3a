/** The items of a drawn diary as readers will see them, each with a box; arrows go from one to the next, with Shift they choose a run. */
import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewDiary, ReviewItem } from '../../../shared/api/reviews.ts';
import { type ReviewPlace, reviewImage } from '../../commands/reviews.ts';
import type { SealItem } from '../../commands/seals.ts';
import { Message } from '../../components/message.tsx';
import type { Saying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { tableOf } from '../../store/organisation-facts.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { SealedItem } from '../week/seal-text.tsx';
import { OfferActs } from './offer.tsx';

export function ReviewItems({
  diary,
  chosen,
  onChoose,
  changed,
  say,
}: {
  readonly diary: ReviewDiary;
  readonly chosen: ReadonlySet<number>;
  readonly onChoose: (chosen: ReadonlySet<number>) => void;
  /** Called once an offer is decided. */
  readonly changed: () => Promise<void>;
  readonly say: (saying: Saying) => void;
}) {
  const words = useWords();
  const list = useRef<HTMLOListElement>(null);
  const set = (index: number, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(index);
    else next.delete(index);
    onChoose(next);
  };
  const boxes = () => [...(list.current?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
  const move = (event: TargetedKeyboardEvent<HTMLOListElement>) => {
    if (event.key.toLowerCase() === 'x' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      event.target.click();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = boxes();
    const at = event.target instanceof HTMLInputElement ? all.indexOf(event.target) : -1;
    const next = all[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
    if (event.shiftKey) onChoose(new Set([...chosen, ...[all[at], next].map((box) => Number(box?.value))]));
  };
  // The arrows begin at the first item wherever the focus is on the page.
  useEffect(() => {
    const begin = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' || (event.target !== document.body && event.target !== mainOf())) return;
      event.preventDefault();
      boxes()[0]?.focus();
    };
    window.addEventListener('keydown', begin);
    // An offer may stand far below.
    list.current?.querySelector('.offer')?.scrollIntoView({ block: 'center' });
    return () => window.removeEventListener('keydown', begin);
  }, []);
  let day: string | null = null;
  return (
    <ol class="seal-text review-items" ref={list} onKeyDown={move}>
      {diary.items.map((item) => {
        const heading = item.day !== null && item.day !== day ? item.day : null;
        day = item.day ?? day;
        return (
          <li key={item.index} class={chosen.has(item.index) ? 'chosen' : ''}>
            {heading === null ? null : <h3 class="dayhead">{words.time.day(heading)}</h3>}
            <div class="review-item">
              {item.hold !== null || !mayHold(diary) ? (
                <span />
              ) : (
                <input
                  type="checkbox"
                  value={item.index}
                  checked={chosen.has(item.index)}
                  aria-label={words.reviews.choose(nameOf(item, words.reviews))}
                  onChange={(event) => set(item.index, event.currentTarget.checked)}
                />
              )}
              <Item item={item} place={diary} changed={changed} say={say} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** Between its pass and the release a diary stands as it was passed. */
export const mayHold = ({ passed, publishedAt }: ReviewDiary): boolean => passed === null || publishedAt !== null;

const mainOf = () => document.getElementById('main');

const nameOf = ({ kind, index }: ReviewItem, text: { entry: (n: number) => string; titleItem: string }): string =>
  kind === 'title' ? text.titleItem : text.entry(index + 1);

function Item({
  item,
  place,
  changed,
  say,
}: {
  readonly item: ReviewItem;
  readonly place: ReviewPlace;
  readonly changed: () => Promise<void>;
  readonly say: (saying: Saying) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.reviews;
  const { hold, offer } = item;
  const prose = item.prose ?? offer?.prose ?? null;
  return (
    <div class="stack">
      <SealedItem item={sealItemOf(item)} table={tableOf(desk.profile)} />
      {hold === null ? null : (
        <p class="cap num">
          {[
            text.by[hold.by],
            ...(hold.at === null ? [] : [desk.moment(hold.at)]),
            ...(hold.afterDraw ? [text.afterDraw] : []),
          ].join(words.common.separator)}
        </p>
      )}
      {prose === null && hold === null ? <Message tone="fail">{text.lost}</Message> : null}
      {offer === null ? null : (
        <div class="seal-text offer">
          <SealedItem item={sealItemOf({ ...item, hold: null, prose: offer.prose })} table={tableOf(desk.profile)} />
        </div>
      )}
      {(prose?.images ?? []).map(({ sha256, alt, width, height }) => (
        <Picture key={sha256} place={place} name={sha256} alt={alt} width={width} height={height} />
      ))}
      {offer === null ? null : <OfferActs offer={offer} index={item.index} place={place} changed={changed} say={say} />}
    </div>
  );
}

/** An item as the leader's own screens show a sealed one. */
function sealItemOf({ index, hold, prose, offer: _, ...span }: ReviewItem): SealItem {
  const given = Object.entries({ ...span, ...(hold === null ? {} : { hold }) }).filter(([, value]) => value !== null);
  const { images: __, ...texts } = prose ?? { images: [] };
  return { id: String(index), cover: Object.fromEntries(given), prose: texts, held: hold !== null };
}

/** A picture, fetched when it is asked for: each look is an audit row. */
function Picture({
  place,
  name,
  alt,
  width,
  height,
}: {
  readonly place: ReviewPlace;
  readonly name: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}) {
  const words = useWords();
  const [address, setAddress] = useState<string | null>(null);
  const { busy, problem, act } = useAct();
  useEffect(() => () => (address === null ? undefined : URL.revokeObjectURL(address)), [address]);
  if (address !== null) return <img class="review-picture" src={address} alt={alt} width={width} height={height} />;
  return (
    <p>
      <button
        type="button"
        class="link"
        disabled={busy}
        onClick={() =>
          void act(async () => {
            const { type, bytes } = await reviewImage(place, name);
            setAddress(URL.createObjectURL(new Blob([bytes], { type })));
          })
        }
      >
        {words.reviews.image(alt)}
      </button>{' '}
      {problem === null ? null : <span class="bad">{problem}</span>}
    </p>
  );
}
