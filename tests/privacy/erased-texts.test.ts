import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptDays, type RetentionKind } from '../../server/retention.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

type Posted = Awaited<ReturnType<Desk['ticket']>>;

const take = async (desk: Desk, { number }: Posted, decision: string, reason: string) => {
  const id = await desk.idOf(number);
  const { version } = await desk.db
    .selectFrom('comment')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect((await desk.decide({ id, version }, { decision, reason, note: null })).status).toBe(200);
};

/** Ways in which a text is erased for good. */
const ways: readonly (readonly [string, (desk: Desk, posted: Posted) => Promise<void>])[] = [
  ['rejected as private', (desk, posted) => take(desk, posted, 'reject', 'privacy')],
  ['rejected as a secret', (desk, posted) => take(desk, posted, 'reject', 'classified')],
  [
    'taken down as private',
    async (desk, posted) => {
      await desk.publish(posted.number);
      await take(desk, posted, 'remove', 'privacy');
    },
  ],
  [
    'rejected for another reason, once its time is over',
    async (desk, posted) => {
      await take(desk, posted, 'reject', 'advertising');
      desk.advance(keptDays('refused', desk.context.config) * 86_400);
      await desk.runJobs();
    },
  ],
  ...(['withdrawn', 'published and then withdrawn'] as const).map((how): (typeof ways)[number] => [
    `${how} by its author`,
    async (desk, { number, code }) => {
      if (how !== 'withdrawn') await desk.publish(number);
      expect((await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: { number, code } })).status).toBe(
        200,
      );
    },
  ]),
  [
    'erased by its author',
    async (desk, { number, code }) => {
      expect((await desk.post('/api/v1/receipt/erasure', undefined, { receipt: { number, code } })).status).toBe(200);
    },
  ],
];

/** Whether words stand in a file of the database in a folder. */
const filesHave =
  (folder: string) =>
  (words: string): boolean =>
    readdirSync(folder).some(
      (file) => file.startsWith('sundial.sqlite') && readFileSync(join(folder, file)).includes(words),
    );

/** What is erased by the clock: its kind, what stands in the tables, and how it comes there. */
const timed: readonly (readonly [RetentionKind, string, (desk: Desk, words: string) => Promise<unknown>])[] = [
  ['originals', '13800138000', (desk, words) => desk.comment({ text: `我的电话是${words}` })],
  [
    'contacts',
    'sealed-contact-of-somebody',
    async (desk, sealed) => {
      const { number } = await desk.comment({ kind: 'report' });
      const comment = await desk.idOf(number);
      await desk.decide(await desk.waiting(number), { decision: 'publish', masks: [] });
      await desk.db.insertInto('comment_contact').values({ comment, sealed, at: desk.now() }).execute();
    },
  ],
  [
    'identities',
    'sealed-identity-of-somebody',
    (desk, identity) =>
      desk.db.insertInto('reader_identity').values({ comment: 'c', identity, at: desk.now() }).execute(),
  ],
  [
    'images',
    'picture-that-no-entry-named',
    (desk, bytes) => {
      const row = { author: 'p-lead-lianpu', sha256: 's', type: 'image/png', size: 1, bytes, at: desk.now() };
      return desk.db.insertInto('blob').values(row).execute();
    },
  ],
  [
    'addresses',
    'somebody@example.gov',
    (desk, address) => {
      const unproved = { pending: null, nonce: null, asked_at: null, wrong: 0, failed_at: null };
      const row = { person: 'p-left', address, kinds: '[]', lang: 'zh' as const, ...unproved };
      return desk.db.insertInto('notice_mail').values(row).execute();
    },
  ],
];

eachDatabase((name, open) => {
  test(`on ${name} a comment’s text is gone from its ticket as well, however it was erased`, async () => {
    const desk = await openDesk(await open());
    for (const [n, [how, erase]] of ways.entries()) {
      const words = `张三家住莲浦路第${n}条弄堂`;
      const posted = await desk.ticket({ kind: 'report', text: words });
      await desk.move(posted.ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
      expect(await desk.everything(), how).toContain(words);
      await erase(desk, posted);
      expect(await desk.everything(), how).not.toContain(words);
      for (const as of ['mod-1', 'org-1', 'h-cgj', 'aud-1'])
        for (const path of [`/api/v1/tickets/${posted.ticket}`, '/api/v1/tickets', '/api/v1/waiting'])
          expect((await desk.get(path, { as })).text, `${how}: ${as} ${path}`).not.toContain(words);
    }
  });

  if (name === 'SQLite')
    test('what a job erases once its time is over is gone from every file of the database as well', async () => {
      const opened = await open();
      const desk = await openDesk(opened);
      const inFiles = filesHave(opened.folder);
      for (const [kind, words, put] of timed) {
        await put(desk, words);
        expect(inFiles(words), kind).toBe(true);
        desk.advance(keptDays(kind, desk.context.config) * 86_400);
        await desk.runJobs();
        expect(inFiles(words), kind).toBe(false);
      }
    });

  if (name === 'SQLite')
    test('a text that is erased at once is gone from every file of the database as well', async () => {
      const opened = await open();
      const desk = await openDesk(opened);
      const inFiles = filesHave(opened.folder);
      for (const reason of ['privacy', 'classified']) {
        const words = `只有一处写着的${reason}`;
        const posted = await desk.ticket({ kind: 'report', text: words });
        expect(inFiles(words)).toBe(true);
        await take(desk, posted, 'reject', reason);
        expect(inFiles(words)).toBe(false);
      }
      const words = '我不想再说的话';
      const { number, code } = await desk.comment({ text: words });
      expect(inFiles(words)).toBe(true);
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: { number, code } });
      expect(inFiles(words)).toBe(false);
    });
});
