import { expect, test } from 'vitest';
import { refuse } from '../../server/http/refuse.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';

test('a database that is away is 503 with a time to come back; a bug is 500 and tells nothing', async () => {
  const said: unknown[] = [];
  const answer = async (error: unknown) => {
    const response = refuse(error, (each) => said.push(each));
    return [response.status, response.headers.get('retry-after'), await response.json()];
  };
  const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
  const [status, later, problem] = await answer(away);
  expect([status, later]).toEqual([503, '5']);
  expect(problem).toEqual({
    type: 'urn:sundial:refusal:UNAVAILABLE',
    title: 'UNAVAILABLE',
    status: 503,
    code: 'UNAVAILABLE',
  });
  const bug = new TypeError('secret thing is undefined');
  expect(await answer(bug)).toEqual([
    500,
    null,
    { type: 'urn:sundial:refusal:INTERNAL', title: 'INTERNAL', status: 500, code: 'INTERNAL' },
  ]);
  expect(said).toEqual([away, bug]);
});

eachDatabase((_, open) => {
  test('a server whose database has gone says so', async () => {
    const opened = await open();
    const server = await openServer(opened);
    expect((await server.send('/readyz')).status).toBe(200);
    await opened.database.close();
    const answer = await server.send('/readyz');
    expect([answer.status, await answer.json()]).toEqual([503, { ready: false, reason: 'DATABASE_AWAY' }]);
    expect((await server.send('/healthz')).status).toBe(200);
  });
});
