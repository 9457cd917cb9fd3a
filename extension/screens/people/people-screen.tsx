/** People and devices: invite, compare the fingerprint in person, activate, end (design.md 5, verification.md 12). */
import { useState } from 'preact/hooks';
import { getInvitations, type InvitationRow } from '../../../shared/api/accounts.ts';
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
import { InviteDialog } from './invite-dialog.tsx';
import { keysOfActors, standingOf } from './keys-of.ts';
import { KeysSection } from './keys-section.tsx';
import { StandInsSection } from './stand-ins-section.tsx';

const readEveryMs = 8000;

type Open =
  | { readonly dialog: 'invite'; readonly again?: InvitationRow }
  | { readonly dialog: 'compare' | 'end'; readonly row: InvitationRow };

export function PeopleScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const [open, setOpen] = useState<Open | null>(null);
  const [said, say] = useSaying();
  const invitations = useAnswer(() => callAll(getInvitations), [], readEveryMs);
  const log = useAnswer(keysNow, []);
  const finish = (saying: Saying | null) => {
    setOpen(null);
    say(saying);
    void invitations.again();
    void log.again();
  };
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
          <Loaded answer={invitations.answer} again={invitations.again} clock={desk.clock}>
            {({ rows }) => (rows.length === 0 ? <Empty title={text.empty} /> : <Rows rows={rows} act={setOpen} />)}
          </Loaded>
        </section>
        <Loaded answer={log.answer} again={log.again} clock={desk.clock}>
          {({ actors, ownKid }) => (
            <>
              <KeysSection actors={actors} ownKid={ownKid} onDone={finish} />
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
          onClose={() => setOpen(null)}
          onDone={() => finish(({ accounts }) => accounts.people.activated(open.row.name))}
        />
      ) : null}
      {open?.dialog === 'end' ? <EndDialog row={open.row} onClose={() => setOpen(null)} onDone={finish} /> : null}
    </>
  );
}

function Rows({ rows, act }: { readonly rows: readonly InvitationRow[]; readonly act: (open: Open) => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  return (
    <div class="scroll">
      <table class="stacks">
        <thead>
          <tr>
            <th scope="col">{text.colName}</th>
            <th scope="col">{text.colRoles}</th>
            <th scope="col">{text.colState}</th>
            <th scope="col" class="n">
              {text.colAct}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...rows]
            .sort((a, b) => urgencyOf(a) - urgencyOf(b))
            .map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.name}</th>
                <td>
                  {row.grants.map(({ role, unit, actor }) => (
                    <p key={`${role} ${actor}`}>
                      {words.domain.role[role]}
                      {unit === null ? '' : ` · ${desk.unitName(unit)}`}
                    </p>
                  ))}
                </td>
                <td>
                  <span class={`state ${row.succeeded ? 'st-amber' : tones[row.state]}`}>{text.state[row.state]}</span>
                  {row.succeeded ? <p class="cap">{text.succeeded}</p> : null}
                  {row.rotates ? <p class="cap">{text.rotates}</p> : null}
                  {row.state === 'invited' ? <p class="cap">{text.expires(desk.moment(row.expiresAt))}</p> : null}
                </td>
                <td class="n">
                  <div class="row">
                    {row.state === 'claimed' ? (
                      <Button
                        small
                        kind="primary"
                        aria-label={text.compareOf(row.name)}
                        onClick={() => act({ dialog: 'compare', row })}
                      >
                        {text.compare}
                      </Button>
                    ) : null}
                    {row.state === 'claimed' ? null : (
                      <Button
                        small
                        aria-label={row.state === 'active' ? text.addDeviceOf(row.name) : text.inviteAgainOf(row.name)}
                        onClick={() => act({ dialog: 'invite', again: row })}
                      >
                        {row.state === 'active' ? text.addDevice : text.inviteAgain}
                      </Button>
                    )}
                    {row.device !== null && row.state === 'active' ? (
                      <Button small aria-label={text.endOf(row.name)} onClick={() => act({ dialog: 'end', row })}>
                        {text.end}
                      </Button>
                    ) : null}
                  </div>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** Keys by actor as the log has them now, and how this device stands. */
async function keysNow() {
  const log = await recordsNow();
  const ownKid = (await logSigner('organiser', here))?.kid ?? null;
  return { actors: keysOfActors(log), standing: standingOf(log, ownKid), ownKid };
}

const tones: Readonly<Record<InvitationRow['state'], string>> = {
  claimed: 'st-amber',
  invited: 'st-open',
  active: 'st-closed',
  expired: 'st-wait',
  ended: 'st-wait',
};

const urgency: Readonly<Record<InvitationRow['state'], number>> = {
  claimed: 0,
  invited: 1,
  active: 2,
  expired: 3,
  ended: 4,
};
/** Who was succeeded stands with what waits: the device is to be ended. */
const urgencyOf = ({ state, succeeded }: InvitationRow): number => (succeeded ? urgency.invited : urgency[state]);
