import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { nameOfSource, settingOf } from '../../widget/base/setting.ts';
import { sectionsOf, weekHours } from '../../widget/elements/diary/sections.ts';
import { words as english } from '../../widget/locales/en.ts';
import { words } from '../../widget/locales/zh.ts';
import { readBundle } from '../../widget/remote/bundle.ts';
import { getComments } from '../../widget/remote/comments.ts';
import { sha256 } from '../../widget/remote/sha256.ts';
import { sha256Beside } from '../../widget/remote/sha256-beside.ts';
import { freeBundle } from './free-diary.ts';
import { indexOf, patched, vectors } from './vector-tree.ts';

const setting = settingOf(indexOf(), words);
const utc8 = () => 480;

describe('a bundle read before it is checked', () => {
  it('shows what the vectors say, item for item', () => {
    const read = readBundle(vectors.base).items.map(({ record: _, ...item }) => ({
      ...item,
      ...(item.withheld && { withheld: { ground: item.withheld.ground, basis: item.withheld.basis } }),
    }));
    expect(read).toEqual(vectors.expect.items);
  });

  it('names who withheld after the seal, and whether the draw was over', () => {
    const read = readBundle(vectors.base);
    expect(read.items[6]?.record).toEqual({ index: 16, iss: 'rev1', iat: 1_795_305_600 });
    expect(read.drawIndex).toBe(24);
    expect(read.missingNonces).toEqual(['u06']);
    expect(Math.max(...read.acks)).toBe(1_795_399_200);
  });

  it('shows of several holds on one item the last; one that was sealed stays', () => {
    const hold = (item: number, ground: string, i: number) => {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const payload = { seal: readBundle(vectors.base).seal, item, ground, basis: '…', iss: 'rev1', iat: i };
      return { i, jws: `${part({ typ: 'wd-hold+jwt' })}.${part(payload)}.AA`, path: [] };
    };
    // Item 3 of the vectors is marked before the seal, item 6 was withheld after it.
    const add = [hold(3, 'privacy', 50), hold(6, 'state-secret', 51), hold(6, 'trade-secret', 52)];
    const bundle = patched(add.map((value) => ({ op: 'add', path: '/leaves/-', value }) as const));
    const seen = (of: typeof bundle) =>
      [3, 6].map((item) => {
        const { withheld, record } = readBundle(of).items[item] ?? {};
        return [withheld?.ground, record?.index];
      });
    expect(seen(vectors.base)).toEqual([
      ['state-secret', undefined],
      ['privacy', 16],
    ]);
    expect(seen(bundle)).toEqual([
      ['state-secret', undefined],
      ['trade-secret', 52],
    ]);
  });

  it.each(vectors.variants.map(({ name, patch }) => [name, patch] as const))(
    '%s is read without breaking',
    (_, patch) => {
      expect(Array.isArray(readBundle(patched(patch)).items)).toBe(true);
    },
  );

  it('text that nobody signed stands apart', () => {
    const altered = patched(vectors.variants.find(({ name }) => name === 'extra-disclosure')?.patch ?? []);
    expect(readBundle(altered).strays).toHaveLength(1);
  });

  it('a member of a later version is shown in no place, also when it is called text', () => {
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
    const item = encoded(['salt', 'item', { text: '例会。', mood: '晴' }]);
    const later = { weather: '雨', text: '封面', items: [{ _sd: [digest(item)], kind: 'review', text: '条目' }] };
    const cover = encoded(['salt', 'diary', { ...later, zone: 'Asia/Shanghai' }]);
    const seal = `${encoded({})}.${encoded({ _sd: [digest(cover)], iss: 'u01', week: '2026-W47', text: '封条' })}.AA`;
    const { items, strays } = readBundle({ ...vectors.base, diary: `${seal}~${cover}~${item}~` });
    expect(items).toEqual([{ kind: 'review', item: { text: '例会。' } }]);
    expect(strays).toEqual([]);
  });
});

describe('items in sections', () => {
  it('keep the signed order, neighbours of one day together, the week at its place', () => {
    const sections = sectionsOf(readBundle(vectors.base).items);
    expect(sections.map(({ kind, day, items }) => [kind, day, items.map(({ index }) => index)])).toEqual([
      ['day', '2026-11-16', [1]],
      ['day', '2026-11-17', [2]],
      ['day', '2026-11-18', [3, 4]],
      ['day', '2026-11-19', [5]],
      ['day', '2026-11-20', [6]],
      ['week', null, [7]],
    ]);
  });

  it('hours count withheld entries, overlaps once, late entries apart', () => {
    const entry = (start: string, end: string, more = {}) => ({
      kind: 'entry',
      day: '2026-11-16',
      start: `2026-11-16T${start}`,
      end: `2026-11-16T${end}`,
      text: '。',
      ...more,
    });
    const { items } = readBundle(
      freeBundle([
        entry('09:00', '10:00', { category: 'meeting', mode: 'collective' }),
        entry('09:30', '10:30', { category: 'paperwork' }),
        entry('11:00', '12:00', { hold: { ground: 'privacy', basis: '《条例》第十五条' } }),
        {
          ...entry('09:00', '10:00'),
          day: '2026-11-10',
          start: '2026-11-10T09:00',
          end: '2026-11-10T10:00',
          lateFor: '2026-W46',
        },
      ]),
    );
    const hours = weekHours(items, setting, utc8);
    expect(hours).toMatchObject({
      entries: 3,
      union: 150,
      sum: 180,
      held: 60,
      lateEntries: 1,
      late: 60,
      focusedShare: 0.5,
    });
    expect(hours.parts).toEqual([
      { fill: 'collective', category: 'meeting', minutes: 60 },
      { fill: 'focused', category: 'paperwork', minutes: 60 },
      { fill: 'held', category: undefined, minutes: 60 },
    ]);
  });
});

describe('words', () => {
  it.each([
    [0, '0分', '0 min'],
    [45, '45分', '45 min'],
    [90, '1小时30分', '1 h 30 min'],
    [120, '2小时', '2 h'],
    [4030, '67小时10分', '67 h 10 min'],
  ])('%i minutes', (minutes, zh, en) => {
    expect(words.time.duration(minutes)).toBe(zh);
    expect(english.time.duration(minutes).replaceAll('\u00a0', ' ')).toBe(en);
  });

  it('past midnight is 次日 in Chinese and a raised +1 in English', () => {
    expect(words.time.span('22:00', '00:30', true)).toBe('22:00–次日00:30');
    expect(english.time.span('22:00', '00:30', true) + english.time.raised).toBe('22:00–00:30+1');
  });

  it('a week over a month names both', () => {
    expect(words.time.days({ year: 2026, month: 10, day: 26 }, { year: 2026, month: 11, day: 1 })).toBe(
      '10月26日—11月1日',
    );
    expect(words.time.days({ year: 2026, month: 9, day: 14 }, { year: 2026, month: 9, day: 20 })).toBe('9月14日—20日');
  });
});

describe('SHA-256', () => {
  it('without WebCrypto is that of the platform for every length around a block, and for a picture', () => {
    for (const length of [...Array(200).keys(), 1_048_576]) {
      const bytes = new Uint8Array(randomBytes(length));
      expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('of a picture is the same with WebCrypto and without it', async () => {
    const bytes = new Uint8Array(randomBytes(70_000));
    const wanted = createHash('sha256').update(bytes).digest('hex');
    expect(Buffer.from(await sha256Beside(bytes)).toString('hex')).toBe(wanted);
    vi.stubGlobal('crypto', {});
    expect(Buffer.from(await sha256Beside(bytes)).toString('hex')).toBe(wanted);
    vi.unstubAllGlobals();
  });
});

describe('what a broken server says', () => {
  it('leaves out a comment of a time that no calendar has, and shows the others', async () => {
    const row = { id: 'c1', kind: 'comment', state: 'published', at: 8_640_000_000_000 };
    const rows = [
      row,
      { ...row, id: 'c2', at: 8_640_000_000_001 },
      { ...row, id: 'c3', at: 1.5 },
      { ...row, id: 'c4', at: -1 },
    ];
    vi.stubGlobal('fetch', async () => Response.json({ rows, next: null, total: 4 }));
    try {
      const of = { draw: 'd-2026-w47', unit: 'u01' };
      const page = await getComments('https://diary.example/api/v1/', of, new AbortController().signal);
      expect(page.rows.map(({ id }) => id)).toEqual(['c1']);
      expect(new Date(row.at * 1000).getTime()).not.toBeNaN();
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('shows a source of numbers under its id, whatever the id is', () => {
    for (const id of ['constructor', 'toString', '__proto__', 'kl8']) expect(nameOfSource(id, words)).toBe(id);
    expect(nameOfSource('ssq', words)).toBe('双色球');
  });
});
