/** One setting: its rows, what a change touches, the change, its undoing, and the versions before. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Effect, getSettingVersions, postSettingPreview } from '../../../shared/api/settings.ts';
import type { DeskSettings, SettingName } from '../../../shared/organisation/config.ts';
import { setSetting } from '../../commands/organisation.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { differencesOf } from './differences.ts';
import { Editor } from './editor.tsx';
import type { Cells, Shape, Wrong } from './shape.ts';
import { useForm } from './use-form.ts';

/** A setting as the server has it. */
export interface Standing<Name extends SettingName> {
  readonly value: DeskSettings[Name];
  readonly revision: number;
  readonly at: number | null;
  readonly actor: string | null;
}

/** A change that waits for a yes: to rows of the editor, or to an older version. */
interface Proposal {
  readonly value: unknown;
  readonly rows: readonly Cells[];
  readonly effects: readonly Effect[];
}

/** What was done last, and what it takes to undo it: the value before, null where that was the file's. */
interface Done {
  readonly what: 'done' | 'undone';
  readonly undo: { readonly value: unknown; readonly revision: number } | null;
}

export function SettingSection<Name extends SettingName>({
  shape,
  standing,
  again,
  beside,
  tools,
}: {
  readonly shape: Shape<Name>;
  readonly standing: Standing<Name>;
  /** Reads all settings anew. */
  readonly again: () => Promise<void>;
  readonly beside?: { readonly label: string; readonly of: (id: string) => ComponentChildren };
  /** What else may fill the rows. */
  readonly tools?: (rows: readonly Cells[], change: (rows: readonly Cells[]) => void) => ComponentChildren;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.organisation;
  const { name } = shape;
  const before = shape.rows(standing.value);
  const form = useForm(`organisation.${name}`, before);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const { busy, problem, refusal, act, clear } = useAct();
  const isStale = refusal?.code === 'VERSION_STALE';

  const propose = (value: unknown, rows: readonly Cells[]) =>
    act(async () => {
      const { effects } = await call(postSettingPreview, { params: { name }, body: { value } });
      setProposal({ value, rows, effects });
    });
  const preview = () => {
    const judged = shape.value(form.rows);
    setWrong(judged.wrong);
    setDone(null);
    if (judged.wrong.length === 0) void propose(judged.value, form.rows);
  };
  const apply = ({ value }: Proposal) =>
    act(async () => {
      // Against the version beside which the change was shown.
      const revision = await setSetting(name, standing.revision, value);
      form.drop();
      setProposal(null);
      const undo = { value: standing.actor === null ? null : standing.value, revision };
      await again();
      setDone({ what: 'done', undo });
    });
  const undo = ({ value, revision }: { readonly value: unknown; readonly revision: number }) =>
    act(async () => {
      await setSetting(name, revision, value);
      await again();
      setDone({ what: 'undone', undo: null });
    });
  if (!form.ready) return null;
  return (
    <section class="stack" aria-label={text.setting[name]}>
      <p class="meta">{text.about[name]}</p>
      {done === null ? null : (
        <Message tone="ok" role="status">
          {text[done.what](text.setting[name])}{' '}
          {done.undo === null ? null : (
            <button type="button" class="link" disabled={busy} onClick={() => done.undo && void undo(done.undo)}>
              {words.common.undo}
            </button>
          )}
        </Message>
      )}
      {tools?.(form.rows, form.change)}
      <Editor
        shape={shape}
        rows={form.rows}
        wrong={wrong}
        change={(rows) => {
          setWrong([]);
          form.change(rows);
        }}
        {...(beside === undefined ? {} : { beside })}
      />
      {problem === null || proposal !== null ? null : (
        <Message tone="fail" role="alert">
          {isStale ? text.stale : problem}
        </Message>
      )}
      {wrong.length === 0 ? null : (
        <Message tone="fail" role="alert">
          {text.wrongCell}
        </Message>
      )}
      <div class="row">
        <Button kind="primary" disabled={busy || !form.isChanged} onClick={preview}>
          {text.preview}
        </Button>
        <Button
          disabled={!form.isChanged}
          onClick={() => {
            form.drop();
            setWrong([]);
            clear();
          }}
        >
          {text.discard}
        </Button>
        <span class="meta" role="status">
          {form.isChanged
            ? text.notSaved
            : standing.actor === null
              ? text.fromFile
              : text.setBy(standing.actor, desk.moment(standing.at ?? 0))}
        </span>
      </div>
      <Versions
        key={standing.revision}
        name={name}
        busy={busy}
        propose={(value) => void propose(value, shape.read(value))}
      />
      {proposal === null ? null : (
        <ChangeDialog
          name={text.setting[name]}
          differences={differencesOf(before, proposal.rows, shape.columns)}
          effects={proposal.effects}
          columns={shape.columns}
          called={shape.called}
          nameOf={(id) => shape.called(before.find((row) => row.id === id) ?? {})}
          busy={busy}
          problem={isStale ? text.stale : problem}
          onApply={() => void apply(proposal)}
          onClose={() => {
            setProposal(null);
            clear();
            if (isStale) void again();
          }}
        />
      )}
    </section>
  );
}

/** Who set it when, each version to be set again. Read when it is opened. */
function Versions({
  name,
  busy,
  propose,
}: {
  readonly name: SettingName;
  readonly busy: boolean;
  readonly propose: (value: unknown) => void;
}) {
  const words = useWords();
  const text = words.organisation;
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.history}</summary>
      {isOpen ? <VersionList name={name} busy={busy} propose={propose} /> : null}
    </details>
  );
}

function VersionList({
  name,
  busy,
  propose,
}: {
  readonly name: SettingName;
  readonly busy: boolean;
  readonly propose: (value: unknown) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.organisation;
  const read = useAnswer(() => call(getSettingVersions, { params: { name } }), [name]);
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock} bars={2}>
      {({ rows }) => (
        <ul class="lines">
          {rows.map(({ revision, at, actor, value }, n) => {
            const moment = at === null ? text.fileVersion : desk.moment(at);
            return (
              <li key={revision}>
                <span>{actor === null ? moment : text.setBy(actor, moment)}</span>
                {n === 0 ? (
                  <span class="meta">{text.versionNow}</span>
                ) : (
                  <Button small disabled={busy} aria-label={text.restoreOf(moment)} onClick={() => propose(value)}>
                    {text.restore}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Loaded>
  );
}
