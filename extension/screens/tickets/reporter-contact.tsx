/** The telephone or e-mail that a reporter left: fetched when it is asked for, and each look is told to the audit. */
import { useState } from 'preact/hooks';
import { lookAtContact } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

export function ReporterContact({ number }: { readonly number: string }) {
  const text = useWords().tickets;
  const [contact, setContact] = useState<string | null>(null);
  const { busy, problem, act } = useAct();
  return (
    <div class="row reporter">
      {contact === null ? (
        <Button small disabled={busy} onClick={() => void act(async () => setContact(await lookAtContact(number)))}>
          {text.contactShow}
        </Button>
      ) : (
        <span>
          {text.contact} <b class="num">{contact}</b>
        </span>
      )}
      <span class="cap">{text.contactHint}</span>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </div>
  );
}
