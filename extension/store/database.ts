/** Everything the extension keeps, in one IndexedDB database with strict durability: what is committed here has left the memory of the
 *  browser (sync.md, pitfall 2). Upgrades only add tables; the outbox is never rewritten. */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Session } from '../../shared/api/accounts.ts';
import type { Jwk } from '../../shared/api/field.ts';
import type { Body, Hold, Op, Receipt, Row, ThreadLink } from '../../shared/api/journal.ts';
import type { Organisation } from '../../shared/api/organisation.ts';
import type { Bytes } from '../../shared/base/bytes.ts';
import type { LogRole } from '../../shared/organisation/role.ts';
import type { Finding } from '../../shared/proof/audit.ts';
import type { DrawFailure } from '../../shared/proof/judge-draw.ts';

/** Server truth of one entry, and the epoch in which the server last confirmed it. Written only by pull and acknowledgement. */
export type StoredRow = Row & { readonly epoch: number };

/** An own op on its way. `sent`: the server may know it from an epoch before, whatever `sentThrough` says. `replaced`: it had taken effect there,
 *  and something later stood in its place. */
export type OutgoingOp = Op & { readonly body: Body | null; readonly sent: boolean; readonly replaced?: boolean };

/** An own op ever made, kept for a replay after the server was restored (sync.md i). `blanked`: its prose was withheld later, so it is
 *  never sent again and only tells that the op was mine (sync.md k). */
export type LoggedOp = Op & { readonly body: Body | null; readonly blanked: boolean };

/** Why a text stands in the tray instead of the diary. `LOST`: the restored server no longer knows it. */
export type TrayReason = 'CONFLICT' | 'SEALED' | 'INVALID' | 'LOST';

/** A text that was refused, kept until its author decides. */
export interface TrayItem {
  key: number;
  readonly id: string;
  readonly body: Body | null;
  readonly reason: TrayReason;
  /** Of `INVALID`: the member and the reason the server gave. */
  readonly field: string | null;
  readonly detail: string | null;
  /** What the server has now; null where it has nothing. */
  readonly current: Row | null;
  /** Milliseconds since 1970 by this machine. */
  readonly at: number;
  /** Of a withheld text: its prose. */
  readonly held?: HeldItem;
}

/** The prose of a withheld item. Never synced, in no log, in no request (design.md 2.3, sync.md k, l). */
export interface HeldItem {
  readonly id: string;
  readonly week: string;
  /** The item object as it would be disclosed. */
  readonly prose: Readonly<Record<string, unknown>>;
  /** Salt of the item disclosure, and the encoded disclosure itself; its digest stands in the op. */
  readonly salt: string;
  readonly disclosure: string;
  readonly digest: string;
  readonly hold: Hold;
  /** The whole body of a line that waits for the signing device and has made no op; null once an op carries it. */
  readonly parked: Body | null;
  /** Members of a later version that this one does not know: they are taken for prose and stay here. */
  readonly rest?: Readonly<Record<string, unknown>>;
  /** What was withheld of this entry before, newest first. */
  readonly earlier?: readonly HeldItem[];
}

/** Own copy of a sealed week. `signed`: not acknowledged yet and sent again; `logged`: in the log; `refused`: the server said no. */
export interface SealCopy {
  readonly seal: string;
  readonly week: string;
  readonly rev: number;
  readonly iat: number;
  readonly jws: string;
  /** All disclosures, cover first, withheld ones too: they never leave the device. */
  readonly disclosures: readonly string[];
  /** Indices into `disclosures` that stay here. */
  readonly kept: readonly number[];
  readonly manifest: readonly (readonly [string, string])[];
  /** Ids of the entries in the order of the cover: item n of the seal is made from `items[n]`. */
  readonly items: readonly string[];
  readonly state: 'signed' | 'logged' | 'refused';
  /** True of one that the log may have although the server, restored since, knows nothing of it. */
  readonly again?: boolean;
  readonly refusal: string | null;
  readonly receipt: Receipt | null;
  /** Whether own checks found the leaf in the log: null before they ran; false is an alarm for the auditor. */
  readonly confirmed: boolean | null;
}

/** What the server says of a week of mine. */
export interface WeekState {
  readonly week: string;
  readonly seal: string;
  readonly rev: number;
  readonly index: number;
  /** True after a reopening, until the next seal. */
  readonly open: boolean;
  /** True once the week's candidate list is frozen: shut for good. */
  readonly frozen: boolean;
}

/** A pair of keys. The private one is non-extractable. `use` is the device's sign-in or a role that signs records. */
export interface StoredKey {
  readonly kid: string;
  readonly use: 'device' | LogRole;
  /** `iss` of what a log key signs; null of a device key. */
  readonly actor: string | null;
  readonly privateKey: CryptoKey;
  readonly publicKey: Jwk;
  readonly addedAt: number;
  /** True of a log key that was offered and stands in no log yet, and of any key whose claim was not answered yet: the one before signs. */
  readonly offered?: boolean;
}

/** A log head as this device saw it. */
export interface SeenHead {
  readonly size: number;
  readonly root: string;
  /** First seen, Unix seconds by the device's own clock. */
  readonly seenAt: number;
  readonly ackedAt: number | null;
}

/** An image of own entries, kept here too: the server has it once `sent`. Named by the hash of its bytes. */
export interface StoredImage {
  readonly sha256: string;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly width: number;
  readonly height: number;
  readonly bytes: Bytes;
  readonly sent: boolean;
  /** Milliseconds since 1970 by this machine. */
  readonly addedAt: number;
}

/** A line that recurs: offered on its weekdays, saved with one key. Stays on this device and in its backup. */
export interface Template {
  readonly id: string;
  /** A quick-entry line with its time: `8:30-9:30 班子例会`. */
  readonly line: string;
  /** 1 Monday to 7 Sunday; none: offered by its words alone. */
  readonly weekdays: readonly number[];
  readonly usedAt: number;
}

/** One edit as it can be taken back: what stood before and after in each entry, null where there was none. */
export interface Step {
  key: number;
  /** Code of the edit, for its words: `added`, `changed`, `removed`, `moved`. */
  readonly kind: 'added' | 'changed' | 'removed' | 'moved';
  readonly changes: readonly { readonly id: string; readonly before: Body | null; readonly after: Body | null }[];
  readonly undone: boolean;
  readonly at: number;
}

/** What an author says of a thread on this device: its name, further names, how far it has come, the thread it was merged into. */
export interface ThreadName {
  readonly id: string;
  /** Null: as the organisation or its newest entry names it. */
  readonly name: string | null;
  readonly aliases: readonly string[];
  readonly mergedInto: string | null;
  /** Entries whose links the merge changed, with the links they had: what undoing it gives back. */
  readonly moved: readonly { readonly id: string; readonly before: readonly ThreadLink[] }[];
  /** How far it has come, in the author's words. */
  readonly state: string;
  /** True once its author says that this piece of work has come to its end. */
  readonly ended: boolean;
}

/** A private setting or running thing of this device by name: timer, own target, hour of the evening reminder, notices shown. */
export interface Personal {
  readonly id: string;
  readonly value: unknown;
}

/** Who this browser profile is; one record. */
export interface Profile {
  readonly id: 'main';
  /** Address of the server without a slash at its end (issuer of client assertions), and the origin of its log. */
  readonly server: { readonly address: string; readonly origin: string } | null;
  readonly device: {
    readonly id: string;
    readonly kid: string;
    readonly state: 'claimed' | 'active' | 'revoked';
  } | null;
  readonly person: Session['person'] | null;
  /** Whose texts lie here, also while nobody is enrolled; absent before the first sign-in and in records of before. */
  readonly writer?: Session['person'];
  readonly grants: Session['grants'];
  /** How many roles this person holds that only a later version knows; absent in records of before. */
  readonly unknownRoles?: number;
  readonly organisation: Organisation | null;
  /** When the organisation was fetched, milliseconds since 1970. */
  readonly organisationAt: number;
  /** Seal deadline of the rule in force: minutes after Monday 00:00 following the week, in `zone` (verification.md 7.1). */
  readonly rule: { readonly close: number; readonly zone: string } | null;
  /** Checkpoint keys and kid of leaf 0 as first met, one or two separated by a blank; what the server says later must contain them. */
  readonly pins: { readonly origin: string; readonly vkey: string; readonly organiser: string | null } | null;
  /** Null: as the browser says. */
  readonly language: 'zh' | 'en' | null;
}

/** Why sync rests: nothing to do, to be tried again, or a person must act. */
export type SyncState =
  | 'idle'
  | 'waiting'
  | 'unreachable'
  | 'pending'
  | 'revoked'
  | 'outdated'
  | 'notUnderstood'
  | 'serverOld'
  | 'refused';

/** What this device found wrong with the log as a whole: for its unit, with a draw, or that its own signing key has ended without its doing. */
export type AuditProblem = Finding | DrawFailure | 'KEY_ENDED';

/** How far sync has come; one record. */
export interface Progress {
  readonly id: 'main';
  readonly epoch: number | null;
  readonly cursor: number;
  /** Number of the last own op. */
  readonly counter: number;
  /** Server time minus device time in milliseconds, null before it was learnt. */
  readonly offsetMs: number | null;
  readonly state: SyncState;
  /** Code of the last refusal, null after success. */
  readonly refusal: string | null;
  readonly backoffMs: number;
  /** Milliseconds since 1970; no automatic attempt before. */
  readonly nextTryAt: number;
  readonly batch: number;
  /** Number of the last op that was tried to be sent; absent before the first. */
  readonly sentThrough?: number;
  /** True from the beginning of an epoch until every row that the server no longer has was found; absent in records of version 1. */
  readonly restored?: boolean;
  readonly deliveredAt: number | null;
  /** Log index of the last seal the server told of. */
  readonly sealsAfter: number;
  /** True after `ID_REUSE`: this profile is a copy and should be enrolled anew. */
  readonly copied: boolean;
  /** Why the device did not acknowledge a head that was asked of it; a code of the device checks. */
  readonly ackProblem: string | null;
  /** What is wrong with the log as this device sees it; an alarm for the auditor, null while all is well. */
  readonly logProblem: string | null;
  /** What the whole log shows to be wrong for this unit or with a draw; absent before the first audit. */
  readonly auditProblems?: readonly AuditProblem[];
  /** Leaves that the last audit looked through, and when it did (milliseconds since 1970). */
  readonly auditedSize?: number;
  readonly auditedAt?: number;
}

export const blankProfile: Profile = {
  id: 'main',
  server: null,
  device: null,
  person: null,
  grants: [],
  organisation: null,
  organisationAt: 0,
  rule: null,
  pins: null,
  language: null,
};

export const blankProgress: Progress = {
  id: 'main',
  epoch: null,
  cursor: 0,
  counter: 0,
  offsetMs: null,
  state: 'idle',
  refusal: null,
  backoffMs: 0,
  nextTryAt: 0,
  batch: 200,
  restored: false,
  deliveredAt: null,
  sealsAfter: -1,
  copied: false,
  ackProblem: null,
  logProblem: null,
};

/** The tables. In tests `engine` is an IndexedDB of one's own. */
export class SundialDatabase extends Dexie {
  declare rows: Table<StoredRow, string>;
  declare outbox: Table<OutgoingOp, number>;
  declare log: Table<LoggedOp, number>;
  declare tray: EntityTable<TrayItem, 'key'>;
  declare held: Table<HeldItem, string>;
  declare seals: Table<SealCopy, string>;
  declare nonces: Table<{ readonly week: string; readonly nonce: string }, string>;
  declare weeks: Table<WeekState, string>;
  declare keys: Table<StoredKey, string>;
  declare heads: Table<SeenHead, number>;
  declare profile: Table<Profile, string>;
  declare progress: Table<Progress, string>;
  declare drafts: Table<{ readonly surface: string; readonly text: string; readonly seen?: string }, string>;
  declare images: Table<StoredImage, string>;
  declare templates: Table<Template, string>;
  declare steps: EntityTable<Step, 'key'>;
  declare threadNames: Table<ThreadName, string>;
  declare personal: Table<Personal, string>;

  constructor(name = 'sundial', engine?: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }) {
    super(name, { chromeTransactionDurability: 'strict', ...engine });
    this.version(1).stores({
      rows: 'id, week, body.day, body.lateFor',
      outbox: 'n, op, id',
      log: 'n, op, id',
      tray: '++key, id',
      held: 'id, week',
      seals: 'seal, week, state',
      nonces: 'week',
      weeks: 'week',
      keys: 'kid, use',
      heads: 'size',
      profile: 'id',
      progress: 'id',
    });
    this.version(2).stores({
      drafts: 'surface',
      images: 'sha256',
      templates: 'id',
      steps: '++key',
      threadNames: 'id',
      personal: 'id',
    });
  }
}

/** Who this profile is; the blank one before anything was stored. */
export async function profileOf(database: SundialDatabase): Promise<Profile> {
  return (await database.profile.get('main')) ?? blankProfile;
}

/** How far sync has come. */
export async function progressOf(database: SundialDatabase): Promise<Progress> {
  return (await database.progress.get('main')) ?? blankProgress;
}

/** Changes members of the profile and leaves the others. */
export async function changeProfile(database: SundialDatabase, changes: Partial<Omit<Profile, 'id'>>): Promise<void> {
  await database.transaction('rw', database.profile, async () => {
    await database.profile.put({ ...(await profileOf(database)), ...changes });
  });
}

/** Changes members of the progress and leaves the others. */
export async function changeProgress(database: SundialDatabase, changes: Partial<Omit<Progress, 'id'>>): Promise<void> {
  await database.transaction('rw', database.progress, async () => {
    await database.progress.put({ ...(await progressOf(database)), ...changes });
  });
}
