/** Invitations and what became of them, what is to be done first; each row has its acts. */
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { type Stage, stageOf, stages } from './narrow.ts';

/** The dialog that a row opens. */
export type RowAct =
  | { readonly dialog: 'invite'; readonly again?: InvitationRow }
  | { readonly dialog: 'compare' | 'end'; readonly row: InvitationRow };

export function InvitationRows({
  rows,
  act,
}: {
  readonly rows: readonly InvitationRow[];
  readonly act: (open: RowAct) => void;
}) {
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
            .sort((a, b) => stages.indexOf(stageOf(a)) - stages.indexOf(stageOf(b)))
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
                <td class="corner">
                  <span class={`state ${tones[stageOf(row)]}`}>{text.state[row.state]}</span>
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

const tones: Readonly<Record<Stage, string>> = {
  claimed: 'st-amber',
  succeeded: 'st-amber',
  invited: 'st-open',
  active: 'st-closed',
  expired: 'st-wait',
  ended: 'st-wait',
};
