/** A webhook that takes the call and never answers: it counts as failed after fifteen seconds, and comes again with the same id. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNotices } from '../../server/notices/run.ts';
import { b64 } from '../../shared/base/bytes.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { type Hook, openHook } from './receivers.ts';

const secret = b64(new Uint8Array(32).fill(9));
let hook: Hook;

beforeAll(async () => {
  hook = await openHook(secret);
});
afterAll(() => hook.close());

eachDatabase((name, open) => {
  // It waits on the network; that both databases keep what is to be sent again, tests/mail/outbox.test.ts tries.
  test.runIf(name === 'SQLite')('a call without an answer is given up after 15 seconds and made again', async () => {
    const webhooks = [{ id: 'desk', url: hook.url, kinds: ['ticketAssigned' as const] }];
    const desk = await openDesk(await open(), { webhooks }, { SUNDIAL_WEBHOOK_SECRET_DESK: `whsec_${secret}` });
    const run = () => runNotices(desk.context, () => undefined);
    // The first run is where telling begins: what was before it is not told.
    await run();
    hook.calls.length = 0;
    hook.answer = () => undefined;
    const { ticket } = await desk.ticket({});
    await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
    const begun = performance.now();
    expect(await run()).toMatchObject({ sent: 0, failed: 1 });
    const seconds = (performance.now() - begun) / 1000;
    console.log(`given up after ${seconds.toFixed(1)} s`);
    expect(seconds).toBeGreaterThan(14.5);
    expect(seconds).toBeLessThan(25);
    const row = await desk.db.selectFrom('notice_delivery').selectAll().executeTakeFirstOrThrow();
    expect([row.state, row.problem, row.tries]).toEqual(['waiting', 'TIMEOUT', 1]);
    hook.answer = (response) => void response.writeHead(204).end();
    desk.set(Number(row.due_at));
    expect(await run()).toMatchObject({ sent: 1, failed: 0 });
    expect(new Set(hook.calls.map(({ id }) => id)).size).toBe(1);
    expect(hook.calls).toHaveLength(2);
  });
});
