/** Comments put straight into the tables, as readers would have left them. */
import { type Insertable, sql } from 'kysely';
import { openDatabase } from '../../../server/database/open.ts';
import type { Db } from '../../../server/database/port.ts';
import type { CommentTable } from '../../../server/database/tables/comments.ts';
import { receiptNumber } from '../../../shared/feedback/receipt.ts';
import { writeDiary } from '../../fixtures/published-diary.ts';
import { randomOf } from '../../fixtures/random.ts';

export const draw = 'd-2026-w39';
/** The diaries that everybody reads: each has the same share of all comments. */
const diaries = 10;
const entries = 30;
export const unitOf = (n: number): string => `u${String(n).padStart(2, '0')}`;
/** The page that is asked for over and over: the first of the busiest diary. */
export const hotPath = `/api/v1/comments?draw=${draw}&unit=${unitOf(0)}`;

const phrases = [
  '护栏加高了，夜里还是黑',
  '请装两盏灯',
  '排队从早上六点半排到九点',
  '能不能在网上取号',
  '谢谢，路通了',
  '学校门口的车位划得太少',
  '希望把结果也写出来',
  '上周说的事办了吗',
];

/** Text of a comment, two or three phrases that differ from every other. */
export const textOf = (n: number, random: () => number): string =>
  `${Array.from({ length: 2 + Math.floor(random() * 2) }, () => phrases[Math.floor(random() * phrases.length)]).join('，')}，第${n}件。`;

/** Writes `count` published comments, of which one in ten answers another and one in twenty has the unit's reply, on diaries of thirty entries. */
export async function seedComments(address: string, count: number): Promise<void> {
  const database = await openDatabase(address);
  const random = randomOf(1);
  const batch = 500;
  for (let n = 0; n < diaries; n += 1)
    await writeDiary(database.db, draw, unitOf(n), n, [
      { kind: 'title', text: '有风度' },
      ...Array.from({ length: entries }, () => ({ kind: 'entry' as const, text: '夜市巡查到零点' })),
    ]);
  await database.transaction(async (trx) => {
    for (let from = 0; from < count; from += batch) await insert(trx, from, Math.min(count, from + batch), random);
    for (let n = 0; n < diaries; n += 1)
      await trx
        .insertInto('comment_total')
        .values({ draw, unit: unitOf(n), total: Math.floor(count / diaries), version: 1 })
        .execute();
    await sql`insert into comment_item_total (draw, unit, item, total)
      select draw, unit, item, count(*) from comment where item is not null group by draw, unit, item`.execute(trx);
  });
  await database.close();
}

const began = 1_795_000_000;
const idOf = (n: number): string => `01k${String(n).padStart(23, '0')}`;

async function insert(trx: Db, from: number, to: number, random: () => number): Promise<void> {
  const rows: Insertable<CommentTable>[] = [];
  for (let n = from; n < to; n += 1) {
    const isAnswer = n % 10 === 9 && n > 200;
    rows.push({
      id: idOf(n),
      number: receiptNumber(n),
      code_hash: 'A'.repeat(43),
      draw,
      unit: unitOf(Math.floor(n / 10) % diaries),
      item: random() < 0.5 ? 1 + Math.floor(random() * entries) : null,
      parent: isAnswer ? idOf(n - 1 - Math.floor(random() * 8)) : null,
      place: null,
      unproven: 0,
      kind: 'question',
      state: 'published',
      version: 2,
      nickname: `居民${n}`,
      text: textOf(n, random),
      original: null,
      at: began + n,
      queued_at: began + n,
      decide_by: began + n + 3600,
      decided_by: 'mod1',
      published_at: began + n + 60,
      ended_at: null,
      reason: null,
      note: null,
      wave: null,
      sender: null,
    });
  }
  await trx.insertInto('comment').values(rows).execute();
  const answered = rows.filter((_, n) => n % 20 === 0);
  await trx
    .insertInto('reply')
    .values(answered.map(({ id, unit, at }) => ({ comment: id, unit, actor: unit, text: '已转城管中队办理。', at })))
    .execute();
}
