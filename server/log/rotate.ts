/** Rotation of the checkpoint key (verification.md 12): a second key signs beside the first for at least 60 days, then the first is retired. */
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Context } from '../context.ts';
import { keyFolder, nextFolder, readKey, readOrMakeKey, retireKey } from './key-files.ts';
import { completeNotes, overlapSeconds, signingSince } from './note-lines.ts';
import { openLogSigner } from './signer.ts';

/** Makes the next keys and signs with them what readers are given. Gives the pins: both vkeys. Running servers take it over when they start
 *  again. */
export async function addNextKey({
  config,
  database,
  log,
  now,
}: Pick<Context, 'config' | 'database' | 'log' | 'now'>): Promise<Result<string, 'TWO_ALREADY'>> {
  if (pinned(log.keys) > 1) return fail('TWO_ALREADY');
  for (const type of [1, 2] as const) await readOrMakeKey(nextFolder(config.dataFolder), type, config.origin);
  const both = await openLogSigner(config.dataFolder, config.origin, config.logCommand);
  await completeNotes(database.db, both, Math.floor(now() / 1000));
  return ok(both.vkey);
}

/** Why no key is retired. `since`: Unix seconds from which every head bears both lines, null for none; `left`: seconds that are missing. */
export type RetireProblem =
  | { readonly code: 'ONE_KEY' | 'IN_COMMAND' }
  | { readonly code: 'EARLY'; readonly since: number | null; readonly left: number };

/** Retires the file's key of each type that has a successor; of P-256, which pages pin, there must be one. Gives where the old keys lie, and
 *  the pin that is left. */
export async function retireOldKey({
  config,
  database,
  log,
  now,
}: Pick<Context, 'config' | 'database' | 'log' | 'now'>): Promise<
  Result<{ readonly kept: readonly string[]; readonly vkey: string }, RetireProblem>
> {
  const folder = keyFolder(config.dataFolder);
  if (pinned(log.keys) < 2) return fail({ code: 'ONE_KEY' });
  if (readKey(folder, 2, config.origin) === null) return fail({ code: 'IN_COMMAND' });
  const ending: (1 | 2)[] = [];
  // P-256, by which it is seen that two keys sign, goes last: what breaks off in between is taken up again.
  for (const type of [1, 2] as const) {
    const old = await readKey(folder, type, config.origin);
    const next = log.keys.find((key) => key.type === type && key.vkey !== old?.vkey);
    if (old === null || next === undefined) continue;
    const since = await signingSince(database.db, next);
    const left = since === null ? overlapSeconds : since + overlapSeconds - Math.floor(now() / 1000);
    if (left > 0) return fail({ code: 'EARLY', since, left });
    ending.push(type);
  }
  const kept = ending.map((type) => retireKey(config.dataFolder, type));
  const { vkey } = await openLogSigner(config.dataFolder, config.origin, config.logCommand);
  return ok({ kept, vkey });
}

const pinned = (keys: Context['log']['keys']): number => keys.filter(({ type }) => type === 2).length;
