/** Bringing a backup back: a file, its passphrase, what it would do, then doing it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FileProblem } from '../../../shared/diary/sealed-file.ts';
import { type Backup, previewRestore, type RestorePreview, readBackup, restoreBackup } from '../../commands/restore.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FileChoice } from '../../components/file-choice.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Icon } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import type { Journal } from '../use-journal.ts';
import { momentOf } from './moment-of.ts';
import { useWork } from './use-work.ts';
import { WorkLine } from './work-line.tsx';

type Step =
  | { readonly state: 'choosing' }
  | { readonly state: 'looking'; readonly backup: Backup; readonly preview: RestorePreview }
  | { readonly state: 'done'; readonly tray: number };

export function RestoreSection({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const text = words.backup;
  const work = useWork(text.restoreStopped);
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<FileProblem | null>(null);
  const [step, setStep] = useState<Step>({ state: 'choosing' });
  const next = useRef<HTMLDivElement>(null);
  const section = useRef<HTMLElement>(null);
  const inFile = problem === null || problem === 'PASSPHRASE' ? null : text.file[problem];
  useEffect(() => {
    // The button that was pressed has left the page.
    if (step.state !== 'choosing') next.current?.focus();
  }, [step]);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setProblem(null);
    work.clear();
    setStep({ state: 'choosing' });
  };
  const open = async (chosen: File) => {
    setProblem(null);
    const read = await work.run((progress) => readBackup(chosen, passphrase, progress));
    if (read === null) return;
    if (!read.ok) {
      setProblem(read.problem);
      if (section.current !== null) focusInvalid(section.current);
      return;
    }
    const preview = await work.run(() => previewRestore(read.value));
    if (preview !== null) setStep({ state: 'looking', backup: read.value, preview });
  };
  const restore = async (backup: Backup, preview: RestorePreview) => {
    const done = await work.run(async (progress) => {
      await restoreBackup(backup, progress);
      return true;
    });
    if (done === null) return;
    setPassphrase('');
    setFile(null);
    setStep({ state: 'done', tray: preview.tray });
  };
  return (
    <section class="stack" aria-labelledby="restore-title" ref={section}>
      <h2 class="h" id="restore-title">
        {text.restore}
      </h2>
      <p class="meta">{text.restoreAbout}</p>
      <div class="field">
        <p class="row">
          <FileChoice
            label={text.choose}
            look="btn quiet"
            accept=".sundial,application/octet-stream"
            disabled={work.share !== null}
            fault={inFile === null ? null : 'restore-file-error'}
            onFiles={([file = null]) => choose(file)}
          />
          {file === null ? null : <span class="meta">{text.chosen(file.name)}</span>}
        </p>
        {inFile === null ? null : (
          <p class="error" id="restore-file-error">
            <Icon name="warn" small /> {inFile}
          </p>
        )}
      </div>
      {file === null || step.state !== 'choosing' ? null : (
        <form
          class="stack short"
          onSubmit={(event) => {
            event.preventDefault();
            void open(file);
          }}
        >
          <TextField
            label={text.passphrase}
            type="password"
            autocomplete="off"
            value={passphrase}
            error={problem === 'PASSPHRASE' ? text.file.PASSPHRASE : null}
            onInput={(event) => setPassphrase(event.currentTarget.value)}
          />
          <p>
            <Button type="submit" disabled={work.share !== null}>
              {text.open}
            </Button>
          </p>
        </form>
      )}
      {step.state === 'looking' ? (
        <div class="stack" ref={next} tabIndex={-1}>
          <Looking
            backup={step.backup}
            preview={step.preview}
            journal={journal}
            busy={work.share !== null}
            onRestore={() => void restore(step.backup, step.preview)}
          />
        </div>
      ) : null}
      <WorkLine work={work} />
      {step.state === 'done' ? (
        <div ref={next} tabIndex={-1}>
          <Message tone="ok">
            {text.restored} {step.tray === 0 ? null : <a href={hrefOf('week')}>{text.toTrayLink}</a>}
          </Message>
        </div>
      ) : null}
    </section>
  );
}

/** What is in the file, and what restoring it here would do. */
function Looking({
  backup,
  preview,
  journal,
  busy,
  onRestore,
}: {
  readonly backup: Backup;
  readonly preview: RestorePreview;
  readonly journal: Journal;
  readonly busy: boolean;
  readonly onRestore: () => void;
}) {
  const words = useWords();
  const text = words.backup;
  const { about, unread } = backup;
  const { counts } = about;
  const parts = [
    text.entries(preview.entries),
    ...(counts.images === 0 ? [] : [text.images(counts.images)]),
    ...(counts.drafts === 0 ? [] : [text.drafts(counts.drafts)]),
  ];
  const { back, tray, held, apart, images, drafts, otherDrafts } = preview;
  const coming = [
    text.entries(back),
    ...(images === 0 ? [] : [text.images(images)]),
    ...(drafts === 0 ? [] : [text.drafts(drafts)]),
  ];
  const isEmpty = back + tray + held + apart + images + drafts === 0;
  return (
    <>
      <dl class="facts">
        <dt>{text.madeAt}</dt>
        <dd>{momentOf(Date.parse(about.at), journal, words.time.moment)}</dd>
        <dt>{text.whose}</dt>
        <dd>{about.person?.name ?? text.nobody}</dd>
        <dt>{text.contains}</dt>
        <dd>{parts.join(words.common.separator)}</dd>
        <dt>{text.hereKnown}</dt>
        <dd>{text.entries(preview.known)}</dd>
        <dt>{text.comesBack}</dt>
        <dd>{coming.join(words.common.separator)}</dd>
        <dt>{text.toTray}</dt>
        <dd>{text.entries(tray)}</dd>
        <dt>{text.heldBack}</dt>
        <dd>{text.entries(held)}</dd>
        <dt>{text.apart}</dt>
        <dd>{text.items(apart)}</dd>
      </dl>
      {unread === 0 ? null : <Message tone="amber">{text.unread(unread)}</Message>}
      {otherDrafts === 0 ? null : <Message tone="amber">{text.otherDrafts(otherDrafts)}</Message>}
      {preview.otherPerson ? (
        <Message tone="fail">{text.problem.OTHER_PERSON}</Message>
      ) : isEmpty ? (
        otherDrafts === 0 ? (
          <Message icon="check">{text.nothingToDo}</Message>
        ) : null
      ) : (
        <p>
          <Button disabled={busy} onClick={onRestore}>
            {text.doRestore}
          </Button>
        </p>
      )}
    </>
  );
}
