/** How long each kind of data about persons is kept: one table, which the jobs go by and the notice for readers prints. */
import { keptForDays } from '../shared/feedback/keeping.ts';
import type { Config } from './config.ts';

const hour = 1 / 24;

/** From when the time runs. */
export type RetainedFrom = 'written' | 'decided' | 'answered' | 'ended' | 'expired' | 'used' | 'sent' | 'left';

interface Retention {
  /** Null: as the configuration says. */
  readonly days: number | null;
  readonly from: RetainedFrom;
  /** The job that erases it. */
  readonly job: string;
}

/** In the order of the notice. */
export const retention = {
  /** The text of a comment as typed, where masking changed it; also erased with the decision. */
  originals: { days: keptForDays.originals, from: 'written', job: 'eraseOriginals' },
  /** Text, nickname and appeal of a comment that was rejected or removed. */
  refused: { days: 180, from: 'decided', job: 'eraseRefused' },
  /** What somebody wrote who is named in a diary, with the answer. */
  mentions: { days: keptForDays.mentions, from: 'answered', job: 'eraseMentions' },
  contacts: { days: keptForDays.contacts, from: 'ended', job: 'eraseContacts' },
  /** Who is behind a comment, where readers sign in. */
  identities: { days: null, from: 'written', job: 'forgetReaders' },
  sessions: { days: 0, from: 'expired', job: 'forgetReaders' },
  /** Marks by which copies of a comment are found. */
  waves: { days: 30, from: 'written', job: 'forgetWaves' },
  /** The answer to a post, by which a second sending counts once. */
  repeats: { days: 1, from: 'written', job: 'forget' },
  rates: { days: 1, from: 'used', job: 'forget' },
  /** Keyed hashes of network addresses, by which posts, sign-ins and wrong receipts are counted. */
  senders: { days: hour, from: 'used', job: 'forget' },
  /** Access tokens of officials' devices, and what they signed in with. */
  tokens: { days: 1, from: 'expired', job: 'forget' },
  /** Images of a journal that no entry ever named. */
  images: { days: 30, from: 'written', job: 'forgetImages' },
  /** What was said of a head of a unit in a dossier, with the notes: five years, an office's usual term. */
  dossiers: { days: 1826, from: 'written', job: 'forgetDossiers' },
  /** That somebody was told that something waits. */
  notices: { days: 30, from: 'sent', job: 'forgetNotices' },
  /** The e-mail address of an official whose last device was ended. */
  addresses: { days: 30, from: 'left', job: 'forgetNotices' },
} as const satisfies Record<string, Retention>;
export type RetentionKind = keyof typeof retention;

export const retentionKinds = Object.keys(retention) as RetentionKind[];

/** Days for which a kind is kept. */
export function keptDays(kind: RetentionKind, { identity }: Pick<Config, 'identity'>): number {
  return retention[kind].days ?? identity.keptDays;
}

/** The last moment (Unix seconds) from which on it is kept: what began at it or before is erased. */
export const keptSince = (kind: RetentionKind, config: Pick<Config, 'identity'>, now: number): number =>
  now - Math.round(keptDays(kind, config) * 86_400);
