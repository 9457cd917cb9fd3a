import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { correctEntry } from '../../extension/commands/corrections.ts';
import { addEntries, changeMembers } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { entriesCountedIn, entriesOn, writtenById } from '../../extension/store/queries.ts';
import { readSeal } from '../../shared/proof/make-seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const week = '2026-W47';
const next = '2026-W48';
const day = '2026-11-17';
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
const entry = (clock: string, text: string) => ({
  day,
  start: `${day}T${clock}`,
  end: `${day}T${clock.slice(0, 2)}:50`,
  text,
});

/** A sealed week of two entries, the second one withheld. */
async function sealed(clock = { ms: Date.UTC(2026, 10, 23, 1) }) {
  const server = new ServerDouble();
  server.now = () => clock.ms;
  const { context } = await openProfile(server.fetch, { now: () => clock.ms });
  await addEntries([{ ...entry('08:00', '到柳湾村看便桥'), place: '柳湾村', result: '定了工期' }], null, context);
  await addEntries([entry('09:00', '上门的话')], hold, context);
  const copy = await signSeal(await composeSeal(week, context), context);
  const [open, held] = await entriesOn(context.database, day);
  if (open === undefined || held === undefined) throw new Error('two entries were written');
  return { server, context, copy, open, held };
}

test('a correction is a whole new entry of the open week that names seal and item', async () => {
  const { context, copy, open } = await sealed();
  const id = await correctEntry(open, { text: '到柳湾村看临时便桥' }, context);
  const correction = (await entriesCountedIn(context.database, week)).find((each) => each.id === id);
  expect(correction?.body).toEqual({
    kind: 'entry',
    week: next,
    lateFor: week,
    day,
    start: `${day}T08:00`,
    end: `${day}T08:50`,
    text: '到柳湾村看临时便桥',
    place: '柳湾村',
    result: '定了工期',
    corrects: { item: 0, seal: copy.seal },
  });
});

test('the sealed entry stays as it was and is known as corrected, on its day and in its week', async () => {
  const { context, open } = await sealed();
  const id = await correctEntry(open, { text: '到柳湾村看临时便桥' }, context);
  for (const entries of [await entriesOn(context.database, day), await entriesCountedIn(context.database, week)]) {
    expect(entries.find((each) => each.id === open.id)).toMatchObject({ correctedBy: id, body: open.body });
    expect(entries.find((each) => each.id === id)?.correctedBy).toBeUndefined();
  }
});

test('a correction goes into the next week that can still be sealed, not into one whose deadline has passed', async () => {
  const clock = { ms: Date.UTC(2026, 10, 23, 1) };
  const { context, open } = await sealed(clock);
  // Monday 21:00 in Shanghai: week 48 until 30 November, 49 until 7 December, 50 until 14 December.
  await changeProfile(context.database, { rule: { close: 21 * 60, zone: 'Asia/Shanghai' } });
  const weekAt = async (ms: number) => {
    clock.ms = ms;
    const id = await correctEntry(open, { text: '更正' }, context);
    return (await writtenById(context.database, id))?.body.week;
  };
  expect(await weekAt(Date.UTC(2026, 10, 30, 12, 59))).toBe('2026-W48');
  expect(await weekAt(Date.UTC(2026, 10, 30, 13, 0))).toBe('2026-W49');
  expect(await weekAt(Date.UTC(2026, 11, 9))).toBe('2026-W50');
});

test('of two corrections the later one counts', async () => {
  const clock = { ms: Date.UTC(2026, 10, 23, 1) };
  const { context, open } = await sealed(clock);
  await correctEntry(open, { text: '一' }, context);
  clock.ms += 1000;
  const second = await correctEntry(open, { text: '二' }, context);
  const entries = await entriesOn(context.database, day);
  expect(entries.find((each) => each.id === open.id)?.correctedBy).toBe(second);
});

test('what was withheld stays withheld in its correction: no prose leaves the device', async () => {
  const { server, context, held } = await sealed();
  await correctEntry(held, { text: '上门的话，更正' }, context);
  await signSeal(await composeSeal(next, context), context);
  expect(server.heard.join('\n')).not.toContain('上门的话');
});

test('the correction is sealed with the week it is written in', async () => {
  const { server, context, copy, open } = await sealed();
  await correctEntry(open, { text: '到柳湾村看临时便桥' }, context);
  const later = await signSeal(await composeSeal(next, context), context);
  const jws = openJws(later.jws);
  if (jws === null) throw new Error('no JWS');
  const read = await readSeal(later.jws, jws.payload, server.seals.get(later.seal)?.request.disclosures ?? []);
  expect(read.ok && read.value.items.map(({ lateFor, corrects }) => [lateFor, corrects])).toEqual([
    [week, { item: 0, seal: copy.seal }],
  ]);
});

test('an entry of an open week is changed, not corrected; one sealed on another device is not corrected here', async () => {
  const { context, open, copy } = await sealed();
  await context.database.weeks.update(week, { open: true });
  await expect(correctEntry(open, { text: '改' }, context)).rejects.toMatchObject({ facts: { reason: 'WEEK_OPEN' } });
  await changeMembers(open, { text: '改' }, context);
  await context.database.weeks.update(week, { open: false });
  await context.database.seals.delete(copy.seal);
  await expect(correctEntry(open, { text: '改' }, context)).rejects.toMatchObject({
    facts: { reason: 'SEAL_ELSEWHERE' },
  });
});
