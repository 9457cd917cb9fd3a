/** What the desk may set (shared/organisation/config.ts), in versions; and many units from one table. */
import * as v from 'valibot';
import { deskSettings, settingNames } from '../organisation/config.ts';
import { endpoint } from './endpoint.ts';
import { Id, Seconds, Ulid } from './field.ts';

const SettingName = v.picklist(settingNames);
const Revision = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A setting as it holds: `revision` 0, `at` and `actor` null where it is the file's. */
const standing = <S extends v.GenericSchema>(value: S) =>
  v.object({ value, revision: Revision, at: v.nullable(Seconds), actor: v.nullable(Id) });

export const getSettings = endpoint({
  method: 'GET',
  path: '/api/v1/settings',
  group: 'organisation',
  summary: 'What the organisation has set, and how readers are known',
  access: 'organisation.change',
  answer: v.object({
    settings: v.object({
      categories: standing(deskSettings.categories),
      themes: standing(deskSettings.themes),
      threads: standing(deskSettings.threads),
      termBase: standing(deskSettings.termBase),
      secrecyWords: standing(deskSettings.secrecyWords),
      moderation: standing(deskSettings.moderation),
      deadlines: standing(deskSettings.deadlines),
      calendar: standing(deskSettings.calendar),
      plan: standing(deskSettings.plan),
    }),
    /** Set in the file alone, as it has addresses and secrets: whether readers sign in, where, and for how long who it was is kept. */
    identity: v.object({ mode: v.string(), issuer: v.nullable(v.string()), keptDays: v.number() }),
  }),
});

/** What a change would touch. `DEADLINES_STAY`: tickets and comments whose dates stay as they are; `STILL_WAITING`: comments that wait all
 *  the same; `CATEGORY_SHOWN`: published diaries with a category that would go, which hinders the change; `THEME_SHOWN`: published diaries
 *  that would lose the theme. */
const Effect = v.object({
  code: v.picklist(['DEADLINES_STAY', 'STILL_WAITING', 'CATEGORY_SHOWN', 'THEME_SHOWN']),
  id: v.nullable(v.string()),
  count: v.number(),
});
export type Effect = v.InferOutput<typeof Effect>;

const largest = 1_000_000;

export const postSettingPreview = endpoint({
  method: 'POST',
  path: '/api/v1/settings/{name}/preview',
  group: 'organisation',
  summary: 'What a change of a setting would touch',
  access: 'organisation.change',
  body: v.strictObject({ value: v.unknown() }),
  answer: v.object({ effects: v.array(Effect) }),
  maxBytes: largest,
  refusals: ['NOT_FOUND', 'FIELD_INVALID'],
});

/** `revision`: the one that was changed; VERSION_STALE when somebody else came first. `value` null: as the file has it. Deadlines that
 *  were reckoned before stay. */
export const putSetting = endpoint({
  method: 'PUT',
  path: '/api/v1/settings/{name}',
  group: 'organisation',
  summary: 'Change a setting',
  access: 'organisation.change',
  body: v.strictObject({ revision: Revision, value: v.unknown() }),
  answer: v.object({ revision: Revision }),
  maxBytes: largest,
  refusals: ['NOT_FOUND', 'FIELD_INVALID', 'VERSION_STALE'],
});

/** Newest first, at most 20; the last may be the file's (`revision` 0). */
export const getSettingVersions = endpoint({
  method: 'GET',
  path: '/api/v1/settings/{name}/versions',
  group: 'organisation',
  summary: 'Who changed a setting when, and to what',
  access: 'organisation.change',
  answer: v.object({
    name: SettingName,
    rows: v.array(v.object({ revision: Revision, at: v.nullable(Seconds), actor: v.nullable(Id), value: v.unknown() })),
  }),
  refusals: ['NOT_FOUND'],
});

/** Counted over the newest published diaries (`diaries` of them); nothing that is not published, and nothing withheld, is read. */
export const getTermUsage = endpoint({
  method: 'GET',
  path: '/api/v1/term-base/usage',
  group: 'organisation',
  summary: 'In how many published diaries terms and their aliases stand',
  access: 'organisation.change',
  answer: v.object({
    diaries: v.number(),
    rows: v.array(
      v.object({
        id: Id,
        preferred: v.number(),
        aliases: v.array(v.object({ word: v.string(), diaries: v.number() })),
      }),
    ),
  }),
});

const cell = v.pipe(v.string(), v.maxLength(400));

/** Units, and terms of office that begin, from a table: all of it in one transaction, or nothing. FIELD_INVALID names the first line that is
 *  wrong (`facts.line`, `facts.reason` of shared/organisation/unit-table.ts). */
export const postUnitTable = endpoint({
  method: 'POST',
  path: '/api/v1/units/table',
  group: 'organisation',
  summary: 'Add and rename units from a table',
  access: 'organisation.change',
  body: v.strictObject({
    rows: v.pipe(
      v.array(
        v.strictObject({
          line: v.pipe(v.number(), v.integer(), v.minValue(1)),
          id: cell,
          kind: cell,
          zh: cell,
          en: cell,
          post: cell,
          from: cell,
        }),
      ),
      v.minLength(1),
      v.maxLength(2000),
    ),
  }),
  /** `undo`: by which it is undone; null where nothing was new. */
  answer: v.object({ added: v.number(), changed: v.number(), terms: v.number(), undo: v.nullable(Ulid) }),
  maxBytes: largest,
  refusals: ['FIELD_INVALID'],
});

/** Sets units and terms as they were before an import. VERSION_STALE where one of them was changed since, FIELD_INVALID with reason UNIT_IN_USE
 *  and `facts.id` where somebody was invited for a new one, or something hangs on it; then nothing is undone. */
export const postUnitTableUndo = endpoint({
  method: 'POST',
  path: '/api/v1/units/table/{id}/undo',
  group: 'organisation',
  summary: 'Undo an import of units',
  access: 'organisation.change',
  refusals: ['NOT_FOUND', 'ALREADY_DONE', 'VERSION_STALE', 'FIELD_INVALID'],
});
