/** The check list before the seal: each line a tick, or an amber line that leads to the place. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Place } from '../day/jump.ts';
import type { CheckList, WordFound } from './check-list.ts';

/** `unsent`: own edits that wait, null where none is sent from here yet. `onGo` leads to a place; lines are no links without it. */
export function CheckLines({
  list,
  unsent,
  deadline,
  onGo,
}: {
  readonly list: CheckList;
  readonly unsent: number | null;
  readonly deadline: string | null;
  readonly onGo: (place: Place) => void;
}) {
  const words = useWords();
  const { check } = words.wording;
  const pairs = (found: readonly WordFound[]) =>
    found.map(({ original, instead, at }) => ({ at, says: check.pair(original, instead) }));
  const corrections = list.late.filter(({ corrects }) => corrects).length;
  return (
    <ul class="todo">
      {unsent === null ? null : unsent === 0 ? (
        <Line done>{words.week.allSent}</Line>
      ) : (
        <Line>{check.unsent(unsent)}</Line>
      )}
      {list.entries === 0 ? null : (
        <Found
          none={words.week.allCategories(list.entries)}
          says={check.uncategorised(list.uncategorised.length)}
          at={list.uncategorised.map((at) => ({ at, says: check.look }))}
          onGo={onGo}
        />
      )}
      <Found
        none={check.noSecrecy}
        says={check.secrecy(list.secrecy.length)}
        at={list.secrecy.map(({ word, at }) => ({ at, says: check.quoted(word) }))}
        onGo={onGo}
      />
      <Found none={check.noAliases} says={check.aliases(list.aliases.length)} at={pairs(list.aliases)} onGo={onGo} />
      <Found none={check.noNames} says={check.names(list.names.length)} at={pairs(list.names)} onGo={onGo} />
      <Found
        none={check.noOverlaps}
        says={check.overlaps(list.overlaps.length)}
        at={list.overlaps.map(({ start, at }) => ({ at, says: words.time.dayAndClock(start) }))}
        onGo={onGo}
      />
      <Found
        none={check.noBlanks}
        says={check.blanks(
          list.blanks.length,
          words.time.duration(list.blanks.reduce((sum, { minutes }) => sum + minutes, 0)),
        )}
        at={list.blanks.map(({ start, at }) => ({ at, says: words.time.dayAndClock(start) }))}
        onGo={onGo}
      />
      {list.drafts.length === 0 ? null : (
        <Found
          none=""
          says={check.drafts(list.drafts.length)}
          at={list.drafts.map((at) => ({ at, says: check.look }))}
          onGo={onGo}
        />
      )}
      {list.held.length === 0 ? null : (
        <Line done>
          {words.week.heldCount(list.held.length)}
          <ul class="holds">
            {list.held.map(({ hold, start, at }) => (
              <li key={`${at.kind} ${start ?? ''} ${hold.basis}`}>
                {start === null ? '' : `${words.time.dayAndClock(start)} `}
                {check.hold(words.domain.ground[hold.ground], hold.basis)}
              </li>
            ))}
          </ul>
        </Line>
      )}
      {list.late.length === 0 ? null : <Line done>{check.late(list.late.length - corrections, corrections)}</Line>}
      {deadline === null ? null : <Line icon="clock">{words.week.deadline(deadline)}</Line>}
    </ul>
  );
}

/** A line about what was found: a tick where there is nothing, else a link to the first place, then to the next with each press. */
function Found({
  none,
  says,
  at,
  onGo,
}: {
  readonly none: string;
  readonly says: string;
  readonly at: readonly { readonly at: Place; readonly says: string }[];
  readonly onGo: (place: Place) => void;
}) {
  const words = useWords();
  const [turn, setTurn] = useState(0);
  const next = at[turn % Math.max(at.length, 1)];
  if (next === undefined) return <Line done>{none}</Line>;
  return (
    <Line>
      {says}
      <button
        type="button"
        class="link"
        aria-label={`${says}${next.says}`}
        onClick={() => {
          onGo(next.at);
          setTurn(turn + 1);
        }}
      >
        {next.says}
      </button>
      {at.length > 1 ? ` ${words.wording.check.nth((turn % at.length) + 1, at.length)}` : ''}
    </Line>
  );
}

function Line({
  done = false,
  icon,
  children,
}: {
  readonly done?: boolean;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) {
  return (
    <li class={done ? 'done' : 'due'}>
      <Icon name={icon ?? (done ? 'check' : 'warn')} small />
      <span>{children}</span>
    </li>
  );
}
