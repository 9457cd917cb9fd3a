/** The organisation as devices and readers know it. */
import * as v from 'valibot';
import { type Organisation, Term, Unit } from '../../shared/api/organisation.ts';
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { settingOf } from './setting.ts';

/** Units in the order of the configuration, later ones behind. */
export async function unitsOf(db: Db): Promise<Unit[]> {
  const rows = await db.selectFrom('unit').selectAll().orderBy('position').orderBy('id').execute();
  return rows.map(({ id, kind, zh, en }) => v.parse(Unit, { id, kind, name: { zh, en } }));
}

/** Terms of office by unit and first day. */
export async function termsOf(db: Db): Promise<Term[]> {
  const rows = await db.selectFrom('term').selectAll().orderBy('unit').orderBy('from_day').execute();
  return rows.map((row) => v.parse(Term, { ...row, from: row.from_day, to: row.to_day }));
}

/** The kid of leaf 0, null before the log begins. */
export async function organiserOf(db: Db): Promise<string | null> {
  const row = await db.selectFrom('log_key').select('kid').where('added_index', '=', 0).executeTakeFirst();
  return row?.kid ?? null;
}

/** All of it, with a revision made from the rest. */
export async function readOrganisation(context: Context): Promise<Organisation & { readonly revision: string }> {
  const { config, database, log } = context;
  const { db } = database;
  const calendar = await settingOf(db, config, 'calendar');
  const organisation: Organisation = {
    name: config.name,
    zone: config.zone,
    demo: config.demo,
    origin: config.origin,
    vkey: log.vkey,
    organiser: await organiserOf(db),
    issuer: config.issuer,
    units: await unitsOf(db),
    terms: await termsOf(db),
    categories: await settingOf(db, config, 'categories'),
    threads: (await settingOf(db, config, 'threads')).map(({ id, name, aliases }) => ({ id, name, aliases })),
    holidays: calendar.holidays.map(({ date }) => date),
    makeUpWorkdays: calendar.makeUpWorkdays.map(({ date }) => date),
    termBase: await settingOf(db, config, 'termBase'),
    secrecyWords: await settingOf(db, config, 'secrecyWords'),
    plan: (await settingOf(db, config, 'plan')).map(({ id, group }) => ({ id, group })),
  };
  return { ...organisation, revision: b64u(await sha256Text(JSON.stringify(organisation))) };
}
