/** The schema of `sundial.config.json`: everything an organisation decides, with its defaults. Unknown members are refused, so that a
 *  misspelt one does not pass for a setting. */
import * as v from 'valibot';
import { Day, Id, prose } from '../api/field.ts';
import { CategoryRow, UnitKind, Words } from '../api/organisation.ts';
import { categories } from '../diary/category.ts';
import { defaultRules } from '../feedback/deadline.ts';
import { zoneOffset } from '../time/civil.ts';

/** Actor ids are made from roles, so a unit may not look like one. */
export const isActorLike = (id: string): boolean => /^(org|rev|mod|aud)\d*$|^h-/.test(id);

const UnitId = v.pipe(
  Id,
  v.check((id) => !isActorLike(id), 'ID_RESERVED'),
);
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'CLOCK'));
/** Origin of a web page: scheme, host and port, nothing behind. */
const Origin = v.pipe(v.string(), v.regex(/^https?:\/\/[^/\s?#]+$/, 'ORIGIN'));
const listOf = <S extends v.GenericSchema<unknown, { id: string }>>(row: S) =>
  v.pipe(
    v.array(row),
    v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'ID_TWICE'),
  );

const Unit = v.strictObject({ id: UnitId, kind: UnitKind, name: Words });
const Term = v.strictObject({ id: Id, unit: Id, post: prose(80), from: Day, to: v.optional(v.nullable(Day), null) });
const Theme = v.strictObject({ id: Id, zh: word, en: word });
const ThreadSetting = v.strictObject({
  id: Id,
  name: prose(100),
  aliases: v.optional(v.array(word), []),
  theme: v.optional(v.nullable(Id), null),
  incident: v.optional(v.boolean(), false),
});
const PreferredTerm = v.strictObject({
  id: Id,
  preferred: word,
  aliases: v.array(word),
  definition: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
});
const day = v.union([
  v.pipe(
    Day,
    v.transform((date) => ({ date })),
  ),
  v.looseObject({ date: Day }),
]);

/** So many in so many seconds. */
const Limit = v.strictObject({
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  seconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
type Limit = v.InferOutput<typeof Limit>;

/** Fixed windows by name. What is counted: tokens of a device, looks at and claims of invitations of the whole server, pushes and blobs of
 *  a device, comments of the whole server and of one diary, tries of one receipt. */
const limits = {
  token: { count: 30, seconds: 60 },
  invitation: { count: 120, seconds: 60 },
  push: { count: 240, seconds: 60 },
  blob: { count: 240, seconds: 60 },
  comments: { count: 600, seconds: 60 },
  commentsOfDiary: { count: 60, seconds: 60 },
  receipt: { count: 60, seconds: 60 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;

/** A strict object in which every member may be left out. */
const Deadlines = v.strictObject({
  moderationWorkingHours: v.optional(v.pipe(v.number(), v.minValue(0)), defaultRules.moderationWorkingHours),
  dispatchWorkingDays: v.optional(count, defaultRules.dispatchWorkingDays),
  firstContactWorkingDays: v.optional(count, defaultRules.firstContactWorkingDays),
  questionWorkingDays: v.optional(count, defaultRules.questionWorkingDays),
  suggestionWorkingDays: v.optional(count, defaultRules.suggestionWorkingDays),
  complaintWorkingDays: v.optional(count, defaultRules.complaintWorkingDays),
  reportWorkingDays: v.optional(count, defaultRules.reportWorkingDays),
  complexWorkingDays: v.optional(count, defaultRules.complexWorkingDays),
  riskHours: v.optional(v.pipe(v.number(), v.minValue(0)), defaultRules.riskHours),
  extensionWorkingDaysMax: v.optional(count, defaultRules.extensionWorkingDaysMax),
  disputeWorkingDays: v.optional(count, defaultRules.disputeWorkingDays),
  followUpWorkingDays: v.optional(count, defaultRules.followUpWorkingDays),
});

const Calendar = v.strictObject({
  holidays: v.optional(v.array(day), []),
  makeUpWorkdays: v.optional(v.array(day), []),
  /** Working hours of a day, in order. */
  hours: v.optional(v.pipe(v.array(v.tuple([clock, clock])), v.minLength(1)), [
    ['09:00', '12:00'],
    ['13:30', '17:30'],
  ]),
  receiptCutoff: v.optional(clock, '17:30'),
  source: v.optional(v.string()),
});

const Limits = v.strictObject({
  token: v.optional(Limit, limits.token),
  invitation: v.optional(Limit, limits.invitation),
  push: v.optional(Limit, limits.push),
  blob: v.optional(Limit, limits.blob),
  comments: v.optional(Limit, limits.comments),
  commentsOfDiary: v.optional(Limit, limits.commentsOfDiary),
  receipt: v.optional(Limit, limits.receipt),
});

/** What an organisation sets. Mandatory: `name` and `origin`; `origin` is the log's name, fixed for ever (`diary.example/log1`). */
export const Settings = v.pipe(
  v.strictObject({
    $schema: v.optional(v.string()),
    name: Words,
    origin: v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d+)?(\/[A-Za-z0-9._-]+)*$/, 'LOG_ORIGIN'), v.maxLength(100)),
    zone: v.optional(
      v.pipe(
        v.string(),
        v.check((zone) => zoneOffset(zone) !== null, 'ZONE_UNKNOWN'),
      ),
      'Asia/Shanghai',
    ),
    languages: v.optional(v.pipe(v.array(v.picklist(['zh-CN', 'en'])), v.minLength(1)), ['zh-CN', 'en']),
    /** True where all content is invented: every page says 演示数据. */
    demo: v.optional(v.boolean(), false),
    units: v.optional(listOf(Unit), []),
    terms: v.optional(listOf(Term), []),
    categories: v.optional(
      listOf(CategoryRow),
      categories.map(({ id, zh, en, mode, markZh, markEn }) => ({ id, zh, en, mode, mark: markZh, letter: markEn })),
    ),
    themes: v.optional(listOf(Theme), []),
    threads: v.optional(listOf(ThreadSetting), []),
    termBase: v.optional(v.array(PreferredTerm), []),
    secrecyWords: v.optional(v.array(word), []),
    /** Pages that may post comments; the server's own address always may. */
    allowedOrigins: v.optional(v.array(Origin), []),
    identity: v.optional(v.strictObject({ mode: v.optional(v.picklist(['open']), 'open') }), {}),
    /** Review before publication (先审后发). */
    moderation: v.optional(v.strictObject({ reviewFirst: v.optional(v.boolean(), true) }), {}),
    deadlines: v.optional(Deadlines, {}),
    calendar: v.optional(Calendar, {}),
    limits: v.optional(Limits, {}),
    /** True where one person holds several roles: the audit then says so. */
    onePerson: v.optional(v.boolean(), false),
    /** Whether `X-Forwarded-For` names the caller (behind a proxy that sets it). */
    trustProxy: v.optional(v.boolean(), false),
  }),
  v.forward(
    v.check((settings) => {
      const units = new Set(settings.units.map(({ id }) => id));
      return settings.terms.every(({ unit }) => units.has(unit));
    }, 'UNIT_UNKNOWN'),
    ['terms'],
  ),
  v.forward(
    v.check((settings) => {
      const themes = new Set(settings.themes.map(({ id }) => id));
      return settings.threads.every(({ theme }) => theme === null || themes.has(theme));
    }, 'THEME_UNKNOWN'),
    ['threads'],
  ),
);
export type Settings = v.InferOutput<typeof Settings>;
export type SettingsInput = v.InferInput<typeof Settings>;
