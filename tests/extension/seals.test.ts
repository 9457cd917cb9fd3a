import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries, changeMembers, setReview, setTitle } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { en } from '../../extension/locales/en.ts';
import { sealSentence } from '../../extension/screens/week/seal-sentence.ts';
import { entriesOn, standingOf } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { type Facts, Refusal } from '../../shared/api/refusal.ts';
import { readSeal } from '../../shared/proof/make-seal.ts';
import { jwsVerifies, openJws } from '../../shared/proof/signature.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const week = '2026-W47';
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
const entry = (day: string, text: string) => ({ day, start: `${day}T08:30`, end: `${day}T10:00`, text });

async function written() {
  const server = new ServerDouble();
  const profile = await openProfile(server.fetch);
  const { context } = profile;
  await addEntries([entry('2026-11-17', '周二的事'), entry('2026-11-16', '周一的事 ')], null, context);
  await addEntries([entry('2026-11-18', '不公开的事')], hold, context);
  await setTitle(week, '有“风”度', '', context);
  await setReview(week, null, '一周的话', '', context);
  return { server, context, network: profile.network };
}

test('what is shown is what is signed: title, days in order, review last, every character', async () => {
  const { server, context } = await written();
  const draft = await composeSeal(week, context);
  expect(draft.items.map(({ prose }) => prose.text)).toEqual([
    '有“风”度',
    '周一的事 ',
    '周二的事',
    '不公开的事',
    '一周的话',
  ]);
  const copy = await signSeal(draft, context);
  const jws = openJws(copy.jws);
  if (jws === null) throw new Error('no JWS');
  const [key] = await context.database.keys.where('use').equals('leader').toArray();
  expect(key !== undefined && (await jwsVerifies(jws, key.publicKey))).toBe(true);
  expect(jws.payload).toMatchObject({ iss: 'u01', week, rev: 1 });
  const [sent] = server.seals.values();
  const read = await readSeal(copy.jws, jws.payload, sent?.request.disclosures ?? []);
  expect(read.ok && read.value.items.map((item) => item.item?.text ?? item.withheld?.basis)).toEqual([
    '有“风”度',
    '周一的事 ',
    '周二的事',
    hold.basis,
    '一周的话',
  ]);
  expect(await standingOf(context.database, week)).toBe('sealed');
});

test('the disclosure, text and salt of a withheld item leave the device neither with the seal nor before', async () => {
  const { server, context } = await written();
  const copy = await signSeal(await composeSeal(week, context), context);
  const [held] = await context.database.held.toArray();
  const heard = server.heard.join('\n');
  for (const secret of ['不公开的事', held?.salt ?? '', held?.disclosure ?? '']) expect(heard).not.toContain(secret);
  expect(copy.disclosures).toContain(held?.disclosure);
});

test('a seal is refused while something is not delivered', async () => {
  const { context, network } = await written();
  network.on = false;
  await expect(composeSeal(week, context)).rejects.toMatchObject({
    code: 'SEAL_STALE',
    facts: { state: 'unreachable' },
  });
});

test('a change after the text was shown asks to read it again', async () => {
  const { context } = await written();
  const draft = await composeSeal(week, context);
  const [monday] = await entriesOn(context.database, '2026-11-16');
  if (monday === undefined) throw new Error('no entry');
  await changeMembers(monday, { text: '改过的' }, context);
  await runSync(true, context);
  await expect(signSeal(draft, context)).rejects.toMatchObject({ code: 'SEAL_STALE' });
});

test('a seal whose answer is lost is sent again and is the same seal', async () => {
  const { server, context } = await written();
  const draft = await composeSeal(week, context);
  server.onAnswer = (path) => {
    if (path.endsWith('/seals')) throw new TypeError('connection reset');
  };
  await expect(signSeal(draft, context)).rejects.toThrow('UNREACHABLE');
  expect(await standingOf(context.database, week)).toBe('sealing');
  server.onAnswer = () => {};
  await runSync(true, context);
  expect(server.seals.size).toBe(1);
  expect(await standingOf(context.database, week)).toBe('sealed');
});

test('while a week is sealed its entries take no edit', async () => {
  const { context } = await written();
  await signSeal(await composeSeal(week, context), context);
  const [monday] = await entriesOn(context.database, '2026-11-16');
  if (monday === undefined) throw new Error('no entry');
  await expect(changeMembers(monday, { text: '改过的' }, context)).rejects.toMatchObject({ code: 'WEEK_SEALED' });
});

test('the nonce is the same for all revisions of a week', async () => {
  const { context } = await written();
  const first = await signSeal(await composeSeal(week, context), context);
  await context.database.weeks.update(week, { open: true });
  const second = await signSeal(await composeSeal(week, context), context);
  const [a, b] = [openJws(first.jws)?.payload, openJws(second.jws)?.payload];
  expect(b).toMatchObject({ rev: 2, nc: a?.nc });
  expect(b?._sd).not.toEqual(a?._sd);
});

test.each<readonly [when: string, facts: Facts, said: string]>([
  ['nothing waits and no server answers', { waiting: 0, state: 'unreachable' }, en.week.seal.unreachable],
  ['the device was ended', { waiting: 0, state: 'revoked' }, en.common.sync.revoked],
  ['two changes wait', { waiting: 2, state: 'idle' }, en.week.seal.notReady],
  [
    'two changes wait and no server answers',
    { waiting: 2, state: 'unreachable' },
    'Some changes are not delivered. The week can be sealed once they are. Server out of reach; sending again by itself',
  ],
])('why a week is not sealed is what hinders it where %s', (_, facts, said) => {
  expect(sealSentence(new Refusal('SEAL_STALE', { facts }), en)).toBe(said);
});
