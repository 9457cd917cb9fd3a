/** What a backup leaves behind for the doctor, on both databases. */
import { expect, test } from 'vitest';
import { lastBackup, recordBackup } from '../../server/database/backup-record.ts';
import { eachDatabase } from '../fixtures/databases.ts';

eachDatabase((_, open) => {
  test('the record is of the newest backup, and each key keeps the time of the last backup that held it', async () => {
    const { db } = (await open()).database;
    expect(await lastBackup(db)).toBeNull();
    await recordBackup(db, { at: 1_800_000_000, size: 3, keys: ['0a1b2c3d', 'Zx_-1234'] });
    await recordBackup(db, { at: 1_800_086_400, size: 5, keys: ['0a1b2c3d'] });
    expect(await lastBackup(db)).toEqual({
      at: 1_800_086_400,
      size: 5,
      keys: new Map([
        ['0a1b2c3d', 1_800_086_400],
        ['Zx_-1234', 1_800_000_000],
      ]),
    });
  });
});
