/** The schema of `sundial.config.json`: everything an organisation decides, with its defaults. Unknown members are refused, so that a
 *  misspelt one does not pass for a setting. */
import * as v from 'valibot';
import { Day, Id, prose } from '../api/field.ts';
import { CategoryRow, UnitKind, Words } from '../api/organisation.ts';
import { categories } from '../diary/category.ts';
import { defaultRules } from '../feedback/deadline.ts';
import { zoneOffset } from '../time/civil.ts';
import { deskNoticeKinds } from './desk-notice.ts';
import { mostGroups } from './plan.ts';

/** Actor ids are made from roles, so a unit may not look like one. */
export const isActorLike = (id: string): boolean => /^(org|rev|mod|aud)\d*$|^h-/.test(id);

const UnitId = v.pipe(
  Id,
  v.check((id) => !isActorLike(id), 'ID_RESERVED'),
);
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Working days or hours of a deadline: at most a year of days. */
const days = v.pipe(count, v.maxValue(366));
const hours = v.pipe(v.number(), v.minValue(0), v.maxValue(1000));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'CLOCK'));
/** Origin of a web page: scheme, host and port, nothing behind. */
const Origin = v.pipe(v.string(), v.regex(/^https?:\/\/[^/\s?#]+$/, 'ORIGIN'));
/** An IPv4 or IPv6 address, or a block of them in CIDR form. */
const Network = v.pipe(
  v.string(),
  v.check((network) => {
    const [address, bits, ...more] = network.split('/');
    const most = v.is(v.pipe(v.string(), v.ipv4()), address)
      ? 32
      : v.is(v.pipe(v.string(), v.ipv6()), address)
        ? 128
        : -1;
    return most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  }, 'ADDRESS_OR_CIDR'),
);
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
const Turn = v.strictObject({ id: Id, group: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostGroups)) });
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

/** Fixed windows by name. What is counted: tokens of a device, looks at and claims of one invitation, pushes and blobs of
 *  a device, comments of the whole server and of one diary, uses of one receipt, wrong ones of one network address, lines of one witness, challenges given out,
 *  what readers sent without a proof of work, reports of comments, windows of sign-in, codes changed for tokens, the share of one network
 *  address in posts, photos, challenges, windows and codes, codes mailed to a person, and messages to one number, for one address and in all. */
const limits = {
  token: { count: 30, seconds: 60 },
  invitation: { count: 120, seconds: 60 },
  push: { count: 240, seconds: 60 },
  blob: { count: 240, seconds: 60 },
  comments: { count: 600, seconds: 60 },
  commentsOfDiary: { count: 60, seconds: 60 },
  receipt: { count: 60, seconds: 60 },
  wrongReceiptsFor: { count: 60, seconds: 60 },
  witness: { count: 60, seconds: 60 },
  challenges: { count: 6000, seconds: 60 },
  unproven: { count: 30, seconds: 60 },
  flags: { count: 300, seconds: 60 },
  posts: { count: 20, seconds: 60 },
  photosFor: { count: 20, seconds: 60 },
  challengesFor: { count: 40, seconds: 60 },
  signIns: { count: 3000, seconds: 60 },
  signInsFor: { count: 120, seconds: 60 },
  readerSessions: { count: 3000, seconds: 60 },
  readerSessionsFor: { count: 120, seconds: 60 },
  mailCodes: { count: 5, seconds: 3600 },
  messagesTo: { count: 5, seconds: 3600 },
  messagesFor: { count: 30, seconds: 3600 },
  messages: { count: 1000, seconds: 3600 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;

/** About a second on a telephone (a CPU slowed 4 times) while few post; under load up to `mostHashes` (server/feedback/proof-of-work.ts). */
const defaultHashes = 90_112;

/** A vkey of type 0x04 (Ed25519, cosignature/v1): name, key id in hex, base64 of the type and 32 bytes. */
const WitnessVkey = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^[^\s+]+\+[0-9a-f]{8}\+B[A-P][A-Za-z0-9+/]{42}$/, 'WITNESS_VKEY'),
);

/** A strict object in which every member may be left out. */
const Deadlines = v.strictObject({
  moderationWorkingHours: v.optional(hours, defaultRules.moderationWorkingHours),
  dispatchWorkingDays: v.optional(days, defaultRules.dispatchWorkingDays),
  firstContactWorkingDays: v.optional(days, defaultRules.firstContactWorkingDays),
  questionWorkingDays: v.optional(days, defaultRules.questionWorkingDays),
  suggestionWorkingDays: v.optional(days, defaultRules.suggestionWorkingDays),
  complaintWorkingDays: v.optional(days, defaultRules.complaintWorkingDays),
  reportWorkingDays: v.optional(days, defaultRules.reportWorkingDays),
  complexWorkingDays: v.optional(days, defaultRules.complexWorkingDays),
  riskHours: v.optional(hours, defaultRules.riskHours),
  extensionWorkingDaysMax: v.optional(days, defaultRules.extensionWorkingDaysMax),
  disputeWorkingDays: v.optional(days, defaultRules.disputeWorkingDays),
  followUpWorkingDays: v.optional(days, defaultRules.followUpWorkingDays),
  reviewWorkingDays: v.optional(days, defaultRules.reviewWorkingDays),
});

const workingHours = v.pipe(
  v.array(v.tuple([clock, clock])),
  v.minLength(1),
  v.check((spans) => spans.flat().every((each, n, all) => n === 0 || (all[n - 1] ?? '') < each), 'HOURS_ORDER'),
);

const Calendar = v.strictObject({
  holidays: v.optional(v.pipe(v.array(day), v.maxLength(2000)), []),
  makeUpWorkdays: v.optional(v.pipe(v.array(day), v.maxLength(2000)), []),
  /** Working hours of a day, in order and apart. */
  hours: v.optional(workingHours, [
    ['09:00', '12:00'],
    ['13:30', '17:30'],
  ]),
  receiptCutoff: v.optional(clock, '17:30'),
  source: v.optional(v.string()),
});

/** What the desk may change while the server runs (server/organisation/setting.ts); the file gives where it begins. */
export const deskSettings = {
  categories: v.pipe(listOf(CategoryRow), v.minLength(1)),
  themes: listOf(Theme),
  threads: listOf(ThreadSetting),
  termBase: listOf(PreferredTerm),
  secrecyWords: v.array(word),
  /** Review before publication (先审后发). */
  moderation: v.strictObject({ reviewFirst: v.optional(v.boolean(), true) }),
  deadlines: Deadlines,
  calendar: Calendar,
  /** Who writes in turns (shared/organisation/plan.ts); nobody listed: all each week. */
  plan: listOf(Turn),
} as const;
export type SettingName = keyof typeof deskSettings;
export type DeskSettings = { readonly [Name in SettingName]: v.InferOutput<(typeof deskSettings)[Name]> };

/** The names in the order of the pages. */
export const settingNames = [
  'categories',
  'themes',
  'threads',
  'termBase',
  'secrecyWords',
  'moderation',
  'deadlines',
  'calendar',
  'plan',
] as const satisfies readonly SettingName[];

/** Address of a provider: https, or this machine while one tries things out. */
const ProviderAddress = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^https:\/\/[^\s?#]+$|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/[^\s?#]*)?$/, 'PROVIDER_ADDRESS'),
);

/** An OpenID Connect provider. The client's secret is an environment variable. */
const Oidc = v.strictObject({
  issuer: ProviderAddress,
  clientId: word,
  scopes: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[!#-[\]-~]{1,100}$/))),
      v.check((scopes) => scopes.includes('openid'), 'OPENID_MISSING'),
    ),
    ['openid'],
  ),
  /** Claims kept beside `sub`, sealed; every other is thrown away. */
  claims: v.optional(v.pipe(v.array(word), v.maxLength(20)), []),
  /** What readers know the account by. */
  label: v.optional(Words, { zh: '统一身份认证', en: 'the common account' }),
});
export type Oidc = v.InferOutput<typeof Oidc>;

/** A gateway for short messages: an address that is sent `body` as JSON, in whose values `{to}`, `{code}` and `{text}` are filled in. Its token is
 *  an environment variable. */
const Phone = v.strictObject({
  gateway: ProviderAddress,
  body: v.optional(
    v.pipe(
      v.record(word, v.pipe(v.string(), v.maxLength(500))),
      v.check((body) => {
        const all = Object.values(body).join(' ');
        return all.includes('{to}') && /\{(code|text)\}/.test(all);
      }, 'TO_AND_CODE'),
    ),
    { to: '{to}', text: '{text}' },
  ),
  /** Calling codes that are written to; the first is that of numbers which name none. */
  countries: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/))), v.minLength(1)), ['86']),
  /** What readers know it by. */
  label: v.optional(Words, { zh: '手机号', en: 'your mobile number' }),
});
export type Phone = v.InferOutput<typeof Phone>;

/** A program that is told of what waits (docs/for-operators.md). Its secret is an environment variable; `kinds` null: of everything. */
const Webhook = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]{0,30}$/, 'WEBHOOK_ID')),
  url: ProviderAddress,
  kinds: v.optional(v.nullable(v.array(v.picklist(deskNoticeKinds))), null),
});
export type Webhook = v.InferOutput<typeof Webhook>;

/** What the notice for readers says beside what the server knows of itself: who answers for their data, and under which law complaints go
 *  where. Null: the organisation alone is named. */
const Privacy = v.strictObject({
  /** Name, address, telephone or e-mail at which a person is reached. */
  contact: v.optional(v.nullable(Words), null),
  /** The authority that hears complaints. */
  authority: v.optional(v.nullable(Words), null),
  /** Days for which backups are kept: what was erased may be in one for so long. */
  backupDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650)), 30),
});

/** Terms under which the public data may be used again. `name`: in both languages, or one for both. `address`: https, written as a header can carry it
 *  (RFC 3986: ASCII). */
const Licence = v.strictObject({
  name: v.union([
    v.pipe(
      word,
      v.transform((name) => ({ zh: name, en: name })),
    ),
    v.strictObject({ zh: word, en: word }),
  ]),
  address: v.pipe(
    v.string(),
    v.maxLength(300),
    v.check((text) => /^https:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text), 'HTTPS_ADDRESS'),
  ),
});

const keptDays = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)), 180);
/** `open`: anybody writes, with a proof of work. `oidc`: after a sign-in at a provider. `phone`: after a code sent to a mobile number. Who it was
 *  is kept sealed for `keptDays`, also of those who signed in before the mode was changed. */
const Identity = v.variant('mode', [
  v.strictObject({ mode: v.optional(v.literal('open'), 'open'), keptDays }),
  v.strictObject({ mode: v.literal('oidc'), oidc: Oidc, keptDays }),
  v.strictObject({ mode: v.literal('phone'), phone: Phone, keptDays }),
]);

const Limits = v.strictObject({
  token: v.optional(Limit, limits.token),
  invitation: v.optional(Limit, limits.invitation),
  push: v.optional(Limit, limits.push),
  blob: v.optional(Limit, limits.blob),
  comments: v.optional(Limit, limits.comments),
  commentsOfDiary: v.optional(Limit, limits.commentsOfDiary),
  receipt: v.optional(Limit, limits.receipt),
  wrongReceiptsFor: v.optional(Limit, limits.wrongReceiptsFor),
  witness: v.optional(Limit, limits.witness),
  challenges: v.optional(Limit, limits.challenges),
  unproven: v.optional(Limit, limits.unproven),
  flags: v.optional(Limit, limits.flags),
  /** Readers' posts of every kind from one network address. */
  posts: v.optional(Limit, limits.posts),
  photosFor: v.optional(Limit, limits.photosFor),
  challengesFor: v.optional(Limit, limits.challengesFor),
  signIns: v.optional(Limit, limits.signIns),
  signInsFor: v.optional(Limit, limits.signInsFor),
  readerSessions: v.optional(Limit, limits.readerSessions),
  readerSessionsFor: v.optional(Limit, limits.readerSessionsFor),
  mailCodes: v.optional(Limit, limits.mailCodes),
  messagesTo: v.optional(Limit, limits.messagesTo),
  messagesFor: v.optional(Limit, limits.messagesFor),
  messages: v.optional(Limit, limits.messages),
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
      deskSettings.categories,
      categories.map(({ id, zh, en, mode, markZh, markEn }) => ({ id, zh, en, mode, mark: markZh, letter: markEn })),
    ),
    themes: v.optional(deskSettings.themes, []),
    threads: v.optional(deskSettings.threads, []),
    termBase: v.optional(deskSettings.termBase, []),
    secrecyWords: v.optional(deskSettings.secrecyWords, []),
    /** Pages that may post comments; the server's own address always may. */
    allowedOrigins: v.optional(v.array(Origin), []),
    /** Whether readers sign in before they write. */
    identity: v.optional(Identity, { mode: 'open' }),
    moderation: v.optional(deskSettings.moderation, {}),
    /** Hashes that a reader's device works through at most before a post in quiet times; 0: no proof is asked for. */
    proofOfWork: v.optional(
      v.strictObject({ hashes: v.optional(v.pipe(count, v.maxValue(10_000_000)), defaultHashes) }),
      {},
    ),
    deadlines: v.optional(deskSettings.deadlines, {}),
    calendar: v.optional(deskSettings.calendar, {}),
    plan: v.optional(deskSettings.plan, []),
    limits: v.optional(Limits, {}),
    /** Under which the public data may be used again; null: nothing is said of it anywhere. */
    licence: v.optional(v.nullable(Licence), null),
    /** Relay of the drand network, for draws by one of its rounds: devices of organisers fetch a round there and prove it themselves. */
    drand: v.optional(v.nullable(Origin), null),
    /** True where one person holds several roles: the audit then says so. */
    onePerson: v.optional(v.boolean(), false),
    /** Programs that are told of what waits. */
    webhooks: v.optional(v.pipe(listOf(Webhook), v.maxLength(20)), []),
    /** What the notice for readers says. */
    privacy: v.optional(Privacy, {}),
    /** Vkeys of the outside witnesses whose lines are kept. */
    witnesses: v.optional(v.pipe(v.array(WitnessVkey), v.maxLength(30)), []),
    /** Our own proxies: only what they wrote into `X-Forwarded-For` and `X-Request-Id` is believed. */
    trustedProxies: v.optional(v.pipe(v.array(Network), v.maxLength(100)), []),
    /** Before `trustedProxies` anybody who reached the port could name himself. */
    trustProxy: v.optional(v.never('USE_TRUSTED_PROXIES')),
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
