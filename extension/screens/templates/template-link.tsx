/** 每周这天都有: makes a template of an entry that is stored. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { templateLine, weekdayOf } from '../../../shared/diary/template.ts';
import { addTemplate } from '../../commands/templates.ts';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { templatesOf } from '../../store/queries.ts';
import { useAct } from '../use-act.ts';

/** Nothing for a withheld entry: its words stay in one place. */
export function TemplateLink({ body }: { readonly body: EntryBody }) {
  const words = useWords();
  const { act, busy } = useAct();
  const templates = useLive(() => templatesOf(here.database), []) ?? [];
  if (body.text === undefined) return null;
  const line = templateLine({ ...body, text: body.text });
  const on = weekdayOf(body.day);
  const isKept = templates.some((each) => each.line === line && each.weekdays.includes(on));
  if (isKept) return <span class="cap">{words.writing.everyWeekKept(words.time.weekdayLong(on))}</span>;
  return (
    <button type="button" class="link" disabled={busy} onClick={() => void act(() => addTemplate(line, [on]))}>
      {words.writing.everyWeek}
    </button>
  );
}
