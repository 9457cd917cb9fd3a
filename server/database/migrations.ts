/** The migrations in their order. One that has run anywhere is never changed. */
import type { Migration } from 'kysely';
import * as foundation from './migrations/0001-foundation.ts';
import * as draws from './migrations/0002-draws.ts';
import * as comments from './migrations/0003-comments.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-draws': draws,
  '0003-comments': comments,
};
