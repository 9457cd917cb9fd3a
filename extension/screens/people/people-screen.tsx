/** People and devices: invite, compare the fingerprint in person, activate, end (design.md 5, verification.md 12). */
import { useState } from 'preact/hooks';
import { getInvitations } from '../../../shared/api/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { logSigner } from '../../device/key.ts';
import { type Saying, useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { callAll } from '../../remote/client.ts';
import { recordsNow } from '../../sync/records.ts';
import { PageHead } from '../desk/page-head.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { EndDialog } from './end-dialog.tsx';
import { InvitationRows, type RowAct } from './invitation-rows.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { keysOfActors, standingOf } from './keys-of.ts';
import { KeysSection } from './keys-section.tsx';
import { hasWords, namesOf, stageOf } from './narrow.ts';
import { PeopleFilter, type Wanted } from './people-filter.tsx';
import { StandInsSection } from './stand-ins-section.tsx';

const readEveryMs = 8000;

export function PeopleScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const [open, setOpen] = useState<RowAct | null>(null);
  const [wanted, setWanted] = useState<Wanted>({ typed: '', stage: null });
  const [said, say] = useSaying();
  const invitations = useAnswer(() => callAll(getInvitations), [], readEveryMs);
  const log = useAnswer(keysNow, []);
  const finish = (saying: Saying | null) => {
    setOpen(null);
    say(saying);
    void invitations.again();
    void log.again();
  };
  const all = invitations.answer.state === 'ready' ? invitations.answer.value.rows : [];
  const rows = all.filter(
    (row) =>
      (wanted.stage === null || stageOf(row) === wanted.stage) &&
      hasWords(wanted.typed, [
        row.name,
        ...row.grants.flatMap(({ role, unit }) => [words.domain.role[role], ...namesOf(desk.units, unit)]),
      ]),
  );
  const standing = log.answer.state === 'ready' ? log.answer.value.standing : 'spare';
  return (
    <>
      <PageHead title={text.title} about={text.intro}>
        <Button kind="primary" icon="plus" onClick={() => setOpen({ dialog: 'invite' })}>
          {text.invite}
        </Button>
      </PageHead>
      <div class="stack">
        {standing === 'spare' ? null : <Message tone="amber">{text.standing[standing]}</Message>}
        {said === null ? null : (
          <Message tone="ok" role="status">
            {said}
          </Message>
        )}
        <section>
          <h2 class="h">{text.list}</h2>
          <PeopleFilter wanted={wanted} rows={all} change={setWanted} />
          <p class="cap num" role="status">
            {text.shown(rows.length, all.length)}
          </p>
          <Loaded answer={invitations.answer} again={invitations.again} clock={desk.clock}>
            {() =>
              rows.length === 0 ? (
                <Empty title={all.length === 0 ? text.empty : text.noMatch} />
              ) : (
                <InvitationRows rows={rows} act={setOpen} />
              )
            }
          </Loaded>
        </section>
        <Loaded answer={log.answer} again={log.again} clock={desk.clock}>
          {({ actors, ownKid }) => (
            <>
              <KeysSection actors={actors} ownKid={ownKid} typed={wanted.typed} onDone={finish} />
              <StandInsSection />
            </>
          )}
        </Loaded>
      </div>
      {open?.dialog === 'invite' ? (
        <InviteDialog {...(open.again === undefined ? {} : { again: open.again })} onClose={() => finish(null)} />
      ) : null}
      {open?.dialog === 'compare' ? (
        <CompareDialog
          row={open.row}
          rows={all}
          onClose={() => setOpen(null)}
          onDone={() => finish(({ accounts }) => accounts.people.activated(open.row.name))}
        />
      ) : null}
      {open?.dialog === 'end' ? <EndDialog row={open.row} onClose={() => setOpen(null)} onDone={finish} /> : null}
    </>
  );
}

/** Keys by actor as the log has them now, and how this device stands. */
async function keysNow() {
  const log = await recordsNow();
  const ownKid = (await logSigner('organiser', here))?.kid ?? null;
  return { actors: keysOfActors(log), standing: standingOf(log, ownKid), ownKid };
}
