/** Ends a person's device, on wish its signing keys, and hands over the work of who leaves. */
import { useState } from 'preact/hooks';
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { getStandIns, standInRoles } from '../../../shared/api/stand-ins.ts';
import { grantFor } from '../../../shared/organisation/role.ts';
import { thumbprint } from '../../../shared/proof/signature.ts';
import { endDevice, type KeyReason } from '../../commands/accounts.ts';
import { handOver } from '../../commands/stand-ins.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import type { Saying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { ReasonField } from './reason-field.tsx';

export function EndDialog({
  row,
  onClose,
  onDone,
}: {
  readonly row: InvitationRow;
  readonly onClose: () => void;
  /** With what was done, in words. */
  readonly onDone: (saying: Saying) => void;
}) {
  const words = useWords();
  const text = words.accounts.people;
  const [withKeys, setWithKeys] = useState(false);
  const [why, setWhy] = useState<KeyReason | null>(null);
  const [tried, setTried] = useState(false);
  const [heir, setHeir] = useState('');
  const { busy, problem, act, signed } = useAct();
  const read = useAnswer(() => call(getStandIns), []);
  const people = read.answer.state === 'ready' ? read.answer.value.people : [];
  const units = row.grants.flatMap(({ role, unit }) => (role === 'handler' && unit !== null ? [unit] : []));
  const leaves = people.find(({ grants }) =>
    grants.some(({ role, actor }) => row.grants.some((own) => own.role === role && own.actor === actor)),
  );
  const others = people.filter(({ id }) => id !== leaves?.id);
  const isOrphan =
    leaves !== undefined &&
    leaves.open > 0 &&
    units.some(
      (unit) => !others.some(({ grants }) => grants.some((one) => one.role === 'handler' && one.unit === unit)),
    );
  const end = async () => {
    if (row.device === null) return;
    const taker = others.find(({ id }) => id === heir);
    const handed = leaves === undefined || taker === undefined ? null : await handOver(leaves.id, taker.id);
    const keys = row.logKeys.map(async ({ actor, jwk }) => ({ actor, kid: await thumbprint(jwk) }));
    const ended = withKeys && why !== null ? (await Promise.all(keys)).map((key) => ({ ...key, why })) : [];
    await endDevice(row.device.id, ended);
    onDone(({ accounts, standIns }) =>
      handed === null || taker === undefined
        ? accounts.people.ended(row.name)
        : standIns.handedOver(row.name, taker.name, handed.tickets),
    );
  };
  const confirm = () => {
    setTried(true);
    if ((withKeys && why === null) || (isOrphan && heir === '')) return;
    void (withKeys ? signed : act)(end);
  };
  return (
    <Dialog
      title={text.endTitle(row.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="danger" disabled={busy} onClick={confirm}>
            {text.endConfirm}
          </Button>
        </>
      }
    >
      <p>
        {text.endBody}
        {grantFor(row.grants, 'journal.write') === null ? null : `${words.desk.gap}${text.endUnsent}`}
      </p>
      {leaves === undefined || !row.grants.some(({ role }) => standInRoles.some((each) => each === role)) ? null : (
        <SelectField
          label={words.standIns.handOver}
          value={heir}
          error={tried && isOrphan && heir === '' ? words.standIns.orphan : null}
          {...(leaves.open > 0 ? { hint: words.standIns.handOverHint(leaves.open) } : {})}
          onChange={(event) => setHeir(event.currentTarget.value)}
        >
          <option value="">{words.standIns.handOverNobody}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {row.logKeys.length === 0 ? null : (
        <Tick checked={withKeys} onChange={setWithKeys}>
          {text.endKeys}
        </Tick>
      )}
      {withKeys ? (
        <ReasonField label={text.endKeyWhy} value={why} follows={text.afterEnd} tried={tried} onChoose={setWhy} />
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}
