/** Sealing before one's eyes: the server's week is compared, the exact text is shown, then it is signed, then the receipt stands there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { composeSeal, type SealDraft, signSeal } from '../../commands/seals.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import type { SealCopy } from '../../store/database.ts';
import { jumpTo } from '../day/jump.ts';
import { usePerson } from '../person/person-gate.tsx';
import type { Journal } from '../use-journal.ts';
import { CheckLines } from './check-lines.tsx';
import { SealReceipt } from './seal-receipt.tsx';
import { sealSentence } from './seal-sentence.ts';
import { SealText } from './seal-text.tsx';
import { useCheckList } from './use-check-list.ts';

type Stage =
  | { readonly at: 'composing' }
  | { readonly at: 'reading'; readonly draft: SealDraft }
  | { readonly at: 'signing'; readonly draft: SealDraft }
  | { readonly at: 'sealed'; readonly copy: SealCopy }
  | { readonly at: 'failed'; readonly error: unknown };

export function SealDialog({
  week,
  journal,
  onClose,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const ask = usePerson();
  const list = useCheckList(week);
  const before = useRef<HTMLElement>(null);
  const [secrets, setSecrets] = useState<'unread' | 'asked' | 'read'>('unread');
  const [stage, setStage] = useState<Stage>({ at: 'composing' });
  const compose = async () => {
    setStage({ at: 'composing' });
    try {
      setStage({ at: 'reading', draft: await composeSeal(week) });
    } catch (error) {
      setStage({ at: 'failed', error });
    }
  };
  const sign = async (draft: SealDraft) => {
    if (list !== undefined && list.secrecy.length > 0 && secrets !== 'read') {
      setSecrets('asked');
      if (before.current !== null) focusInvalid(before.current);
      return;
    }
    if (!(await ask())) return;
    setStage({ at: 'signing', draft });
    try {
      setStage({ at: 'sealed', copy: await signSeal(draft) });
    } catch (error) {
      setStage({ at: 'failed', error });
    }
  };
  useEffect(() => void compose(), [week]);
  return (
    <Dialog
      title={words.week.seal.title(words.time.week(week))}
      onClose={onClose}
      wide
      footer={footer(stage, sign, compose, onClose, words)}
    >
      {stage.at === 'composing' ? <p role="status">{words.week.seal.syncing}</p> : null}
      {stage.at === 'failed' ? (
        <Message tone="fail" role="alert">
          {sealSentence(stage.error, words)}
        </Message>
      ) : null}
      {stage.at === 'reading' || stage.at === 'signing' ? (
        <>
          <Message icon="seal">
            {words.week.seal.shown}
            {words.desk.gap}
            {words.week.seal.signs(stage.draft.items.length, stage.draft.items.filter(({ held }) => held).length)}
            {words.desk.gap}
            {words.week.seal.public}
          </Message>
          {list === undefined ? null : (
            <section ref={before}>
              <h3 class="h">{words.week.before}</h3>
              <CheckLines
                list={list}
                unsent={0}
                deadline={null}
                onGo={(place) => {
                  onClose();
                  // The dialog gives the focus back as it closes.
                  requestAnimationFrame(() => jumpTo(place));
                }}
              />
              {list.secrecy.length === 0 ? null : (
                <Tick
                  checked={secrets === 'read'}
                  error={secrets === 'asked' ? words.wording.check.secrecyUnread : null}
                  onChange={(read) => setSecrets(read ? 'read' : 'unread')}
                >
                  {words.wording.check.secrecyRead(
                    [...new Set(list.secrecy.map(({ word }) => words.wording.check.quoted(word)))].join(
                      words.common.enumeration,
                    ),
                  )}
                </Tick>
              )}
            </section>
          )}
          <SealText draft={stage.draft} journal={journal} />
        </>
      ) : null}
      {stage.at === 'sealed' ? <SealReceipt copy={stage.copy} zone={journal.zone} /> : null}
    </Dialog>
  );
}

function footer(
  stage: Stage,
  sign: (draft: SealDraft) => Promise<void>,
  compose: () => Promise<void>,
  onClose: () => void,
  words: Words,
) {
  if (stage.at === 'sealed')
    return (
      <Button kind="primary" onClick={onClose}>
        {words.common.close}
      </Button>
    );
  return (
    <>
      <Button onClick={onClose}>{words.common.cancel}</Button>
      {stage.at === 'failed' ? <Button onClick={() => void compose()}>{words.week.seal.refresh}</Button> : null}
      {stage.at === 'reading' ? (
        <Button kind="primary" icon="seal" onClick={() => void sign(stage.draft)}>
          {words.week.seal.confirm}
        </Button>
      ) : null}
      {stage.at === 'signing' ? (
        <Button kind="primary" icon="seal" disabled>
          {words.week.seal.busy}
        </Button>
      ) : null}
    </>
  );
}
