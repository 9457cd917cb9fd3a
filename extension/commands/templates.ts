/** Templates: lines that recur on weekdays. They stay on this device and in its backup. */
import { Refusal } from '../../shared/api/refusal.ts';
import { type Context, here } from '../device/context.ts';
import type { Template } from '../store/database.ts';
import { newId, opTables } from '../store/ops.ts';
import { appendAdded, type EntryInput, entryBody } from './journal.ts';

const mostCharacters = 500;

/** Keeps a line for these weekdays, 1 Monday to 7 Sunday; the same line that is there already gets them added. Refuses `FIELD_INVALID` for an
 *  empty or very long line, and without a weekday. */
export async function addTemplate(line: string, weekdays: readonly number[], context: Context = here): Promise<void> {
  const { templates } = context.database;
  const kept = judgedLine(line, weekdays);
  await context.database.transaction('rw', templates, async () => {
    const same = await templates.filter((each) => each.line === kept.line).first();
    if (same === undefined) await templates.add({ ...kept, id: newId(context), usedAt: context.now() });
    else await templates.update(same.id, { weekdays: ordered([...same.weekdays, ...kept.weekdays]) });
  });
}

/** Changes line and weekdays of a template. As `addTemplate`. */
export async function changeTemplate(
  id: string,
  line: string,
  weekdays: readonly number[],
  context: Context = here,
): Promise<void> {
  await context.database.templates.update(id, judgedLine(line, weekdays));
}

/** Saves the entry that a template means on a day, and notes the use: both or neither. */
export async function saveTemplate(id: string, input: EntryInput, context: Context = here): Promise<void> {
  const { database } = context;
  const added = [{ id: newId(context), body: await entryBody(input, context) }];
  await database.transaction('rw', [...opTables(database), database.steps, database.templates], async () => {
    await appendAdded(added, context);
    await database.templates.update(id, { usedAt: context.now() });
  });
  context.poke(false);
}

/** Takes a template away; what was written from it stays. */
export async function removeTemplate(id: string, context: Context = here): Promise<void> {
  await context.database.templates.delete(id);
}

function judgedLine(line: string, weekdays: readonly number[]): Pick<Template, 'line' | 'weekdays'> {
  const text = line.trim();
  if (text === '' || [...text].length > mostCharacters) throw new Refusal('FIELD_INVALID', { field: 'line' });
  if (weekdays.length === 0) throw new Refusal('FIELD_INVALID', { field: 'weekdays' });
  return { line: text, weekdays: ordered(weekdays) };
}

function ordered(weekdays: readonly number[]): readonly number[] {
  return [...new Set(weekdays)].sort((a, b) => a - b);
}
