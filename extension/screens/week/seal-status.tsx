/** How the week stands, in the rail: what is still to do before the seal, or the receipt, and the way to reopen. */
import { useState } from 'preact/hooks';
import { reopenWeek } from '../../commands/seals.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { SaveState, SealOfWeek } from '../../store/queries.ts';
import { jumpTo } from '../day/jump.ts';
import { deadlineOfWeek } from '../deadline.ts';
import { hrefOf } from '../desk/route.ts';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { CheckLines } from './check-lines.tsx';
import type { CheckList } from './check-list.ts';
import { LeaveTick } from './leave-tick.tsx';
import { SealReceipt } from './seal-receipt.tsx';

export function SealStatus({
  week,
  journal,
  save,
  seal: { standing, copy },
  list,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly save: SaveState;
  readonly seal: SealOfWeek;
  readonly list: CheckList;
}) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const { act, problem, busy } = useAct();
  const deadline = deadlineOfWeek(journal, week, words);
  if (standing === 'open' || standing === 'reopened')
    return (
      <section>
        <h2 class="h">{words.week.before}</h2>
        <SignsElsewhere journal={journal} />
        {standing === 'reopened' ? <Message tone="amber">{words.week.seal.reopened}</Message> : null}
        {copy?.state === 'refused' ? (
          <Message tone="fail">
            {copy.refusal === 'RECORD_REFUSED' || copy.refusal === 'NOT_AUTHOR'
              ? words.week.seal.refused(words.domain.refusal[copy.refusal])
              : words.week.seal.refusedStale}
          </Message>
        ) : null}
        <CheckLines
          list={list}
          unsent={save.enrolled || save.waiting > 0 ? save.waiting : null}
          deadline={deadline}
          onGo={jumpTo}
        />
        {standing === 'open' && journal.profile.device?.state === 'active' ? <LeaveTick week={week} /> : null}
      </section>
    );
  return (
    <section>
      <h2 class="h">{standing === 'sealing' ? words.week.seal.sent : words.week.seal.sealed}</h2>
      {copy === null ? null : <SealReceipt copy={copy} zone={journal.zone} headed={false} />}
      {standing === 'frozen' ? <p class="meta">{words.week.seal.frozen}</p> : null}
      {standing === 'sealed' ? (
        <p class="row reopen">
          <Button small onClick={() => setAsking(true)}>
            {words.week.seal.reopen}
          </Button>
        </p>
      ) : null}
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
      {asking ? (
        <Dialog
          title={words.week.seal.reopenTitle}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{words.common.cancel}</Button>
              <Button
                kind="primary"
                disabled={busy}
                onClick={() =>
                  void act(() => reopenWeek(week)).then(() => {
                    setAsking(false);
                  })
                }
              >
                {words.week.seal.reopen}
              </Button>
            </>
          }
        >
          <p>{words.week.seal.reopenBody}</p>
        </Dialog>
      ) : null}
    </section>
  );
}

/** Where the week can be sealed, on a device that cannot. */
function SignsElsewhere({ journal: { signs, profile } }: { readonly journal: Journal }) {
  const { week, desk } = useWords();
  if (signs) return null;
  return (
    <Message icon="seal">
      {profile.device === null ? (
        <>
          {week.seal.unenrolled} <a href={hrefOf('enrol')}>{desk.menu.enrol}</a>
        </>
      ) : (
        week.seal.noKey
      )}
    </Message>
  );
}
