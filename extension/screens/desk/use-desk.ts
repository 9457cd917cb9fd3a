/** What every screen of the desk knows: who is here, the units and their names, the organisation's clock. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Organisation } from '../../../shared/api/organisation.ts';
import { type Action, type Grant, grantFor } from '../../../shared/organisation/role.ts';
import { civilOf, formatMinute, instantOf, parseMinute, zoneOffset } from '../../../shared/time/civil.ts';
import type { Language, Words } from '../../locales/use-words.ts';
import type { Profile } from '../../store/database.ts';
import { zoneOf } from '../../store/organisation-facts.ts';

/** Times are Unix seconds unless the name says otherwise. */
export interface Desk {
  readonly profile: Profile;
  readonly grants: readonly Grant[];
  readonly units: Organisation['units'];
  readonly zone: string;
  /** Now by the server's clock. */
  readonly now: number;
  readonly may: (action: Action) => boolean;
  readonly unitName: (id: string | null) => string;
  /** `9月23日 14:00`. */
  readonly moment: (at: number) => string;
  /** `14:00`. */
  readonly clock: (atMs: number) => string;
  /** `还有1小时50分`, `超时35分`: running deadlines. */
  readonly remaining: (due: number) => string;
  readonly publicAddress: (path: string) => string;
}

/** Makes the desk's view of a profile. `nowMs` and `offsetMs`: this machine's clock, and how far the server's is ahead. */
export function deskOf(profile: Profile, nowMs: number, offsetMs: number, words: Words, language: Language): Desk {
  const zone = zoneOf(profile);
  const units = profile.organisation?.units ?? [];
  const names = new Map(units.map(({ id, name }) => [id, name[language]]));
  const civil = (at: number) => formatMinute(civilOf(at, zoneOffset(zone) ?? utc));
  const now = Math.floor((nowMs + offsetMs) / 1000);
  return {
    profile,
    grants: profile.grants,
    units,
    zone,
    now,
    may: (action) => grantFor(profile.grants, action) !== null,
    unitName: (id) => (id === null ? words.desk.nobody : (names.get(id) ?? words.desk.unknownUnit(id))),
    moment: (at) => words.time.moment(civil(at)),
    clock: (atMs) => words.time.clock(civil(atMs / 1000)),
    remaining: (due) => (due >= now ? words.desk.left : words.desk.overdue)(spanOf(Math.abs(due - now), words)),
    publicAddress: (path) => `${profile.server?.address ?? ''}/public/${path}`,
  };
}

/** A length of time in words: minutes and hours, from two days on days. */
export function spanOf(seconds: number, words: Words): string {
  const minutes = Math.max(1, Math.floor(seconds / 60));
  return minutes >= 2880 ? words.desk.days(Math.floor(minutes / 1440)) : words.time.duration(minutes);
}

/** The instant (Unix seconds) at which the wall of a zone shows a day and a time, null where either is missing or wrong. */
export function instantAt(day: string, time: string, zone: string): number | null {
  const civil = parseMinute(`${day}T${time}`);
  return civil === null ? null : instantOf(civil, zoneOffset(zone) ?? utc);
}

const utc = () => 0;

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

/** The desk around this screen. Throws outside of one. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('this screen stands outside the desk');
  return desk;
}
