/** Compares the fingerprints of a claimed device and activates it: the organiser signs its log keys into the log. */
import { useState } from 'preact/hooks';
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { thumbprint } from '../../../shared/proof/signature.ts';
import { activateDevice, type KeyReason, keyBefore } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { recordsNow } from '../../sync/records.ts';
import { Fingerprint } from '../desk/fingerprint.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';

const reasons = ['lost', 'rotation', 'leader'] as const satisfies readonly KeyReason[];

export function CompareDialog({
  row,
  onClose,
  onDone,
}: {
  readonly row: InvitationRow;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const [compared, setCompared] = useState(false);
  const [tried, setTried] = useState(false);
  const [why, setWhy] = useState<KeyReason | null>(null);
  const { busy, problem, signed } = useAct();
  const facts = useAnswer(() => factsOf(row), [row.id]);
  const found = facts.answer.state === 'ready' ? facts.answer.value : null;
  const replaces = found?.claims.some(({ replaced }) => replaced) === true;
  const activate = () => {
    setTried(true);
    if (!compared || found === null || (replaces && why === null)) return;
    const chosen = new Map(found.claims.flatMap(({ kid, replaced }) => (replaced && why !== null ? [[kid, why]] : [])));
    void signed(() => activateDevice(row, found.keys, chosen)).then((done) => (done ? onDone() : undefined));
  };
  return (
    <Dialog
      title={text.compareTitle(row.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={activate}>
            {text.activate}
          </Button>
        </>
      }
    >
      <p>{text.compareHow}</p>
      <Loaded answer={facts.answer} again={facts.again} clock={desk.clock} bars={3}>
        {({ claims }) => (
          <dl class="fingers">
            {row.device === null ? null : <Fingerprint label={text.deviceKey} kid={row.device.kid} />}
            {claims.map(({ role, actor, kid }) => (
              <Fingerprint key={kid} label={text.logKey(words.domain.role[role], actor)} kid={kid} />
            ))}
          </dl>
        )}
      </Loaded>
      {replaces ? (
        <>
          <Message tone="amber">{text.replaces}</Message>
          <SelectField
            label={text.why}
            value={why ?? ''}
            error={tried && why === null ? words.desk.chooseOne : null}
            onChange={(event) => setWhy(reasons.find((each) => each === event.currentTarget.value) ?? null)}
          >
            <option value="">{words.desk.choose}</option>
            {reasons.map((reason) => (
              <option key={reason} value={reason}>
                {text.whys[reason]}
              </option>
            ))}
          </SelectField>
        </>
      ) : null}
      <Tick checked={compared} error={tried && !compared ? text.comparedFirst : null} onChange={setCompared}>
        {text.compared}
      </Tick>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}

/** The log's keys, and each claimed one with its id and whether its role had a key before. */
async function factsOf(row: InvitationRow) {
  const { keys } = await recordsNow();
  const claims = await Promise.all(
    row.logKeys.map(async ({ role, actor, jwk }) => ({
      role,
      actor,
      kid: await thumbprint(jwk),
      replaced: keyBefore(keys, actor, role) !== null,
    })),
  );
  return { keys, claims };
}
