/** Where and of what the person is told by e-mail. Shown where the server sends mail; last on its page, as it comes from the server. */
import { useState } from 'preact/hooks';
import { getMail, type MailView } from '../../../shared/api/mail.ts';
import type { DeskNoticeKind } from '../../../shared/organisation/desk-notice.ts';
import { chooseKinds, forgetMail, nameAddress, proveAddress } from '../../commands/mail.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { TextField } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';

export function MailSettings() {
  const words = useWords();
  const desk = useDesk();
  const { answer, again, replace } = useAnswer(() => call(getMail), []);
  if (answer.state === 'loading' || (answer.state === 'ready' && !answer.value.offered)) return null;
  return (
    <section class="stack">
      <h2 class="h">{words.mail.title}</h2>
      <p class="meta">{words.mail.intro}</p>
      <Loaded answer={answer} again={again} clock={desk.clock} bars={2}>
        {(view) => <Address view={view} replace={replace} />}
      </Loaded>
    </section>
  );
}

interface Shown {
  readonly view: MailView;
  readonly replace: (view: MailView) => void;
}

function Address({ view, replace }: Shown) {
  const text = useWords().mail;
  const desk = useDesk();
  const [changing, setChanging] = useState(false);
  const put = (next: MailView) => {
    setChanging(false);
    replace(next);
  };
  if (view.pending !== null && !changing)
    return <Code address={view.pending} replace={put} change={() => setChanging(true)} />;
  if (view.address === null || changing)
    return <NewAddress replace={put} keep={changing ? () => setChanging(false) : null} />;
  return (
    <>
      {view.failedAt === null ? null : <Message tone="amber">{text.failed(desk.moment(view.failedAt))}</Message>}
      <dl class="facts">
        <dt>{text.inUse}</dt>
        <dd>{view.address}</dd>
      </dl>
      <Kinds view={view} replace={replace} />
      <Ways replace={put} change={() => setChanging(true)} />
    </>
  );
}

function NewAddress({ replace, keep }: Pick<Shown, 'replace'> & { readonly keep: (() => void) | null }) {
  const text = useWords().mail;
  const language = useLanguage();
  const { busy, problem, refusal, act } = useAct();
  const [address, setAddress] = useState('');
  const error =
    refusal?.code === 'FIELD_INVALID' ? text.addressWrong : refusal?.code === 'RATE_LIMITED' ? text.tooMany : problem;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(async () => replace(await nameAddress(address, language)));
      }}
    >
      <TextField
        label={text.address}
        hint={text.addressHint}
        value={address}
        error={error}
        maxLength={254}
        onInput={(event) => setAddress(event.currentTarget.value)}
      />
      <p class="row">
        <Button type="submit" disabled={busy || address.trim() === ''}>
          {text.send}
        </Button>
        {keep === null ? null : (
          <Button kind="text" onClick={keep}>
            {text.keep}
          </Button>
        )}
      </p>
    </form>
  );
}

function Code({
  address,
  replace,
  change,
}: Pick<Shown, 'replace'> & { readonly address: string; readonly change: () => void }) {
  const text = useWords().mail;
  const { busy, problem, refusal, act } = useAct();
  const [code, setCode] = useState('');
  const error =
    refusal?.code === 'FIELD_INVALID' ? text.codeWrong : refusal?.code === 'NOT_FOUND' ? text.codeOver : problem;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(async () => replace(await proveAddress(code)));
      }}
    >
      <p role="status">{text.sentTo(address)}</p>
      <TextField
        label={text.code}
        value={code}
        error={error}
        maxLength={20}
        autocomplete="off"
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <p class="row">
        <Button type="submit" disabled={busy || code.trim() === ''}>
          {text.confirm}
        </Button>
        <Button kind="text" onClick={change}>
          {text.change}
        </Button>
      </p>
    </form>
  );
}

function Kinds({ view, replace }: Shown) {
  const text = useWords().mail;
  const language = useLanguage();
  const { problem, act } = useAct();
  // Ticked at once; what the server did not take is taken back.
  const [chosen, setChosen] = useState(view.kinds);
  const set = (kind: DeskNoticeKind, on: boolean) => {
    const kinds = [...chosen.filter((each) => each !== kind), ...(on ? [kind] : [])];
    setChosen(kinds);
    void act(async () => replace(await chooseKinds(kinds, language))).then((done) => {
      if (!done) setChosen(view.kinds);
    });
  };
  return (
    <fieldset class="field">
      <legend>{text.kinds}</legend>
      <div class="kinds">
        {view.available.map((kind) => (
          <Tick key={kind} checked={chosen.includes(kind)} onChange={(on) => set(kind, on)}>
            {text.kindName[kind]}
          </Tick>
        ))}
      </div>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </fieldset>
  );
}

function Ways({ replace, change }: Pick<Shown, 'replace'> & { readonly change: () => void }) {
  const text = useWords().mail;
  const { busy, problem, act } = useAct();
  return (
    <>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button onClick={change}>{text.change}</Button>
        <Button kind="text" disabled={busy} onClick={() => void act(async () => replace(await forgetMail()))}>
          {text.forget}
        </Button>
      </p>
    </>
  );
}
