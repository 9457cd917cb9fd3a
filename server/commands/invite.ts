/** `sundial invite`: prints an invitation, as the operator does who has no extension at hand. */
import * as v from 'valibot';
import { postInvitation } from '../../shared/api/accounts.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { isUnitRole, roles } from '../../shared/organisation/role.ts';
import { parsed, wordsHere } from '../command-line.ts';
import type { Context } from '../context.ts';
import { earlierInvitations, invite } from '../features/accounts/invitations.ts';
import { grantsOf } from '../http/session.ts';
import { invite as en } from '../locales/en/invite.ts';
import { type InviteWords, invite as zh } from '../locales/zh/invite.ts';
import { openContext } from '../open-context.ts';
import { readConfig } from './serve.ts';

/** Who the audit names for an invitation made on the command line. */
const operator = { role: 'organiser', unit: null, actor: 'operator' } as const;

const exit = { good: 0, refused: 1, usage: 2 } as const;

/** Exit codes: 0 printed, 1 not invited, 2 wrong usage. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(words.usage);
    return exit.good;
  }
  const given = readArgs(args);
  if (given === null) {
    process.stderr.write(words.usage);
    return exit.usage;
  }
  const config = readConfig();
  if (config === null) return exit.usage;
  const context = await openContext(config);
  try {
    const wanted = await wantedBy(context, given, words);
    if (typeof wanted === 'string') return complain(wanted);
    const { link, expiresAt } = await invite(context, operator, wanted);
    process.stdout.write(`${link}\n`);
    process.stderr.write(`${words.until(wanted.name, new Date(expiresAt * 1000).toISOString())}\n`);
    if (wanted.again !== undefined) process.stderr.write(`${words.replaced}\n`);
    return exit.good;
  } catch (error) {
    if (!(error instanceof Refusal) || error.facts.reason !== 'UNIT_UNKNOWN') throw error;
    return complain(words.unitUnknown(given.unit ?? ''));
  } finally {
    await context.database.close();
  }
}

interface Given {
  readonly name: string;
  readonly role: (typeof roles)[number] | undefined;
  readonly unit: string | undefined;
  readonly again: boolean;
}

type Wanted = v.InferOutput<typeof postInvitation.body>;

/** What is asked of the server, or the sentence why that cannot be said. */
async function wantedBy(context: Context, given: Given, words: InviteWords): Promise<Wanted | string> {
  const { name, role, unit = null } = given;
  if (!given.again) return role === undefined ? words.usage : { name, grants: [{ role, unit }] };
  const [earlier, ...others] = await earlierInvitations(context, given);
  if (earlier === undefined) return words.noneBefore(name);
  if (others.length > 0) return words.several(name);
  if (earlier.first === 1 && earlier.state === 'invited') return words.first;
  const grants = grantsOf(earlier.grants).map((grant) => ({ role: grant.role, unit: grant.unit }));
  return { name, grants, again: earlier.id };
}

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | null {
  const text = { type: 'string' } as const;
  const found = parsed({ args, options: { name: text, role: text, unit: text, again: { type: 'boolean' } } });
  if (found === null) return null;
  const { role, unit, again = false } = found.values;
  const name = v.safeParse(postInvitation.body.entries.name, found.values.name);
  const known = roles.find((each) => each === role);
  if (!name.success || known !== role) return null;
  if (!again && (known === undefined || isUnitRole(known) !== (unit !== undefined))) return null;
  return { name: name.output, role: known, unit, again };
}

function complain(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return exit.refused;
}
