/** What a signed-in read leaves behind: nothing in the browser's store, and no second body on the line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { invitePerson } from '../../extension/commands/accounts.ts';
import type { Context } from '../../extension/device/context.ts';
import { call } from '../../extension/remote/client.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { getInvitations } from '../../shared/api/accounts.ts';
import { openHouse } from './house.ts';

let folder: string;
let database: Database;
let organiser: Context;
/** Status, `Cache-Control` and length of each answer to the reads below. */
let answers: [number, string | null, boolean][];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-reads-'));
  const address = join(folder, 'sundial.sqlite');
  database = await openDatabase(address);
  const first = await (await openHouse({ database, address, folder })).begin();
  answers = [];
  organiser = {
    ...first,
    fetch: async (to, init) => {
      const answer = await first.fetch(to, init);
      const { status, headers } = answer;
      if (to.endsWith('/invitations') && (init.method ?? 'GET') === 'GET')
        answers.push([status, headers.get('cache-control'), (await answer.clone().text()) !== '']);
      return answer;
    },
  };
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = async () => (await call(getInvitations, {}, organiser)).rows.map(({ name }) => name);

test('the browser may store none of it; what has not changed comes without a body, what has changed comes whole', async () => {
  const before = await read();
  expect(await read()).toEqual(before);
  await invitePerson({ name: '王审核', grants: [{ role: 'reviewer', unit: null }] }, organiser);
  expect((await read()).toSorted()).toEqual([...before, '王审核'].toSorted());
  expect(answers).toEqual([
    [200, 'no-store', true],
    [304, 'no-store', false],
    [200, 'no-store', true],
  ]);
});

test('another session of the same page begins with nothing', async () => {
  const before = await read();
  await organiser.token.write(null);
  expect(await read()).toEqual(before);
  expect(answers.map(([status]) => status)).toEqual([200, 200]);
});
