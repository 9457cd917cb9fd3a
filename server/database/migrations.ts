/** The migrations in their order. One that has run anywhere is never changed. */
import type { Migration } from 'kysely';
import { up as foundation } from './migrations/0001-foundation.ts';
import { up as draws } from './migrations/0002-draws.ts';
import { up as comments } from './migrations/0003-comments.ts';
import { up as leave } from './migrations/0004-leave.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': { up: foundation },
  '0002-draws': { up: draws },
  '0003-comments': { up: comments },
  '0004-leave': { up: leave },
};
