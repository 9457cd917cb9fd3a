/** What the server says of its organisation: units, words, deadlines, and the keys that this device pins when it first hears them
 *  (verification.md 12). */
import { getDraws } from '../../shared/api/draws.ts';
import { getOrganisation } from '../../shared/api/organisation.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { grantFor } from '../../shared/organisation/role.ts';
import { isRule } from '../../shared/proof/records.ts';
import type { Context } from '../device/context.ts';
import { callKnown } from '../remote/client.ts';
import { changeProfile, changeProgress, profileOf } from '../store/database.ts';

const organisationEveryMs = 60 * 60_000;

/** Once an hour, and at once where the server states another revision than the one known here. */
export async function refreshOrganisation(context: Context, stated?: string): Promise<void> {
  const { organisation, organisationAt } = await profileOf(context.database);
  const isStale = Math.abs(context.now() - organisationAt) >= organisationEveryMs;
  const isOther = stated !== undefined && stated !== organisation?.revision;
  if (organisation !== null && !isStale && !isOther) return;
  // A unit or a category of a kind that only a later version knows is shown by its id.
  const { answer: fetched } = await callKnown(getOrganisation, {}, context);
  await refreshRule(context);
  const { pins } = await profileOf(context.database);
  const { origin, vkey, organiser } = fetched;
  await changeProfile(context.database, { organisation: fetched, organisationAt: context.now() });
  if (pins === null) await changeProfile(context.database, { pins: { origin, vkey, organiser } });
  else if (pins.origin === origin && shares(pins.vkey, vkey) && (pins.organiser ?? organiser) === organiser)
    await changeProfile(context.database, { pins: { origin, vkey, organiser } });
  else await changeProgress(context.database, { logProblem: 'PINS_CHANGED' });
}

/** The deadline that screens show. A server without draws has none. */
async function refreshRule(context: Context): Promise<void> {
  if (grantFor((await profileOf(context.database)).grants, 'draws.read') === null) return;
  try {
    const { answer } = await callKnown(getDraws, {}, context);
    const payload = answer.rule?.payload;
    if (isRule(payload)) await changeProfile(context.database, { rule: { close: payload.close, zone: payload.zone } });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'NOT_FOUND') throw error;
  }
}

/** Whether what is pinned goes on: a new key stands beside the old one before the old one goes (verification.md 12). */
function shares(pinned: string, stated: string): boolean {
  const known = pinned.split(' ');
  return stated.split(' ').some((vkey) => known.includes(vkey));
}
