/** A record that is sent again because its answer was lost stands in the log once. */
import { expect, test } from 'vitest';
import { newestHead } from '../../server/log/prove.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, join } from '../fixtures/people.ts';

eachDatabase((_, open) => {
  test('a rule that is sent twice is one leaf, also after a later rule', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const signer = organiser.signer('organiser');
    const ruleOf = (window: number) =>
      signRecord(
        'wd-rule+jwt',
        {
          roll: [{ unit: 'u01', stratum: 'all' }],
          strata: [{ id: 'all', seats: 1 }],
          window,
          min_acks: 1,
          close: 0,
          zone: 'Asia/Shanghai',
          sources: [{ kind: 'lottery', name: 'ssq' }],
          iss: 'org',
          iat: Math.floor(server.clock.ms / 1000),
        },
        signer,
      );
    const [first, second] = [await ruleOf(0), await ruleOf(1)];
    const send = (jws: string) => organiser.call(postRecord, { body: { jws } });
    const done = { code: 'ALREADY_DONE', facts: { reason: 'RULE' } };
    await send(first);
    await expect(send(first)).rejects.toMatchObject(done);
    await send(second);
    await expect(send(first)).rejects.toMatchObject(done);
    expect((await newestHead(server.context.database.db))?.size).toBe(3);
  });

  test('the end of a key that is sent twice is one leaf', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01');
    const { kid } = leader.signer('leader');
    const iat = Math.floor(server.clock.ms / 1000);
    const end = { op: 'revoke', sub: 'u01', kid, why: 'lost', iss: 'org', iat } as const;
    const jws = await signRecord('wd-key+jwt', end, organiser.signer('organiser'));
    const send = () => organiser.call(postRecord, { body: { jws } });
    await send();
    await expect(send()).rejects.toMatchObject({ code: 'RECORD_REFUSED', facts: { reason: 'KEY_UNKNOWN' } });
    expect((await newestHead(server.context.database.db))?.size).toBe(3);
  });
});
