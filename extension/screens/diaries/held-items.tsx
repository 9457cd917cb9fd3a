/** What is withheld in an own published diary: its author may offer it to readers after all, and sees what became of it. */
import { useState } from 'preact/hooks';
import { longestReason } from '../../../shared/api/releases.ts';
import { type HeldItemHere, heldIn, offerItem, takeBack } from '../../commands/releases.ts';
import type { ReviewPlace } from '../../commands/reviews.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { tableOf } from '../../store/organisation-facts.ts';
import { AnswerForm } from '../desk/answer-form.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { useDraft } from '../use-draft.ts';
import { SealedItem } from '../week/seal-text.tsx';

const readEveryMs = 60_000;

export function HeldItems({ place }: { readonly place: ReviewPlace }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.releases;
  const read = useAnswer(() => heldIn(place), [place.draw, place.unit], readEveryMs);
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
      {({ rows, mine, seal }) =>
        rows.length === 0 ? null : (
          <section class="stack">
            <h2 class="h">
              {text.title} <small class="num">{words.comments.diaries.total(rows.length)}</small>
            </h2>
            <p class="meta">{mine ? text.about : text.others}</p>
            <ul class="comments">
              {rows.map((row) => (
                <li key={row.item}>
                  <Held row={row} place={place} seal={seal} mine={mine} changed={read.again} />
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}

function Held({
  row,
  place,
  seal,
  mine,
  changed,
}: {
  readonly row: HeldItemHere;
  readonly place: ReviewPlace;
  readonly seal: string;
  readonly mine: boolean;
  readonly changed: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.releases;
  const { busy, problem, act } = useAct();
  const [offering, setOffering] = useState(false);
  const { release, own } = row;
  const isShown = release?.state === 'passed';
  const waits = release?.state === 'offered';
  return (
    <article class="stack">
      <p class="row">
        <b>{text.heading(nameOf(row, words))}</b>
        {row.start === null || row.end === null ? null : (
          <span class="num">
            {words.time.day(row.day ?? '')} {words.time.span(row.start, row.end)}
          </span>
        )}
      </p>
      <p>{text.held(words.domain.ground[row.ground], row.basis)}</p>
      {release === null ? null : (
        <p class={release.state === 'declined' ? 'bad' : 'meta'}>{saidOf(row, words, desk.moment)}</p>
      )}
      {own === null || isShown ? null : (
        <details>
          <summary>{text.show}</summary>
          <div class="seal-text">
            <SealedItem item={sealItemOf(row, own.prose)} table={tableOf(desk.profile)} />
          </div>
        </details>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {!mine || isShown ? null : own === null ? (
        <p class="meta">{text.elsewhere}</p>
      ) : (
        <p>
          {waits ? (
            <Button small disabled={busy} onClick={() => void act(() => takeBack(place, row.item)).then(changed)}>
              {text.back}
            </Button>
          ) : (
            <Button small onClick={() => setOffering(true)}>
              {text.offer}
            </Button>
          )}
        </p>
      )}
      {offering && own !== null ? (
        <Offer
          row={row}
          prose={own.prose}
          place={place}
          seal={seal}
          onClose={() => setOffering(false)}
          done={async () => {
            setOffering(false);
            await changed();
          }}
        />
      ) : null}
    </article>
  );
}

/** The exact text that will leave the device, and why it may be public now. */
function Offer({
  row,
  prose,
  place,
  seal,
  onClose,
  done,
}: {
  readonly row: HeldItemHere;
  readonly prose: Readonly<Record<string, unknown>>;
  readonly place: ReviewPlace;
  readonly seal: string;
  readonly onClose: () => void;
  readonly done: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.releases;
  const draft = useDraft(`release.${seal}.${row.item}`);
  return (
    <Dialog title={text.offerTitle(nameOf(row, words))} onClose={onClose}>
      <AnswerForm
        draft={draft}
        label={text.why}
        hint={text.whyHint}
        most={longestReason}
        word={text.send}
        send={(why) => offerItem(place, row, why)}
        done={done}
        asksPerson
      >
        <Message tone="amber">{text.offerNote}</Message>
        <div class="seal-text">
          <SealedItem item={sealItemOf(row, prose)} table={tableOf(desk.profile)} />
        </div>
      </AnswerForm>
    </Dialog>
  );
}

function nameOf({ kind, item, day }: HeldItemHere, { releases: text, time }: Words): string {
  if (kind === 'title') return text.titleItem;
  if (kind !== 'review') return text.entry(item + 1);
  return day === null ? text.weekReview : text.dayReview(time.day(day));
}

function saidOf({ release }: HeldItemHere, { releases: text }: Words, moment: (at: number) => string): string {
  if (release === null) return '';
  const at = moment(release.decidedAt ?? release.offeredAt);
  return release.state === 'declined' ? text.declined(at, release.reason ?? '') : text[release.state](at);
}

/** As the leader's own screens show a sealed item. */
const sealItemOf = (
  { item, kind, day, start, end, category, mode }: HeldItemHere,
  prose: Readonly<Record<string, unknown>>,
) => ({
  id: String(item),
  cover: Object.fromEntries(
    Object.entries({ kind, day, start, end, category, mode }).filter(([, value]) => value !== null),
  ),
  prose,
  held: false,
});
