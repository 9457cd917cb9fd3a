import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import type { OpenedDatabase } from '../fixtures/databases.ts';
import { checkDoors, checkHidden, checkLists, checkRows } from './check-who-may.ts';

let opened: OpenedDatabase;

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-who-may-'));
  const address = join(folder, 'sundial.sqlite');
  opened = { database: await openDatabase(address), address, folder };
});
afterEach(async () => {
  await opened.database.close();
  rmSync(opened.folder, { recursive: true, force: true });
});

describe('the table of who may what', () => {
  test('has a row for every route', () => checkRows(opened));

  test('is what every route does, for every role, its own and another unit, fresh, expired and revoked tokens', () =>
    checkDoors(opened));

  test('hides what is there from whom it does not concern: the answer is that of what is not there', () =>
    checkHidden(opened));

  test('keeps it out of the lists too', () => checkLists(opened));
});
