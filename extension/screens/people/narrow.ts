/** Which rows of people and keys are shown: those with every typed word, and of people those at a stage. */
import type { InvitationRow } from '../../../shared/api/accounts.ts';
import { matchOf } from '../../../shared/organisation/same-name.ts';
import type { Desk } from '../desk/use-desk.ts';

/** Where an invitation stands; what is to be done comes first. Who was succeeded stands with what waits: the device is to be ended. */
export const stages = ['claimed', 'succeeded', 'invited', 'active', 'expired', 'ended'] as const;
export type Stage = (typeof stages)[number];

export const stageOf = ({ state, succeeded }: InvitationRow): Stage => (succeeded ? 'succeeded' : state);

/** What a unit is found by: its name in every language. */
export const namesOf = (units: Desk['units'], id: string | null): readonly string[] =>
  Object.values(units.find((unit) => unit.id === id)?.name ?? {});

/** Whether every word of what was typed, parted by blanks, stands somewhere in the names; case and width do not count. */
export function hasWords(typed: string, names: readonly string[]): boolean {
  const all = names.map(matchOf);
  return typed.split(/\s/u).every((word) => all.some((name) => name.includes(matchOf(word))));
}
