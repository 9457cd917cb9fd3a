/** The receipt of a seal: where it stands in the log, by whose clock it was signed, and whether this device found it there itself. */

import { formatMinute } from '../../../shared/time/civil.ts';
import { confirmSeal } from '../../commands/seals.ts';
import { Icon } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { SealCopy } from '../../store/database.ts';
import { wallClock } from '../../store/today.ts';
import { CopyButton } from '../desk/copy-button.tsx';
import { useAct } from '../use-act.ts';

/** `headed`: with its own heading, where none stands above. */
export function SealReceipt({
  copy,
  zone,
  headed = true,
}: {
  readonly copy: SealCopy;
  readonly zone: string;
  readonly headed?: boolean;
}) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const seal = words.week.seal;
  const signedAt = words.time.moment(formatMinute(wallClock(zone, copy.iat * 1000)));
  const lines = [
    copy.receipt === null ? seal.sent : seal.receiptIndex(copy.receipt.index),
    seal.receiptRev(copy.rev),
    seal.receiptWhen(signedAt),
  ];
  const whole = [...lines, `${seal.receiptHash} ${copy.seal}`].join('\n');
  return (
    <div class="receipt">
      {headed ? (
        <h3>
          <Icon name="seal" /> {seal.receipt}
        </h3>
      ) : null}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>
          {seal.receiptHash} <code>{copy.seal}</code>
        </li>
      </ul>
      {copy.receipt === null ? null : copy.confirmed === true ? (
        <Message tone="ok">{seal.receiptChecked}</Message>
      ) : copy.confirmed === false ? (
        <Message tone="fail" role="alert">
          {seal.receiptFailed}
        </Message>
      ) : (
        <Message>
          {seal.receiptUnchecked}{' '}
          <button type="button" class="link" disabled={busy} onClick={() => void act(() => confirmSeal(copy.seal))}>
            {seal.checkNow}
          </button>
        </Message>
      )}
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
      <p class="row">
        <CopyButton text={whole} label={seal.copy} small />
      </p>
    </div>
  );
}
