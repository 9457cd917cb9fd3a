/** Settings as the desk reads and changes them: versions that are only ever added, each with its audit row. */
import * as v from 'valibot';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type {
  Effect,
  getSettings,
  getSettingVersions,
  postSettingPreview,
  putSetting,
} from '../../../shared/api/settings.ts';
import { b64u } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import {
  type DeskSettings,
  deskSettings,
  type SettingName,
  settingNames,
} from '../../../shared/organisation/config.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { settingOf } from '../../organisation/setting.ts';
import { takeThemes } from '../../records/listing.ts';
import { memberCount } from '../../records/members.ts';
import { insertSetting, newestOf, openDeadlines, versionsOf, waitingComments } from './queries.ts';

const mostVersions = 20;

/** Everything that the desk may set, and how readers are known, without secrets. */
export async function readSettings(context: Context): Promise<Answer<typeof getSettings>> {
  const { identity } = context.config;
  return {
    settings: {
      categories: await standing(context, 'categories'),
      themes: await standing(context, 'themes'),
      threads: await standing(context, 'threads'),
      termBase: await standing(context, 'termBase'),
      secrecyWords: await standing(context, 'secrecyWords'),
      moderation: await standing(context, 'moderation'),
      deadlines: await standing(context, 'deadlines'),
      calendar: await standing(context, 'calendar'),
      plan: await standing(context, 'plan'),
    },
    identity: {
      mode: identity.mode,
      issuer: issuerOf(identity),
      keptDays: identity.keptDays,
    },
  };
}

/** Whom the server asks who a reader is. */
function issuerOf(identity: Context['config']['identity']): string | null {
  if (identity.mode === 'oidc') return identity.oidc.issuer;
  return identity.mode === 'phone' ? identity.phone.gateway : null;
}

/** Changes a setting. Throws FIELD_INVALID with a reason, VERSION_STALE when another version came first. */
export function changeSetting(
  context: Context,
  actor: string,
  named: string,
  body: { readonly revision: number; readonly value: unknown },
): Promise<Answer<typeof putSetting>> {
  const name = nameOf(named);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const newest = await newestOf(trx, name);
    if ((newest?.revision ?? 0) !== body.revision)
      throw new Refusal('VERSION_STALE', { facts: { revision: newest?.revision ?? 0 } });
    const next = await judged(trx, context, name, body.value);
    const blocking = (await effectsOf(trx, context, next)).find(({ code }) => code === 'CATEGORY_SHOWN');
    if (blocking !== undefined)
      throw new Refusal('FIELD_INVALID', { field: 'value', facts: { reason: 'CATEGORY_SHOWN', id: blocking.id } });
    const value = body.value === null ? null : JSON.stringify(next.value);
    const revision = await insertSetting(trx, { name, value, at: secondsNow(context), actor });
    if (next.name === 'threads') await takeThemes(trx, next.value);
    await writeAudit(trx, {
      at: secondsNow(context),
      actor,
      action: 'setting.change',
      subject: name,
      // What was set stands under its revision; the digest ties it to the trail.
      facts: { revision, before: body.revision, sha256: value === null ? null : b64u(await sha256Text(value)) },
    });
    return { revision };
  });
}

/** What a change would touch; nothing is written. */
export async function previewSetting(
  context: Context,
  named: string,
  value: unknown,
): Promise<Answer<typeof postSettingPreview>> {
  const { db } = context.database;
  return { effects: await effectsOf(db, context, await judged(db, context, nameOf(named), value)) };
}

/** The versions of a setting, newest first; the file's value stands at the end where all of them are here. */
export async function settingVersions(context: Context, named: string): Promise<Answer<typeof getSettingVersions>> {
  const name = nameOf(named);
  const ofFile = context.config.file[name];
  const kept = await versionsOf(context.database.db, name, mostVersions);
  const rows = kept.map(({ revision, at, actor, value }) => ({
    revision,
    at,
    actor,
    value: value === null ? ofFile : JSON.parse(value),
  }));
  const first = { revision: 0, at: null, actor: null, value: ofFile };
  return { name, rows: kept.length < mostVersions ? [...rows, first] : rows };
}

async function standing<Name extends SettingName>(context: Context, name: Name) {
  const { db } = context.database;
  const newest = await newestOf(db, name);
  const isFile = newest === undefined || newest.value === null;
  return {
    value: await settingOf(db, context.config, name),
    revision: newest?.revision ?? 0,
    at: isFile ? null : newest.at,
    actor: isFile ? null : newest.actor,
  };
}

type Named = { readonly [Name in SettingName]: { readonly name: Name; readonly value: DeskSettings[Name] } };
type Setting = Named[SettingName];

/** A value of a setting by its schema and beside the other settings. */
async function judged(db: Db, context: Context, name: SettingName, given: unknown): Promise<Setting> {
  const parsed = v.safeParse(shapes, { name, value: given ?? context.config.file[name] });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const at = issue.path?.map(({ key }) => String(key)).join('.') ?? 'value';
    throw new Refusal('FIELD_INVALID', {
      field: at,
      facts: { reason: /^[A-Z_]+$/.test(issue.message) ? issue.message : 'VALUE_INVALID' },
    });
  }
  const next: Setting = parsed.output;
  const themes = next.name === 'themes' ? next.value : await settingOf(db, context.config, 'themes');
  const threads = next.name === 'threads' ? next.value : await settingOf(db, context.config, 'threads');
  const known = new Set(themes.map(({ id }) => id));
  const lost = threads.find(({ theme }) => theme !== null && !known.has(theme));
  if (lost !== undefined)
    throw new Refusal('FIELD_INVALID', { field: 'value', facts: { reason: 'THEME_IN_USE', id: lost.theme } });
  return next;
}

const shapes = v.variant('name', [
  v.object({ name: v.literal('categories'), value: deskSettings.categories }),
  v.object({ name: v.literal('themes'), value: deskSettings.themes }),
  v.object({ name: v.literal('threads'), value: deskSettings.threads }),
  v.object({ name: v.literal('termBase'), value: deskSettings.termBase }),
  v.object({ name: v.literal('secrecyWords'), value: deskSettings.secrecyWords }),
  v.object({ name: v.literal('moderation'), value: deskSettings.moderation }),
  v.object({ name: v.literal('deadlines'), value: deskSettings.deadlines }),
  v.object({ name: v.literal('calendar'), value: deskSettings.calendar }),
  v.object({ name: v.literal('plan'), value: deskSettings.plan }),
]);

async function effectsOf(db: Db, context: Context, next: Setting): Promise<Effect[]> {
  switch (next.name) {
    case 'deadlines':
    case 'calendar':
      return some('DEADLINES_STAY', null, await openDeadlines(db));
    case 'moderation':
      return next.value.reviewFirst ? [] : some('STILL_WAITING', null, await waitingComments(db));
    case 'categories':
      return shownOf(db, 'CATEGORY_SHOWN', 'category', await settingOf(db, context.config, 'categories'), next.value);
    case 'themes':
      return shownOf(db, 'THEME_SHOWN', 'theme', await settingOf(db, context.config, 'themes'), next.value);
    case 'threads':
    case 'termBase':
    case 'secrecyWords':
    case 'plan':
      return [];
  }
}

type Row = { readonly id: string };

/** How many published diaries have what would go. */
async function shownOf(
  db: Db,
  code: Effect['code'],
  facet: 'category' | 'theme',
  before: readonly Row[],
  after: readonly Row[],
): Promise<Effect[]> {
  const kept = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id));
  const counted = await Promise.all(gone.map(async ({ id }) => some(code, id, await memberCount(db, facet, id))));
  return counted.flat();
}

const some = (code: Effect['code'], id: string | null, count: number): Effect[] =>
  count === 0 ? [] : [{ code, id, count }];

function nameOf(named: string): SettingName {
  const name = settingNames.find((one) => one === named);
  if (name === undefined) throw new Refusal('NOT_FOUND');
  return name;
}
