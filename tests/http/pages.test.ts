import { expect, test } from 'vitest';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog } from '../fixtures/people.ts';

eachDatabase((name, open) => {
  test(`on ${name} 205 invitations come in pages, newest first, each once, and a cursor that was never given is refused`, async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const headers = { authorization: `Bearer ${await organiser.token()}` };
    const page = async (query: string) => {
      const answer = await server.send(`/api/v1/invitations${query}`, { headers });
      return { status: answer.status, json: await answer.json() };
    };
    const { db } = server.context.database;
    const first = (await page('')).json.rows.map(({ id }: { id: string }) => id);
    const made = Array.from({ length: 205 }, (_, n) => `zz${String(n).padStart(4, '0')}`);
    await db
      .insertInto('invitation')
      .values(
        made.map((id) => ({
          id,
          locator: id,
          code_hash: '',
          person: 'p',
          name: id,
          grants: '[]',
          state: 'invited',
          first: 0,
          wrong: 0,
          created_at: 1,
          expires_at: 2_000_000_000,
          device: null,
          log_keys: '[]',
        })),
      )
      .execute();
    const seen: string[] = [];
    const sizes: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { json } = await page(next === '' ? '' : `?after=${next}`);
      sizes.push(json.rows.length);
      seen.push(...json.rows.map(({ id }: { id: string }) => id));
      next = json.next;
    }
    expect(seen).toEqual([...made.toReversed(), ...first]);
    expect(sizes).toEqual([100, 100, 5 + first.length]);
    expect((await page('?after=nonsense')).status).toBe(400);
  });
});
