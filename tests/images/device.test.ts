/** Images of the extension against the real server: sent before the op, again when lost, never of a withheld entry, and published. */
import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { computeDraw, lockDraw, signDraw, signFreeze, signRule } from '../../extension/commands/draws.ts';
import {
  addImage,
  describeImage,
  fetchImage,
  moveImage,
  putImageBack,
  removeImage,
} from '../../extension/commands/images.ts';
import { addEntries, changeMembers } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { release, withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { call } from '../../extension/remote/client.ts';
import type { StoredImage } from '../../extension/store/database.ts';
import { entryImages } from '../../extension/store/images.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { runSync } from '../../extension/sync/run.ts';
import { folderSource } from '../../server/public/source.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { getDraws, getFreeze } from '../../shared/api/draws.ts';
import { hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { openPlace, type Place } from './leader.ts';
import { pngOfShade } from './pictures.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(async () => {
  await place.end();
  expect(place.server.reported).toEqual([]);
});

const week = '2026-W47';
const day = '2026-11-20';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '现场看了便桥' };
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };

async function picture(shade: number): Promise<StoredImage> {
  const bytes = pngOfShade(shade);
  const named = hex(await sha256(bytes));
  return { sha256: named, type: 'image/png', width: 2, height: 2, bytes, sent: false, addedAt: 0 };
}

async function only({ database }: Context) {
  const [written] = await entriesOn(database, day);
  if (written === undefined) throw new Error('no entry');
  return written;
}

async function withImage(context: Context, shade = 1): Promise<StoredImage> {
  const image = await picture(shade);
  const { id } = await only(context);
  await addImage(id, image, context);
  await describeImage(id, image.sha256, `便桥${shade}`, '', context);
  return image;
}

const blobs = async () =>
  (await place.database.db.selectFrom('blob').select('sha256').execute()).map(({ sha256: name }) => name);

test('an image without a description waits as a draft, and the entry names it once it is described', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const { id } = await only(context);
  const image = await picture(1);
  await addImage(id, image, context);
  await addImage(id, image, context);
  await runSync(true, context);
  expect((await entryImages(context.database, id, [])).drafts).toEqual([image.sha256]);
  expect((await only(context)).body.images).toBeUndefined();
  expect(await blobs()).toEqual([]);
  await describeImage(id, image.sha256, '便桥', '', context);
  const { sha256: name, type, width, height } = image;
  expect((await only(context)).body.images).toEqual([{ sha256: name, type, width, height, alt: '便桥' }]);
  expect((await entryImages(context.database, id, [name])).drafts).toEqual([]);
});

test('images are ordered, described anew, removed and put back; a twenty-first is refused', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const { id } = await only(context);
  for (const shade of [1, 2, 3]) await withImage(context, shade);
  const alts = async () => (await only(context)).body.images?.map(({ alt }) => alt);
  const [first, , third] = (await only(context)).body.images ?? [];
  if (first === undefined || third === undefined) throw new Error('no images');
  await moveImage(id, third.sha256, 0, context);
  await describeImage(id, first.sha256, '换了说明', '便桥1', context);
  expect(await alts()).toEqual(['便桥3', '换了说明', '便桥2']);
  await expect(describeImage(id, first.sha256, '又一个', '便桥1', context)).rejects.toMatchObject({
    code: 'VERSION_STALE',
  });
  await removeImage(id, third.sha256, context);
  expect(await alts()).toEqual(['换了说明', '便桥2']);
  await putImageBack(id, third, 1, context);
  expect(await alts()).toEqual(['换了说明', '便桥3', '便桥2']);
  for (let shade = 4; shade <= 20; shade += 1) await addImage(id, await picture(shade), context);
  await expect(addImage(id, await picture(21), context)).rejects.toMatchObject({ facts: { reason: 'TOO_MANY' } });
});

test('the bytes go before the op that names them', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const image = await withImage(context);
  place.heard.length = 0;
  await runSync(true, context);
  const order = place.heard.filter((line) => /blobs|push/.test(line));
  expect(order).toEqual([`PUT /api/v1/journal/blobs/${image.sha256}`, 'POST /api/v1/journal/push']);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('an image that the server has lost is sent again by itself, edits behind it included', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const image = await withImage(context);
  await context.database.images.update(image.sha256, { sent: true });
  await changeMembers(await only(context), { thinking: '桥要加宽' }, context);
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
  expect(await blobs()).toEqual([image.sha256]);
  expect(await only(context)).toMatchObject({ delivered: true, body: { thinking: '桥要加宽', images: [{}] } });
});

test('an image that is nowhere sends its text to the tray, after one try, and holds up nothing else', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const image = await withImage(context);
  await context.database.images.delete(image.sha256);
  await addEntries([{ ...entry, start: `${day}T14:00`, end: `${day}T15:00`, text: '另一条' }], null, context);
  await runSync(true, context);
  expect(await trayItems(context.database)).toMatchObject([
    { reason: 'INVALID', field: 'images', detail: 'BLOB_MISSING', body: { text: entry.text } },
  ]);
  expect((await entriesOn(context.database, day)).map(({ body, delivered }) => [body.text, delivered])).toEqual([
    [entry.text, true],
    ['另一条', true],
  ]);
});

test('an image that does not get through a slow line holds up its own entry alone', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  await withImage(context);
  await addEntries([{ ...entry, start: `${day}T14:00`, end: `${day}T15:00`, text: '另一条' }], null, context);
  place.onRequest = (path) => {
    if (path.includes('/blobs/')) throw new DOMException('too slow', 'TimeoutError');
  };
  expect(await runSync(true, context)).toBe(false);
  expect((await context.database.rows.toArray()).map(({ body }) => body?.text)).toEqual(['另一条']);
  const waiting = (await context.database.outbox.toArray()).map(({ body }) => body?.text);
  expect(waiting).toEqual([entry.text, entry.text]);
  place.onRequest = () => undefined;
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('images of an entry withheld before it was sent never leave; of one withheld later the server keeps none; released, they go again', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const image = await withImage(context, 7);
  await withhold(await only(context), hold, context);
  await runSync(true, context);
  expect(place.heard.filter((line) => line.includes('blobs'))).toEqual([]);
  expect((await only(context)).held?.prose.images).toHaveLength(1);
  await release(await only(context), context);
  await runSync(true, context);
  expect(await blobs()).toEqual([image.sha256]);
  await withhold(await only(context), hold, context);
  await runSync(true, context);
  expect(await blobs()).toEqual([]);
  expect((await context.database.images.get(image.sha256))?.bytes).toEqual(image.bytes);
  await release(await only(context), context);
  await runSync(true, context);
  expect(await blobs()).toEqual([image.sha256]);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('bytes that this device lacks are fetched from the server and held against their name', async () => {
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const image = await withImage(context);
  await runSync(true, context);
  await context.database.images.delete(image.sha256);
  const [named] = (await only(context)).body.images ?? [];
  if (named === undefined) throw new Error('no image');
  await fetchImage(named, context);
  expect(await context.database.images.get(image.sha256)).toMatchObject({ bytes: image.bytes, sent: true });
  await expect(fetchImage({ ...named, width: 3 }, context)).rejects.toMatchObject({ code: 'RECORD_REFUSED' });
});

test('an image comes from the device into the published diary as it was signed', async () => {
  const { organiser } = place;
  const context = await place.leader('u01');
  await addEntries([entry], null, context);
  const image = await withImage(context);
  const draft = await composeSeal(week, context);
  expect(draft.items[0]?.prose.images).toMatchObject([{ sha256: image.sha256, alt: '便桥1' }]);
  await signSeal(draft, context);
  await drawWeek(context, organiser);
  const tree = join(place.folder, 'tree');
  await writeTree(place.server.context, tree, () => undefined);
  const report = await verifyTree(folderSource(tree), { pins: {}, seen: () => undefined, progress: () => undefined });
  expect(report).toMatchObject({ diaries: 1, images: 1, failures: [] });
  const answer = await place.server.send(`/public/blob/${image.sha256}`);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(image.bytes);
});

async function drawWeek(leader: Context, organiser: Context): Promise<string> {
  const source = { kind: 'lottery' as const, name: 'ssq' };
  await signRule(
    {
      roll: [{ unit: 'u01', stratum: 'a' }],
      strata: [{ id: 'a', seats: 1 }],
      window: 0,
      min_acks: 1,
      close: 720,
      zone: 'Asia/Shanghai',
      sources: [{ kind: 'nonces', name: 'units' }, source],
    },
    organiser,
  );
  place.server.clock.ms = Date.UTC(2026, 10, 23, 5);
  const notBefore = Date.UTC(2026, 10, 24, 13) / 1000;
  const issues = new Map([['ssq', { issue: '2026134', notBefore }]]);
  const { draw } = await call(getFreeze, { params: { week } }, organiser);
  await signFreeze(await call(getFreeze, { params: { week } }, organiser), { away: new Map(), issues }, organiser);
  await runSync(true, leader);
  await giveAcks(leader);
  await lockDraw(draw, organiser);
  await giveAcks(leader);
  place.server.clock.ms = notBefore * 1000;
  const [row] = (await call(getDraws, {}, organiser)).rows;
  if (row === undefined) throw new Error('no draw');
  const values = [{ ...source, issue: '2026134', value: [2, 5, 8, 10, 12, 30, 14] }];
  await signDraw(row, await computeDraw(row, values, organiser), organiser);
  return draw;
}
