/** Compares the fingerprints of a claimed device and activates it: the organiser signs its log keys into the log. Who follows in office begins
 *  a term, and the devices of the one before are ended. */
import { useState } from 'preact/hooks';
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { thumbprint } from '../../../shared/proof/signature.ts';
import { civilOf, dayOf, formatDay, zoneOffset } from '../../../shared/time/civil.ts';
import { activateDevice, beginTerm, endDevice, type KeyReason, keyBefore } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { recordsNow } from '../../sync/records.ts';
import { Fingerprint } from '../desk/fingerprint.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { ReasonField } from './reason-field.tsx';

export function CompareDialog({
  row,
  rows,
  onClose,
  onDone,
}: {
  readonly row: InvitationRow;
  /** All of the list. */
  readonly rows: readonly InvitationRow[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const [compared, setCompared] = useState(false);
  const [tried, setTried] = useState(false);
  const [why, setWhy] = useState<KeyReason | null>(null);
  const [post, setPost] = useState('');
  const [from, setFrom] = useState(() => formatDay(dayOf(civilOf(desk.now, zoneOffset(desk.zone) ?? (() => 0)))));
  const [ends, setEnds] = useState(true);
  const [isActive, setActive] = useState(false);
  const { busy, problem, signed } = useAct();
  const facts = useAnswer(() => factsOf(row), [row.id]);
  const found = facts.answer.state === 'ready' ? facts.answer.value : null;
  const replaces = found?.claims.some(({ replaced }) => replaced) === true;
  const unit = row.grants.find(({ role }) => role === 'leader')?.unit ?? null;
  const succeeds = replaces && why === 'leader' && unit !== null;
  const before = succeeds ? rows.filter((each) => leadsOnly(each, unit) && each.device?.id !== row.device?.id) : [];
  const activate = () => {
    setTried(true);
    if (!compared || found === null || (replaces && why === null)) return;
    if (succeeds && (post.trim() === '' || from === '')) return;
    const chosen = new Map(found.claims.flatMap(({ kid, replaced }) => (replaced && why !== null ? [[kid, why]] : [])));
    void signed(async () => {
      // Activated once: where the term is refused, only that is tried again.
      if (!isActive) await activateDevice(row, found.keys, chosen);
      setActive(true);
      if (succeeds) await beginTerm(unit, post.trim(), from);
      if (ends) for (const { device } of before) if (device !== null) await endDevice(device.id);
    }).then((done) => (done ? onDone() : undefined));
  };
  return (
    <Dialog
      title={text.compareTitle(row.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy || found === null} onClick={activate}>
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
          <ReasonField label={text.why} value={why} follows={text.afterNew} tried={tried} onChoose={setWhy} />
        </>
      ) : null}
      {succeeds ? (
        <fieldset class="wish">
          <legend>{text.term}</legend>
          <TextField
            label={text.termPost}
            value={post}
            maxLength={80}
            error={tried && post.trim() === '' ? words.desk.fillIn : null}
            onInput={(event) => setPost(event.currentTarget.value)}
          />
          <TextField
            label={text.termFrom}
            hint={text.termHint}
            type="date"
            value={from}
            error={tried && from === '' ? words.desk.fillIn : null}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
        </fieldset>
      ) : null}
      {before.length === 0 ? null : (
        <Tick checked={ends} onChange={setEnds}>
          {text.endBefore(before.map(({ name }) => name))}
        </Tick>
      )}
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

/** An active device that leads the unit and does nothing else. One with other roles is ended by itself, where their work is handed over. */
const leadsOnly = ({ state, rotates, grants }: InvitationRow, unit: string): boolean =>
  state === 'active' && !rotates && grants.every((grant) => grant.role === 'leader' && grant.unit === unit);

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
