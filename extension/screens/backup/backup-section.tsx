/** Making a backup: when the last one was, what none has, a passphrase given twice. */
import { useState } from 'preact/hooks';
import { judgePassphrase, type PassphraseProblem } from '../../../shared/diary/sealed-file.ts';
import { makeBackup } from '../../commands/backup.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { BackupState } from '../../store/backup-state.ts';
import type { Journal } from '../use-journal.ts';
import { download } from './download.ts';
import { momentOf } from './moment-of.ts';
import { useWork } from './use-work.ts';
import { WorkLine } from './work-line.tsx';

export function BackupSection({ journal, state }: { readonly journal: Journal; readonly state: BackupState }) {
  const words = useWords();
  const text = words.backup;
  const work = useWork(text.stopped);
  const [passphrase, setPassphrase] = useState('');
  const [repeat, setRepeat] = useState('');
  const [shown, setShown] = useState(false);
  const [wrong, setWrong] = useState<PassphraseProblem | 'DIFFERENT' | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const make = async () => {
    const judged = judgePassphrase(passphrase);
    const found = !judged.ok ? judged.problem : passphrase !== repeat ? 'DIFFERENT' : null;
    setWrong(found);
    if (found !== null) return;
    setMade(null);
    const file = await work.run((progress) => makeBackup(passphrase, progress));
    if (file === null) return;
    const name = text.fileName(journal.today);
    download(name, file);
    setMade(name);
    setPassphrase('');
    setRepeat('');
  };
  const type = shown ? 'text' : 'password';
  return (
    <section class="stack" aria-labelledby="backup-title">
      <h2 class="h" id="backup-title">
        {text.title}
      </h2>
      <p class="meta">{text.about}</p>
      <LastBackup journal={journal} state={state} />
      <form
        class="stack short"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
          focusInvalid(event.currentTarget);
        }}
      >
        <TextField
          label={text.passphrase}
          hint={text.passphraseHint}
          type={type}
          autocomplete="off"
          value={passphrase}
          error={wrong === null || wrong === 'DIFFERENT' ? null : text.problem[wrong]}
          onInput={(event) => setPassphrase(event.currentTarget.value)}
        />
        <TextField
          label={text.repeat}
          type={type}
          autocomplete="off"
          value={repeat}
          error={wrong === 'DIFFERENT' ? text.different : null}
          onInput={(event) => setRepeat(event.currentTarget.value)}
        />
        <Tick checked={shown} onChange={setShown}>
          {text.show}
        </Tick>
        <p>
          <Button type="submit" disabled={work.share !== null}>
            {text.make}
          </Button>
        </p>
      </form>
      <WorkLine work={work} />
      {made === null ? null : <Message tone="ok">{text.made(made)}</Message>}
    </section>
  );
}

/** When the last backup was; amber where withheld texts stand in none. */
function LastBackup({ journal, state }: { readonly journal: Journal; readonly state: BackupState }) {
  const words = useWords();
  return (
    <>
      <p>
        {state.at === null ? words.backup.never : words.backup.last(momentOf(state.at, journal, words.time.moment))}
      </p>
      {state.unsaved === 0 ? null : <Message tone="amber">{words.backup.unsaved(state.unsaved)}</Message>}
    </>
  );
}
