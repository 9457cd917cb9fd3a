/** The templates in a list: each line with its weekdays, changed in place, and one more. */
import { useState } from 'preact/hooks';
import { addTemplate, changeTemplate, removeTemplate } from '../../commands/templates.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Template } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { templatesOf } from '../../store/queries.ts';
import { useAct } from '../use-act.ts';

const allDays = [1, 2, 3, 4, 5, 6, 7];

export function TemplatesDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const [open, setOpen] = useState<string | null>(null);
  const templates = useLive(() => templatesOf(here.database), []);
  if (templates === undefined) return null;
  return (
    <Dialog title={words.writing.templates} onClose={onClose}>
      <p class="meta">{words.writing.templatesHint}</p>
      {templates.length === 0 ? <p class="meta">{words.writing.noTemplates}</p> : null}
      <ul class="templates">
        {templates.map((template) => (
          <li key={template.id}>
            {open === template.id ? (
              <TemplateForm template={template} onDone={() => setOpen(null)} />
            ) : (
              <TemplateRow template={template} onOpen={() => setOpen(template.id)} />
            )}
          </li>
        ))}
      </ul>
      {open === null ? <TemplateForm key={templates.length} template={null} onDone={() => {}} /> : null}
    </Dialog>
  );
}

function TemplateRow({ template, onOpen }: { readonly template: Template; readonly onOpen: () => void }) {
  const words = useWords();
  const { act, busy } = useAct();
  const days = template.weekdays.map((day) => words.time.weekdayLong(day)).join(words.common.enumeration);
  return (
    <div class="template">
      <span>{template.line}</span>
      <span class="cap">{days}</span>
      <button type="button" class="link" aria-label={`${words.common.change} ${template.line}`} onClick={onOpen}>
        {words.common.change}
      </button>
      <button
        type="button"
        class="link danger"
        disabled={busy}
        aria-label={`${words.common.remove} ${template.line}`}
        onClick={() => void act(() => removeTemplate(template.id))}
      >
        {words.common.remove}
      </button>
    </div>
  );
}

/** `template` null: a new one. */
function TemplateForm({ template, onDone }: { readonly template: Template | null; readonly onDone: () => void }) {
  const words = useWords();
  const { act, refusal, busy } = useAct();
  const [line, setLine] = useState(template?.line ?? '');
  const [days, setDays] = useState<readonly number[]>(template?.weekdays ?? []);
  const save = async () => {
    const done = await act(() =>
      template === null ? addTemplate(line, days) : changeTemplate(template.id, line, days),
    );
    if (done) onDone();
  };
  return (
    <form
      class="template-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={words.writing.templateLine}
        value={line}
        placeholder={words.writing.templateExample}
        autocomplete="off"
        maxLength={500}
        error={refusal?.field === 'line' ? words.writing.lineMissing : null}
        onInput={(event) => setLine(event.currentTarget.value)}
      />
      <fieldset>
        <legend>{words.writing.weekdays}</legend>
        <div class="row">
          {allDays.map((day) => (
            <label key={day} class="choice">
              <input
                type="checkbox"
                checked={days.includes(day)}
                onChange={(event) =>
                  setDays(event.currentTarget.checked ? [...days, day] : days.filter((each) => each !== day))
                }
              />
              {words.time.weekdayLong(day)}
            </label>
          ))}
        </div>
        {refusal?.field === 'weekdays' ? <p class="field-error">{words.writing.weekdayMissing}</p> : null}
      </fieldset>
      <div class="row">
        <Button kind={template === null ? 'quiet' : 'primary'} type="submit" small disabled={busy}>
          {template === null ? words.writing.addTemplate : words.common.save}
        </Button>
        {template === null ? null : (
          <Button kind="text" small onClick={onDone}>
            {words.common.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
