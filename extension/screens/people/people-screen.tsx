/** People and devices: invite, compare the fingerprint in person, activate, end (design.md 5, verification.md 12). */
import { useState } from 'preact/hooks';
import { getInvitations, type InvitationRow } from '../../../shared/api/accounts.ts';
import { validOrganiserKeys } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { recordsNow } from '../../sync/records.ts';
import { PageHead } from '../desk/page-head.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { EndDialog } from './end-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';

const readEveryMs = 8000;

type Open = { readonly dialog: 'invite' } | { readonly dialog: 'compare' | 'end'; readonly row: InvitationRow };

export function PeopleScreen() {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const invitations = useAnswer(() => call(getInvitations), [], readEveryMs);
  const log = useAnswer(() => recordsNow(), []);
  const finish = (sentence: string | null) => {
    setOpen(null);
    setSaid(sentence);
    void invitations.again();
    void log.again();
  };
  const oneKey = log.answer.state === 'ready' && validOrganiserKeys(log.answer.value.keys) < 2;
  return (
    <>
      <PageHead title={text.title} about={text.intro}>
        <Button kind="primary" icon="plus" onClick={() => setOpen({ dialog: 'invite' })}>
          {text.invite}
        </Button>
      </PageHead>
      <div class="stack">
        {oneKey ? <Message tone="amber">{text.oneKey}</Message> : null}
        {said === null ? null : <Message tone="ok">{said}</Message>}
        <section>
          <h2 class="h">{text.list}</h2>
          <Loaded answer={invitations.answer} again={invitations.again} clock={desk.clock}>
            {({ rows }) =>
              rows.length === 0 ? (
                <Empty title={text.empty} />
              ) : (
                <Rows rows={rows} act={(dialog, row) => setOpen({ dialog, row })} />
              )
            }
          </Loaded>
        </section>
      </div>
      {open?.dialog === 'invite' ? <InviteDialog onClose={() => finish(null)} /> : null}
      {open?.dialog === 'compare' ? (
        <CompareDialog
          row={open.row}
          onClose={() => setOpen(null)}
          onDone={() => finish(text.activated(open.row.name))}
        />
      ) : null}
      {open?.dialog === 'end' ? (
        <EndDialog row={open.row} onClose={() => setOpen(null)} onDone={() => finish(text.ended(open.row.name))} />
      ) : null}
    </>
  );
}

function Rows({
  rows,
  act,
}: {
  readonly rows: readonly InvitationRow[];
  readonly act: (dialog: 'compare' | 'end', row: InvitationRow) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  return (
    <div class="scroll">
      <table class="people">
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
          {[...rows].sort(byUrgency).map((row) => (
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
                <span class={`state ${tones[row.state]}`}>{text.state[row.state]}</span>
                {row.rotates ? <p class="cap">{text.rotates}</p> : null}
                {row.state === 'invited' ? <p class="cap">{text.expires(desk.moment(row.expiresAt))}</p> : null}
              </td>
              <td class="n">
                {row.state === 'claimed' ? (
                  <Button
                    small
                    kind="primary"
                    aria-label={text.compareOf(row.name)}
                    onClick={() => act('compare', row)}
                  >
                    {text.compare}
                  </Button>
                ) : null}
                {row.device !== null && row.state === 'active' ? (
                  <Button small aria-label={text.endOf(row.name)} onClick={() => act('end', row)}>
                    {text.end}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
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
const byUrgency = (a: InvitationRow, b: InvitationRow): number => urgency[a.state] - urgency[b.state];
