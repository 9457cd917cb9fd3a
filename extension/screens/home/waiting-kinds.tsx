/** What waits for me, a line for each kind, most urgent first: for a page that has no room for each of them. */
import type { WaitingRow } from '../../../shared/api/waiting.ts';
import { readWaiting } from '../../commands/waiting.ts';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import type { Desk } from '../desk/use-desk.ts';
import { openDesk } from '../links.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { pages } from './pages.ts';

const readEveryMs = 30_000;

/** Each line opens its page of the desk. */
export function WaitingKinds({ desk }: { readonly desk: Desk }) {
  const words = useWords();
  const { home: text } = words;
  const { act, problem } = useAct();
  const read = useAnswer(readWaiting, [], readEveryMs);
  return (
    <>
      <Loaded answer={read.answer} again={read.again} clock={desk.clock} bars={3}>
        {({ groups, keptAt, later }) => (
          <>
            {keptAt === null ? null : <Message>{text.keptFrom(desk.moment(Math.floor(keptAt / 1000)))}</Message>}
            {later ? <Message tone="amber">{text.later}</Message> : null}
            {groups.length === 0 && !later ? <Empty title={text.empty} /> : null}
            <ul class="waiting-kinds">
              {[...groups]
                .sort((a, b) => firstDue(a.rows) - firstDue(b.rows))
                .map(({ kind, total, rows }) => (
                  <li key={kind}>
                    <span>
                      <button type="button" class="link" onClick={() => void act(() => openDesk(hrefOf(pages[kind])))}>
                        {text.kind[kind]}
                      </button>{' '}
                      <span class="meta num">{text.count(total)}</span>
                    </span>
                    <Until due={rows[0]?.due ?? null} desk={desk} />
                  </li>
                ))}
            </ul>
          </>
        )}
      </Loaded>
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
    </>
  );
}

function Until({ due, desk }: { readonly due: number | null; readonly desk: Desk }) {
  return due === null ? null : <span class={due < desk.now ? 'meta num bad' : 'meta num'}>{desk.remaining(due)}</span>;
}

function firstDue([row]: readonly WaitingRow[]): number {
  return row?.due ?? Number.MAX_SAFE_INTEGER;
}
