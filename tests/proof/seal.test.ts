import { describe, expect, test } from 'vitest';
import { fromB64u } from '../../shared/base/bytes.ts';
import { judged } from '../../shared/proof/failure.ts';
import { type ItemToSeal, presentation, readSeal, sealWeek, type WeekToSeal } from '../../shared/proof/make-seal.ts';
import { readDiary } from '../../shared/proof/seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import { testKey, vectorText } from '../fixtures/vectors.ts';

type Members = Omit<ItemToSeal, 'salt' | 'item'>;
const vectors: {
  payload: { iat: number; iss: string; rev: number; week: string };
  disclosures: { encoded: string; decoded: [string, string, never] }[];
  jws: string;
  seal_hash: string;
  nonce: { value: string; commitment: string };
  presentations: { disclosed_items: Record<string, number[]>; published: string };
} = JSON.parse(vectorText('seal'));

const bytes = (text: string) => fromB64u(text) ?? new Uint8Array();
const [coverVector, ...itemVectors] = vectors.disclosures;

/** The week of the vectors, as it was before sealing. */
function weekOfVectors(): WeekToSeal {
  const [coverSalt = '', , cover] = coverVector?.decoded ?? [];
  const { items, zone }: { items: (Members & { _sd: string[] })[]; zone: string } = cover ?? { items: [], zone: '' };
  return {
    ...vectors.payload,
    zone,
    nonce: bytes(vectors.nonce.value),
    coverSalt: bytes(coverSalt),
    items: items.map(({ _sd, ...members }, n) => {
      const [salt = '', , item] = itemVectors[n]?.decoded ?? [];
      return { ...members, salt: bytes(salt), item: item ?? { text: '' } };
    }),
  };
}

/** A week with these items, each with salt and text unless it says otherwise. */
function week(...items: (Members & { item?: unknown })[]): WeekToSeal {
  const item = (given: unknown): ItemToSeal['item'] => Object(given ?? { text: '一件事。' });
  const salted = items.map(({ item: given, ...members }, n) => ({
    ...members,
    item: item(given),
    salt: new Uint8Array(16).fill(n >> 8, 0, 1).fill(n, 1),
  }));
  return { ...weekOfVectors(), items: salted };
}
const entry = (more: Partial<Members> & { item?: unknown } = {}) => ({
  kind: 'entry',
  day: '2026-11-16',
  start: '2026-11-16T09:00',
  end: '2026-11-16T10:00',
  ...more,
});
const sealed = async (given: WeekToSeal) => {
  const made = await sealWeek(given, await testKey('u01'));
  return made.ok ? 'OK' : made.problem;
};

describe('sealing a week', () => {
  test('cover, disclosures, payload and signed bytes are those of the vectors', async () => {
    const made = await sealWeek(weekOfVectors(), await testKey('u01'));
    if (!made.ok) throw new Error(made.problem);
    expect(made.value.cover).toBe(coverVector?.encoded);
    expect(made.value.disclosures).toEqual(itemVectors.map(({ encoded }) => encoded));
    expect(made.value.payload).toEqual(vectors.payload);
    expect(openJws(made.value.jws)?.signed).toEqual(openJws(vectors.jws)?.signed);
  });

  test('the published form leaves out the disclosures of withheld items', () => {
    const shown = vectors.presentations.disclosed_items.published ?? [];
    const disclosures = shown.map((n) => itemVectors[n]?.encoded ?? '');
    expect(presentation(vectors.jws, [coverVector?.encoded ?? '', ...disclosures])).toBe(
      vectors.presentations.published,
    );
  });

  test('a seal is read back with its hash', async () => {
    const payload = openJws(vectors.jws)?.payload ?? {};
    const read = await readSeal(
      vectors.jws,
      payload,
      vectors.disclosures.map(({ encoded }) => encoded),
    );
    expect(read.ok && read.value.items.length).toBe(itemVectors.length);
    expect(read.ok && read.value.items.every((item) => item.item !== undefined)).toBe(true);
  });

  // Rules of the two tables of verification.md 4.
  test.each<[string, string, WeekToSeal]>([
    ['a point in time', 'OK', week(entry({ end: '2026-11-16T09:00' }))],
    ['an entry over midnight', 'OK', week(entry({ start: '2026-11-16T23:30', end: '2026-11-17T01:00' }))],
    [
      'an entry that begins on the day after',
      'OK',
      week(entry({ start: '2026-11-17T00:30', end: '2026-11-18T00:10' })),
    ],
    ['an entry two days after', 'DIARY_INVALID', week(entry({ start: '2026-11-18T00:30', end: '2026-11-18T01:00' }))],
    ['an end two days later', 'DIARY_INVALID', week(entry({ end: '2026-11-18T01:00' }))],
    ['an end before the start', 'DIARY_INVALID', week(entry({ end: '2026-11-16T08:59' }))],
    ['24:00', 'DIARY_INVALID', week(entry({ end: '2026-11-16T24:00' }))],
    ['an end with seconds', 'DIARY_INVALID', week(entry({ end: '2026-11-16T10:00:00' }))],
    ['a start behind a line feed', 'DIARY_INVALID', week(entry({ start: '2026-11-1\nT09:00' }))],
    ['an end on no day', 'DIARY_INVALID', week(entry({ end: '2026-11-31T10:00' }))],
    ['a start on no day', 'DIARY_INVALID', week(entry({ start: '2026-1116.T09:00' }))],
    [
      'a start on no day beside the first of all days',
      'DIARY_INVALID',
      week(entry({ lateFor: '1970-W01', day: '1970-01-01', start: '1970-13-01T09:00', end: '1970-13-01T10:00' })),
    ],
    ['a day that is none', 'DIARY_INVALID', week(entry({ day: '2026-11-31' }))],
    [
      'a day of the next week',
      'DIARY_INVALID',
      week(entry({ day: '2026-11-23', start: '2026-11-23T09:00', end: '2026-11-23T10:00' })),
    ],
    ['a review of the week', 'OK', week({ kind: 'review' })],
    ['a review of another week', 'DIARY_INVALID', week({ kind: 'review', day: '2026-11-15' })],
    [
      'a late entry',
      'OK',
      week(entry({ lateFor: '2026-W46', day: '2026-11-15', start: '2026-11-15T09:00', end: '2026-11-15T10:00' })),
    ],
    ['a late entry for this week', 'DIARY_INVALID', week(entry({ lateFor: '2026-W47' }))],
    ['a late entry for a week that the year lacks', 'DIARY_INVALID', week(entry({ lateFor: '2025-W53' }))],
    ['a late entry for a week in small letters', 'DIARY_INVALID', week(entry({ lateFor: '2026-w46' }))],
    ['a late entry for a later week', 'DIARY_INVALID', week(entry({ lateFor: '2026-W48' }))],
    ['a correction of item 500', 'DIARY_INVALID', week(entry({ corrects: { item: 500, seal: vectors.seal_hash } }))],
    ['a category with a hyphen', 'DIARY_INVALID', week(entry({ category: 'field-visit' }))],
    ['a second title', 'DIARY_INVALID', week({ kind: 'title' }, { kind: 'title' })],
    ['a title of 120 astral characters', 'OK', week({ kind: 'title', item: { text: '𠮷'.repeat(120) } })],
    ['a title of 121 characters', 'DIARY_INVALID', week({ kind: 'title', item: { text: '一'.repeat(121) } })],
    ['an empty text', 'DIARY_INVALID', week(entry({ item: { text: '' } }))],
    ['no item', 'DIARY_INVALID', week()],
    ['500 items', 'OK', week(...Array.from({ length: 500 }, () => ({ kind: 'review' })))],
    ['501 items', 'DIARY_INVALID', week(...Array.from({ length: 501 }, () => ({ kind: 'review' })))],
    [
      'eleven threads',
      'DIARY_INVALID',
      week(entry({ item: { text: '一', threads: Array.from({ length: 11 }, () => ({ id: 'a', name: '甲' })) } })),
    ],
    ['a kind of later days', 'OK', week({ kind: 'openQuestion' })],
    ['a hold without basis', 'HOLD_INVALID', week(entry({ hold: { ground: 'privacy', basis: '' } }))],
    ['a path as zone', 'DIARY_INVALID', { ...week(entry()), zone: '../etc' }],
  ])('%s: %s', async (_, outcome, given) => {
    expect(await sealed(given)).toBe(outcome);
  });

  test('a lone surrogate, a short or repeated salt and a short nonce never reach a signature', async () => {
    const key = await testKey('u01');
    await expect(sealWeek(week(entry({ item: { text: '\ud800' } })), key)).rejects.toThrow(TypeError);
    await expect(sealWeek({ ...week(entry()), coverSalt: new Uint8Array(15) }, key)).rejects.toThrow(RangeError);
    await expect(sealWeek({ ...week(entry()), nonce: new Uint8Array(31) }, key)).rejects.toThrow(RangeError);
    await expect(sealWeek({ ...week(entry()), coverSalt: new Uint8Array(16) }, key)).rejects.toThrow(RangeError);
  });
});

describe('reading a seal', () => {
  const payload = openJws(vectors.jws)?.payload ?? {};
  const read = async (...disclosures: string[]) => {
    const result = await judged(() => readDiary(payload, vectors.seal_hash, disclosures, []));
    return result.ok ? 'OK' : result.problem;
  };
  const all = vectors.disclosures.map(({ encoded }) => encoded);

  test.each<[string, string, string[]]>([
    ['all disclosures', 'OK', all],
    ['one disclosure twice', 'TEXT_ALTERED', [...all, ...all.slice(1, 2)]],
    ['items without a cover', 'TEXT_ALTERED', all.slice(1)],
    ['no disclosure', 'ENTRY_MISSING', []],
    ['an empty disclosure', 'TEXT_ALTERED', [...all, '']],
    ['a disclosure with padding', 'TEXT_ALTERED', [...all.slice(0, -1), `${all.at(-1)}=`]],
    ['an array of two', 'TEXT_ALTERED', [...all, 'WzEsMl0']],
  ])('%s: %s', async (_, outcome, disclosures) => {
    expect(await read(...disclosures)).toBe(outcome);
  });

  test('of several holds on one item the last in the log is shown, in whatever order they come; one that was sealed stays', async () => {
    // Item 3 of the vectors is marked before the seal, item 1 is not.
    const given = (item: number, ground: string, index: number, reviewer = true) => ({
      index,
      iss: reviewer ? 'rev1' : vectors.payload.iss,
      iat: index,
      reviewer,
      payload: { iss: 'rev1', iat: index, seal: vectors.seal_hash, item, ground, basis: `第${index}条` },
    });
    const shown = async (item: number, ...holds: ReturnType<typeof given>[]) => {
      const left = all.filter((_, n) => n !== item + 1);
      const result = await judged(() => readDiary(payload, vectors.seal_hash, left, holds));
      if (!result.ok) throw new Error(result.problem);
      const { withheld, record } = result.value.items[item] ?? {};
      return [withheld?.ground, record?.index ?? null];
    };
    expect(await shown(3)).toEqual(['state-secret', null]);
    expect(await shown(3, given(3, 'privacy', 40))).toEqual(['state-secret', null]);
    const two = [given(1, 'privacy', 40), given(1, 'trade-secret', 41, false)];
    expect(await shown(1, ...two)).toEqual(['trade-secret', 41]);
    expect(await shown(1, ...two.toReversed())).toEqual(['trade-secret', 41]);
  });
});
