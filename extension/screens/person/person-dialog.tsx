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
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { type Saying, useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';

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
  const machine = useMachine(confirmByPlatform, answer);
  return (
    <div class="stack">
      <p>{text.platformHow}</p>
      <Waiting machine={machine} />
      {machine.state === 'refused' ? (
        <Message tone="fail" role="alert">
          {text.platformRefused}
          {words.desk.gap}
          {text.platformLost}
        </Message>
      ) : null}
      <p class="row">
        <Button kind="primary" autofocus onClick={machine.ask}>
          {text.confirm}
        </Button>
        <Button onClick={() => answer(false)}>{words.common.cancel}</Button>
      </p>
    </div>
  );
}

interface Machine {
  readonly state: 'idle' | 'waiting' | 'refused';
  readonly ask: () => void;
}

/** The machine's own check. While its window waits, a second press asks nothing: the browser would refuse it, and the person with it. */
function useMachine(check: () => Promise<boolean>, answer: Props['answer']): Machine {
  const [state, setState] = useState<Machine['state']>('idle');
  const ask = async () => {
    if (state === 'waiting') return;
    setState('waiting');
    if (await check()) answer(true);
    else setState('refused');
  };
  return { state, ask: () => void ask() };
}

function Waiting({ machine }: { readonly machine: Machine }) {
  const words = useWords();
  return (
    <p class="meta" role="status">
      {machine.state === 'waiting' ? words.security.platformWaiting : null}
    </p>
  );
}

function AskPin({ answer, lockedUntil }: { readonly answer: Props['answer']; readonly lockedUntil: number }) {
  const words = useWords();
  const text = words.security;
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, say] = useSaying(lockOf(lockedUntil));
  const confirm = async (form: HTMLElement) => {
    setBusy(true);
    const said = await confirmByPin(pin);
    setBusy(false);
    setPin('');
    if (said.right) return answer(true);
    say(lockOf(said.lockedUntil) ?? (({ security }) => security.pinWrong(said.left)));
    focusInvalid(form);
  };
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

/** How long no PIN is taken, null where one is. */
function lockOf(until: number): Saying | null {
  const minutes = Math.ceil((until - here.now()) / 60_000);
  return minutes > 0 ? ({ security }) => security.pinLocked(minutes) : null;
}

/** The first time: the machine's own check where it has one, else a PIN of one's own, typed twice. */
export function SetUp({ platform, answer }: { readonly platform: boolean; readonly answer: Props['answer'] }) {
  const words = useWords();
  const text = words.security;
  const [byPin, setByPin] = useState(!platform);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'weak' | 'differs' | null>(null);
  const [busy, setBusy] = useState(false);
  const machine = useMachine(() => setUpPlatform(words.common.product), answer);
  const newPin = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The button that was pressed has left the page.
    if (byPin) newPin.current?.focus();
  }, [byPin]);
  const keep = async (form: HTMLElement) => {
    const found = isWeakPin(pin) ? 'weak' : pin !== again ? 'differs' : null;
    setWrong(found);
    if (found !== null) return focusInvalid(form);
    setBusy(true);
    await setUpPin(pin);
    answer(true);
  };
  if (!byPin)
    return (
      <div class="stack">
        <p>{text.setUpPlatform}</p>
        <Waiting machine={machine} />
        {machine.state === 'refused' ? (
          <Message tone="fail" role="alert">
            {text.platformRefused}
          </Message>
        ) : null}
        <p class="row">
          <Button kind="primary" autofocus onClick={machine.ask}>
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
        error={wrong === 'weak' ? text.pinWeak(shortestPin) : null}
        onInput={(event) => setPin(event.currentTarget.value)}
      />
      <TextField
        label={text.pinAgain}
        type="password"
        autocomplete="off"
        value={again}
        error={wrong === 'differs' ? text.pinDiffers : null}
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
