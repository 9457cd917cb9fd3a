/** Templates for answers, put into the text that is being written; their gaps are then filled by hand. */
import { getReplyTemplates } from '../../../shared/api/reply-templates.ts';
import { SelectField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useAnswer } from '../use-answer.ts';

/** `put` is given the template's text; what was typed stays above it. */
export function TemplatePicker({ put }: { readonly put: (text: string) => void }) {
  const words = useWords();
  const text = words.tickets;
  const { answer } = useAnswer(() => call(getReplyTemplates), []);
  const rows = answer.state === 'ready' ? answer.value.rows : [];
  return (
    <SelectField
      label={text.template}
      optional
      disabled={rows.length === 0}
      value=""
      onChange={(event) => {
        const chosen = rows.find(({ id }) => id === event.currentTarget.value);
        if (chosen !== undefined) put(chosen.text);
        event.currentTarget.value = '';
      }}
    >
      <option value="">{rows.length === 0 ? text.templatesNone : words.desk.choose}</option>
      {rows.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
