/** What the organisation has set: the newest version from the desk, else the file's. Read from the database each time, so that every process
 *  sees a change at once. */
import * as v from 'valibot';
import { type DeskSettings, deskSettings, type SettingName } from '../../shared/organisation/config.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';

/** The setting as it holds now. */
export const settingOf = async <Name extends SettingName>(
  db: Db,
  config: Pick<Config, 'file'>,
  name: Name,
): Promise<DeskSettings[Name]> => (await settingsOf(db, config, [name]))[name];

/** Several settings as they hold now. Index `setting_name`. */
export async function settingsOf<Name extends SettingName>(
  db: Db,
  { file }: Pick<Config, 'file'>,
  names: readonly Name[],
): Promise<Pick<DeskSettings, Name>> {
  const settings: Pick<DeskSettings, Name> = { ...file };
  const rows = await newestQuery(db, { names });
  for (const name of names) {
    const json = rows.find((row) => row.name === name)?.value ?? null;
    if (json !== null) Object.assign(settings, { [name]: parsedOf(name, json) });
  }
  return settings;
}

function parsedOf(name: SettingName, json: string): unknown {
  const known = parsed.get(json);
  if (known?.name === name) return known.value;
  const value = parseSetting(name, json);
  if (parsed.size >= parsedAtMost) parsed.clear();
  parsed.set(json, { name, value });
  return value;
}

const parsedAtMost = 100;

/** What was parsed of the newest rows, by their text. */
const parsed = new Map<string, { readonly name: SettingName; readonly value: unknown }>();

const newestQuery = prepared((db, { names }: { readonly names: readonly SettingName[] }) =>
  db
    .selectFrom('setting')
    .select(['name', 'value'])
    .where('name', 'in', names)
    .where('revision', '=', (newest) =>
      newest
        .selectFrom('setting as other')
        .select((eb) => eb.fn.max('other.revision').as('revision'))
        .whereRef('other.name', '=', 'setting.name'),
    ),
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
