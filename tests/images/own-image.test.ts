import { expect, test } from 'vitest';
import type { Device } from '../../server/demo/device.ts';
import { type Body, getBlob, putBlob } from '../../shared/api/journal.ts';
import { b64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { openServer, type TestServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { after, op, send } from '../fixtures/journal.ts';
import { beginLog, entry, join, secondDevice } from '../fixtures/people.ts';
import { png } from './pictures.ts';

async function put(server: TestServer, device: Device): Promise<string> {
  const name = hex(await sha256(png));
  await server.send(`/api/v1/journal/blobs/${name}`, {
    method: putBlob.method,
    headers: { authorization: `Bearer ${await device.token()}`, 'content-type': 'image/png' },
    body: png,
  });
  return name;
}

const image = (sha: string) => ({ sha256: sha, type: 'image/png' as const, width: 2, height: 2, alt: '现场' });

eachDatabase((_, open) => {
  test('the other device of an author gets the image, another author does not, and once it is withheld nobody does', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01');
    const neighbour = await join(server, organiser, 'leader', 'u02');
    const other = await secondDevice(server, organiser, leader);
    const sha = await put(server, leader);
    const get = (device: Device) => device.call(getBlob, { params: { sha256: sha } });
    expect(await get(other)).toEqual({ type: 'image/png', bytes: b64(png) });
    await expect(get(neighbour)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const first = op(entry({ images: [image(sha)] }));
    const { text: _text, ...cover } = entry();
    const hold = { ground: 'privacy', basis: '第十五条' } as const;
    await send(leader, [first, after(first, { ...cover, hold, digest: 'A'.repeat(43) } as Body)]);
    await expect(get(leader)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
