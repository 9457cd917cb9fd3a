/** The dialog that asks who is there: the machine's own check, a PIN, or, the first time, the choice between them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  confirmByPin,
  confirmByPlatform,
  isWeakPin,
  type PersonCheck,
  setUpPin,
  setUpPlatform,
  shortestPin,
} from '../../commands/person.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { focusInvalid } from '../desk/focus-invalid.ts';

interface Props {
  readonly check: PersonCheck | null;
  /** Whether the machine can tell its person by itself. */
  readonly platform: boolean;
  readonly answer: (confirmed: boolean) => void;
}

export function PersonDialog({ check, platform, answer }: Props) {
  const words = useWords();
  const text = words.security;
  return (
    <Dialog title={check === null ? text.setUpTitle : text.askTitle} onClose={() => answer(false)}>
      {check === null ? (
        <SetUp platform={platform} answer={answer} />
      ) : check.kind === 'platform' ? (
        <AskPlatform answer={answer} />
      ) : (
        <AskPin answer={answer} lockedUntil={check.lockedUntil} />
      )}
    </Dialog>
  );
}

function AskPlatform({ answer }: { readonly answer: Props['answer'] }) {
  const words = useWords();
  const text = words.security;
  const [refused, setRefused] = useState(false);
  const confirm = async () => {
    setRefused(false);
    if (await confirmByPlatform()) answer(true);
    else setRefused(true);
  };
  return (
    <div class="stack">
      <p>{text.platformHow}</p>
      {refused ? (
        <Message tone="fail" role="alert">
          {text.platformRefused} {text.platformLost}
        </Message>
      ) : null}
      <p class="row">
        <Button kind="primary" autofocus onClick={() => void confirm()}>
          {text.confirm}
        </Button>
        <Button onClick={() => answer(false)}>{words.common.cancel}</Button>
      </p>
    </div>
  );
}

function AskPin({ answer, lockedUntil }: { readonly answer: Props['answer']; readonly lockedUntil: number }) {
  const words = useWords();
  const text = words.security;
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(sentenceOfLock(lockedUntil));
  const confirm = async (form: HTMLElement) => {
    setBusy(true);
    const said = await confirmByPin(pin);
    setBusy(false);
    setPin('');
    if (said.right) return answer(true);
    setProblem(sentenceOfLock(said.lockedUntil) ?? text.pinWrong(said.left));
    focusInvalid(form);
  };
  function sentenceOfLock(until: number): string | null {
    return until > here.now() ? text.pinLocked(Math.ceil((until - here.now()) / 60_000)) : null;
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void confirm(event.currentTarget);
      }}
    >
      <TextField
        label={text.pin}
        type="password"
        autocomplete="off"
        autofocus
        value={pin}
        error={problem}
        onInput={(event) => setPin(event.currentTarget.value)}
      />
      {problem === null ? null : <p class="cap">{text.forgotten}</p>}
      <p class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {text.confirm}
        </Button>
        <Button onClick={() => answer(false)}>{words.common.cancel}</Button>
      </p>
    </form>
  );
}

/** The first time: the machine's own check where it has one, else a PIN of one's own, typed twice. */
export function SetUp({ platform, answer }: { readonly platform: boolean; readonly answer: Props['answer'] }) {
  const words = useWords();
  const text = words.security;
  const [byPin, setByPin] = useState(!platform);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<{ readonly first: string | null; readonly second: string | null } | null>(
    null,
  );
  const [refused, setRefused] = useState(false);
  const [busy, setBusy] = useState(false);
  const newPin = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The button that was pressed has left the page.
    if (byPin) newPin.current?.focus();
  }, [byPin]);
  const machine = async () => {
    setRefused(false);
    if (await setUpPlatform(words.common.product)) answer(true);
    else setRefused(true);
  };
  const keep = async (form: HTMLElement) => {
    const first = isWeakPin(pin) ? text.pinWeak(shortestPin) : null;
    const second = first === null && pin !== again ? text.pinDiffers : null;
    setProblem({ first, second });
    if (first !== null || second !== null) return focusInvalid(form);
    setBusy(true);
    await setUpPin(pin);
    answer(true);
  };
  if (!byPin)
    return (
      <div class="stack">
        <p>{text.setUpPlatform}</p>
        {refused ? (
          <Message tone="fail" role="alert">
            {text.platformRefused}
          </Message>
        ) : null}
        <p class="row">
          <Button kind="primary" autofocus onClick={() => void machine()}>
            {text.usePlatform}
          </Button>
          <Button onClick={() => setByPin(true)}>{text.usePin}</Button>
        </p>
      </div>
    );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void keep(event.currentTarget);
      }}
    >
      <p>{text.setUpPin}</p>
      <TextField
        label={text.newPin}
        hint={text.newPinHint(shortestPin)}
        type="password"
        autocomplete="off"
        autofocus
        inputRef={newPin}
        value={pin}
        error={problem?.first ?? null}
        onInput={(event) => setPin(event.currentTarget.value)}
      />
      <TextField
        label={text.pinAgain}
        type="password"
        autocomplete="off"
        value={again}
        error={problem?.second ?? null}
        onInput={(event) => setAgain(event.currentTarget.value)}
      />
      <p class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {text.keepPin}
        </Button>
        <Button onClick={() => answer(false)}>{words.common.cancel}</Button>
      </p>
    </form>
  );
}
