/** Whether this process can do its work, for whoever sends requests to it. */
import { type Context, secondsNow } from './context.ts';
import { versionOf } from './database/version.ts';
import { KeyTrouble } from './log/key-trouble.ts';
import { requireKeys } from './log/note-lines.ts';

/** Why it cannot: it is being stopped; the database does not answer; its tables are of another version; the key of the log's head is not here. */
export type NotReady = 'STOPPING' | 'DATABASE_AWAY' | 'MIGRATIONS_DIFFER' | 'LOG_KEY_MISSING';

const patienceMs = 2000;

/** Asks the database, at most once at a time however many ask; null: it can. Never rejects. */
export function readinessOf(
  context: Context,
  isStopping: () => boolean,
  withinMs = patienceMs,
): () => Promise<NotReady | null> {
  let asking: Promise<NotReady | null> | null = null;
  const late = (): Promise<NotReady> =>
    new Promise((resolve) => {
      setTimeout(() => resolve('DATABASE_AWAY'), withinMs).unref();
    });
  return async () => {
    if (isStopping()) return 'STOPPING';
    asking ??= Promise.race([judge(context), late()]).finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function judge(context: Context): Promise<NotReady | null> {
  const { db } = context.database;
  try {
    const { pending, unknown } = await versionOf(db);
    if (pending.length + unknown.length > 0) return 'MIGRATIONS_DIFFER';
    await requireKeys(db, context.log, context.config.origin, secondsNow(context));
    return null;
  } catch (error) {
    if (error instanceof KeyTrouble) return 'LOG_KEY_MISSING';
    context.report.warn('the database did not answer', { code: codeOf(error) });
    return 'DATABASE_AWAY';
  }
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.name) : null;
