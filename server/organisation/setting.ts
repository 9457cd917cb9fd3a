/** What the organisation has set: the newest version from the desk, else the file's. Read from the database each time, so that every process
 *  sees a change at once. */
import * as v from 'valibot';
import { type DeskSettings, deskSettings, type SettingName } from '../../shared/organisation/config.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';

/** The setting as it holds now. Index `setting_name`. */
export async function settingOf<Name extends SettingName>(
  db: Db,
  { file }: Pick<Config, 'file'>,
  name: Name,
): Promise<DeskSettings[Name]> {
  const [row] = await newestQuery(db, { name });
  if (row === undefined || row.value === null) return file[name];
  const known = parsed.get(row.value);
  if (known?.name === name) return known.value as DeskSettings[Name]; // of this name it was parsed
  const value = parseSetting(name, row.value);
  if (parsed.size >= parsedAtMost) parsed.clear();
  parsed.set(row.value, { name, value });
  return value;
}

const parsedAtMost = 100;

/** What was parsed of the newest rows, by their text. */
const parsed = new Map<string, { readonly name: SettingName; readonly value: unknown }>();

const newestQuery = prepared((db, { name }: { readonly name: SettingName }) =>
  db.selectFrom('setting').select('value').where('name', '=', name).orderBy('revision', 'desc').limit(1),
);

/** A value as a row keeps it. */
export const parseSetting = <Name extends SettingName>(name: Name, json: string): DeskSettings[Name] =>
  parsers[name](JSON.parse(json));

const parsers: { readonly [Name in SettingName]: (value: unknown) => DeskSettings[Name] } = {
  categories: v.parser(deskSettings.categories),
  themes: v.parser(deskSettings.themes),
  threads: v.parser(deskSettings.threads),
  termBase: v.parser(deskSettings.termBase),
  secrecyWords: v.parser(deskSettings.secrecyWords),
  moderation: v.parser(deskSettings.moderation),
  deadlines: v.parser(deskSettings.deadlines),
  calendar: v.parser(deskSettings.calendar),
  plan: v.parser(deskSettings.plan),
};
