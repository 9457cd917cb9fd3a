/** What is withheld is kept with its author alone (design.md 2, rule 3), walked over all that the server holds and gives afterwards: every
 *  table, every file, every GET to every role, the public tree, exports, archive, backup, log lines. A new table, file or route is walked too. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { readSealed } from '../../server/backup/sealed-file.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import { configFrom } from '../../server/config.ts';
import { enrol } from '../../server/demo/cast.ts';
import type { Device } from '../../server/demo/device.ts';
import { reviewAll } from '../../server/demo/robots.ts';
import { send, type World } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { declarationsOf } from '../../server/http/route.ts';
import { runJobs } from '../../server/jobs.ts';
import { contextOver } from '../../server/open-context.ts';
import { publicPaths } from '../../server/public/tree.ts';
import { writeArchive } from '../../server/public/write-archive.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { openReport } from '../../server/report.ts';
import { postAggregate } from '../../shared/api/aggregates.ts';
import { getQueue, postComment, postDecision } from '../../shared/api/comments.ts';
import { postDossier, postDossierRelease } from '../../shared/api/dossiers.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { type Body, proseMembers, putBlob } from '../../shared/api/journal.ts';
import { postOffer, postOfferBack } from '../../shared/api/releases.ts';
import { getReview, postRelease } from '../../shared/api/reviews.ts';
import { postTicket } from '../../shared/api/tickets.ts';
import { type Bytes, b64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { codeHashOf, plainCode, receiptCode } from '../../shared/feedback/receipt.ts';
import { issuer, settings } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { dump } from '../fixtures/dump.ts';
import { enrolStaff, entryOf, lastWeek, showWeek } from '../fixtures/showing.ts';
import { hasTrace } from '../fixtures/traces.ts';
import { pngOfShade } from '../images/pictures.ts';

/** By when it was marked: a pair of characters that stands in every word of the item and nowhere else, so that a gram tells of it as well, and
 *  the shade of its picture. */
const marks = {
  open: ['麤麤', 1],
  fromStart: ['龘龘', 2],
  draft: ['靐靐', 3],
  sealed: ['齉齉', 4],
  drawn: ['鱻鱻', 5],
  published: ['爩爩', 6],
} as const;
type When = keyof typeof marks;
const withheld = (Object.keys(marks) as When[]).filter((when) => when !== 'open');
/** The one that is offered to readers in the end, and not decided. */
const waiting: When = 'drawn';
const hold = { ground: 'privacy', basis: '《中华人民共和国政府信息公开条例》第十五条' } as const;
const units = ['u01', 'u02', 'u03'];

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-withheld-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An entry whose every word has the mark, with a thread of its own and a picture. */
async function marked(week: string, day: number, when: When): Promise<Body> {
  const [mark] = marks[when];
  const thread = { id: `thread-${when.toLowerCase()}`, name: `${mark}脉络` };
  const picture = { sha256: hex(await sha256(pictureOf(when))), type: 'image/png', width: 10, height: 10 } as const;
  return {
    ...entryOf(week, day, 9, `${mark}正文`),
    place: `${mark}地点`,
    detail: `${mark}详情`,
    thinking: `${mark}思考`,
    result: `${mark}成果`,
    next: `${mark}下一步`,
    threads: [thread],
    images: [{ ...picture, alt: `${mark}图` }],
  } as Body;
}

const pictureOf = (when: When): Bytes => pngOfShade(marks[when][1]);

/** What is found in bytes of an item: a word of it, or its picture. */
function has(bytes: Uint8Array, when: When): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = pictureOf(when);
  return hasTrace(bytes, marks[when][0]) || all.includes(Buffer.from(picture)) || all.includes(b64(picture));
}

eachDatabase((name, open) => {
  test(`on ${name} no word and no picture of what is withheld is anywhere, whenever it was marked`, async () => {
    const opened = await open();
    const lines: string[] = [];
    const clock = { ms: Date.UTC(2026, 10, 20, 8) };
    const config = configFrom(
      { ...settings, proofOfWork: { hashes: 0 } },
      { SUNDIAL_ISSUER: issuer, SUNDIAL_DATA: opened.folder },
    );
    const context = await contextOver(config, opened.database, {
      now: () => clock.ms,
      report: openReport('debug', { write: (line: string) => void lines.push(line) }),
    });
    const app = createApp(context);
    const world: World = {
      issuer,
      now: context.now,
      random: context.random,
      send: async (request) => app.request(request),
    };
    const roles = ['reviewer', 'moderator', 'auditor'] as const;
    const staff = await enrolStaff(world, (await firstInvitation(context)).link, units, roles);
    const handler = await enrol(world, staff.organiser, { name: 'handler', role: 'handler', unit: 'u01' });
    const official = (role: (typeof roles)[number]): Device => some(staff.officials.get(role), role);
    const [unit, leader] = some([...staff.leaders][0], 'leader');
    const reviewer = official('reviewer');
    const moderator = official('moderator');

    const week = lastWeek(clock.ms);
    const ids = new Map<When, string>();
    for (const when of ['open', 'sealed', 'drawn', 'published'] as const) await upload(app, leader, when);
    for (const [n, when] of (['open', 'fromStart', 'sealed', 'drawn', 'published'] as const).entries())
      ids.set(when, await leader.put(await marked(week, n, when), when === 'fromStart' ? hold : undefined));
    for (const other of staff.leaders.values()) if (other !== leader) await other.put(entryOf(week, 0, 9, '例会'));
    const { seal } = await leader.seal(week);
    for (const other of staff.leaders.values()) if (other !== leader) await other.seal(week);
    await withholdTwice(app, leader, await marked(lastWeek(clock.ms + 7 * 86_400_000), 0, 'draft'));
    const item = (when: When): number => leader.sealedItems(week).indexOf(ids.get(when) ?? '');
    const withhold = (when: When, by: Device, role: 'leader' | 'reviewer') =>
      by.record('wd-hold+jwt', role, { seal, item: item(when), ...hold });

    await withhold('sealed', leader, 'leader');
    const { draw } = await showWeek({ ...staff, officials: new Map() }, week, {
      seats: 3,
      soon: () => Math.floor(clock.ms / 1000) + 600,
      until: async (seconds) => {
        clock.ms = (seconds + 1) * 1000;
      },
    });
    await reviewer.call(getReview, { params: { draw, unit } });
    const texts = new Map(
      (await context.database.db.selectFrom('disclosure').selectAll().where('seal_hash', '=', seal).execute()).map(
        (row) => [row.item, row.encoded],
      ),
    );
    const place = { draw, unit };
    const offer = async (when: When) => {
      await upload(app, leader, when);
      const body = { item: item(when), disclosure: texts.get(item(when)) ?? '', why: '当事人同意' };
      await leader.call(postOffer, { params: place, body });
    };
    const decide = (decision: { pass: true } | { pass: false; reason: string }) =>
      reviewer.call(postRelease, { params: place, body: { item: item('published'), why: '当事人同意', ...decision } });
    await withhold('drawn', reviewer, 'reviewer');
    await reviewAll(reviewer);

    // Whatever is made of a published item while it may be read.
    const talk = await talkOn(world, moderator, { draw, unit, item: item('published') });
    clock.ms = Date.UTC(2027, 1, 5);
    const dossier = await staff.organiser.call(postDossier, {
      body: { term: `${unit}-1`, from: '2026-10-01', to: '2026-12-31' },
    });
    await staff.organiser.call(postAggregate, { body: { quarter: '2026-Q4' } });
    await runJobs(context);
    const folder = newFolder();
    await writeTree(context, join(folder, 'before'), () => undefined);
    const tree = async (path: string) => new Uint8Array(await (await app.request(`/public/${path}`)).arrayBuffer());
    for (const path of await publicPaths(context)) await tree(path);
    const had = (await dump(context.database)).split('\n').filter((row) => has(Buffer.from(row), 'published'));
    expect([...new Set(had.map((row) => row.split(' ')[0]))]).toEqual([
      'blob',
      'disclosure',
      'dossier',
      'entry',
      'op',
      'search_shard',
    ]);
    await withhold('published', reviewer, 'reviewer');

    // Offered to readers after all, as often as an offer can end; what was released is withheld again.
    await offer('published');
    await decide({ pass: false, reason: '仍须保密' });
    await offer('published');
    await leader.call(postOfferBack, { params: place, body: { item: item('published') } });
    await offer('published');
    await decide({ pass: true });
    await writeTree(context, join(folder, 'before'), () => undefined);
    for (const path of await publicPaths(context)) await tree(path);
    await withhold('published', reviewer, 'reviewer');
    // And one that waits for its reviewer.
    await offer(waiting);

    await runJobs(context);
    await leader.call(postDossierRelease, { params: { id: dossier.id } });
    const later = await staff.organiser.call(postDossier, {
      body: { term: `${unit}-1`, from: '2026-10-01', to: '2026-12-31' },
    });
    const found = new Map<string, Uint8Array>();
    for (const path of await publicPaths(context)) found.set(`tree ${path}`, await tree(path));
    await writeTree(context, join(folder, 'before'), () => undefined);
    await writeTree(context, join(folder, 'after'), () => undefined);
    expect((await writeArchive(context, '2026', join(folder, 'archive'), () => undefined)).ok).toBe(true);
    for (const path of filesIn(folder)) found.set(`file ${path}`, readFileSync(join(folder, path)));
    const people = [staff.organiser, leader, handler, ...staff.officials.values()];
    const tokens = await Promise.all(people.map(async (device) => `Bearer ${await device.token()}`));
    const never = await askAll(app, [...tokens, talk.receipt], found, {
      draw: [draw],
      unit: [unit],
      week: [week, '2027-W04'],
      quarter: ['2026-Q4'],
      number: [talk.ticket],
      name: ['threads'],
      id: [dossier.id, later.id, talk.comment],
      sha256: await Promise.all((Object.keys(marks) as When[]).map(async (when) => hex(await sha256(pictureOf(when))))),
      figure: ['tickets'],
      part: ['part'],
      epoch: ['1'],
      after: ['0'],
      from: ['2026-10-01'],
      to: ['2026-12-31'],
    });
    // Photos of readers, of which there is none, and the list of a week that nobody sealed.
    expect(never).toEqual([
      '/api/v1/comments/{id}/photo',
      '/api/v1/moderation/{id}/photo',
      '/api/v1/tickets/{number}/photos/{sha256}',
      '/api/v1/draws/freeze/{week}',
    ]);
    for (const [n, row] of (await dump(context.database)).split('\n').entries())
      found.set(`table ${row.split(' ')[0]} ${n}`, Buffer.from(row));
    for await (const { name: part, bytes } of backedUp(opened, context.config.origin, clock.ms))
      found.set(`backup ${part}`, bytes);
    for (const path of filesIn(opened.folder)) found.set(`data ${path}`, readFileSync(join(opened.folder, path)));
    found.set('log lines', Buffer.from(lines.join('')));

    const where = (when: When): string[] => [...found].flatMap(([place, bytes]) => (has(bytes, when) ? [place] : []));
    const control = where('open');
    for (const kind of [
      'tree d/',
      'tree draw/',
      'tree search/',
      'tree text/',
      'tree thread/',
      'tree blob/',
      'tree data/diaries.csv',
      'tree data/diaries.ics',
      'tree fragment/',
      'tree article/',
      'file before/',
      'file archive/',
      'table disclosure',
      'table blob',
      'backup ',
      'GET /api/v1/journal/pull',
      'GET /api/v1/reviews/{draw}/{unit}/images/{sha256}',
      'GET /api/v1/dossiers/{id}',
    ])
      expect(
        control.some((place) => place.startsWith(kind)),
        `the public one is in ${kind}`,
      ).toBe(true);
    const tokenOf = new Map(people.map((device, n) => [tokens[n], device]));
    for (const when of withheld.filter((each) => each !== waiting)) expect([when, where(when)]).toEqual([when, []]);
    // Of an offer that waits: its author's picture, the reviewer's page, two tables, and what is made of them.
    const asked = where(waiting).flatMap((place) => {
      const [, method = '', path = '', as = ''] = /^(GET) (\S+) \S+ (.*)$/.exec(place) ?? [];
      return method === '' ? [] : [[path, tokenOf.get(as)]];
    });
    expect(asked).toEqual([
      ['/api/v1/journal/blobs/{sha256}', leader],
      ['/api/v1/reviews/{draw}/{unit}', reviewer],
      ['/api/v1/reviews/{draw}/{unit}/images/{sha256}', reviewer],
    ]);
    const kept = where(waiting).filter((place) => !/^(?:GET |data )/.test(place));
    expect(kept.map((place) => place.replace(/ \d+$|\/\d+\.jsonl$/, ''))).toEqual([
      'table blob',
      'table item_release',
      'backup tables/blob',
      'backup tables/item_release',
    ]);
  }, 120_000);
});

function some<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());

async function upload(app: Hono, leader: Device, when: When): Promise<void> {
  const picture = pictureOf(when);
  const answer = await app.request(`/api/v1/journal/blobs/${hex(await sha256(picture))}`, {
    method: putBlob.method,
    headers: { authorization: `Bearer ${await leader.token()}`, 'content-type': 'image/png' },
    body: picture,
  });
  expect(answer.status).toBe(204);
}

/** An entry of an open week that was delivered, withheld, made public again and withheld again. */
async function withholdTwice(app: Hono, leader: Device, body: Body): Promise<void> {
  const prose: readonly string[] = proseMembers;
  const cover = Object.fromEntries(Object.entries(body).filter(([member]) => !prose.includes(member)));
  const held = { ...cover, hold, digest: 'A'.repeat(43) } as Body;
  const id = await leader.put(body);
  let head = '';
  const sent = async () => {
    const results = await leader.push();
    expect(results.map(({ status }) => status)).toEqual(['APPLIED']);
    head = results[0]?.op ?? '';
  };
  await upload(app, leader, 'draft');
  await sent();
  for (const next of [held, body, held]) {
    if (next === body) await upload(app, leader, 'draft');
    leader.queue(id, head, next);
    await sent();
  }
}

/** On an item a comment that became a ticket, and another that waits. */
async function talkOn(
  world: World,
  moderator: Device,
  place: { readonly draw: string; readonly unit: string; readonly item: number },
) {
  const code = plainCode(receiptCode(world.random(10))) ?? '';
  const post = async (text: string) =>
    send(world, postComment, {
      headers: { origin: 'https://portal.example' },
      body: { ...place, kind: 'question', text, nickname: '读者', codeHash: await codeHashOf(code), consent: true },
    });
  const { number } = await post('请问什么时候好');
  const { rows } = await moderator.call(getQueue);
  const { id, version } = some(rows[0], 'comment');
  expect(rows[0]?.context).toContain(marks.published[0]);
  await moderator.call(postDecision, { params: { id }, body: { decision: 'publish', version, masks: [] } });
  const ticket = await moderator.call(postTicket, { body: { comment: id, clock: 'standard', note: null } });
  await post('还有一问');
  return { comment: id, ticket: ticket.number, receipt: `Receipt ${number}.${code}` };
}

/** Asks every declared GET, with every value known for its parameters, under every authorization, and every plain page. Gives the routes that
 *  nobody was answered. */
async function askAll(
  app: Hono,
  authorizations: readonly string[],
  found: Map<string, Uint8Array>,
  known: Readonly<Record<string, readonly string[]>>,
): Promise<string[]> {
  const never: string[] = [];
  const ask = async (path: string, as: string, name: string): Promise<boolean> => {
    const answer = await app.request(path, { headers: { authorization: as } });
    found.set(`GET ${name} ${path} ${as}`, new Uint8Array(await answer.arrayBuffer()));
    return answer.ok;
  };
  for (const declared of declarationsOf(app).filter(({ method }) => method === 'GET')) {
    let isAnswered = false;
    for (const path of pathsOf(declared, known))
      for (const as of authorizations) if (await ask(path, as, declared.path)) isAnswered = true;
    if (!isAnswered) never.push(declared.path);
  }
  for (const { method, path, handler } of app.routes)
    if (method === 'GET' && !('declared' in handler) && !/[:*]/.test(path)) await ask(path, '', path);
  return never;
}

/** The addresses of a route: one for each choice of what is known of its parameters; of its query what must be there. */
function pathsOf({ path, query }: Endpoint, known: Readonly<Record<string, readonly string[]>>): string[] {
  let paths = [path];
  for (const [whole, param = ''] of path.matchAll(/\{(\w+)\}/g))
    paths = paths.flatMap((each) => some(known[param], param).map((value) => each.replace(whole, value)));
  const entries: object = query !== undefined && 'entries' in query ? (query.entries as object) : {};
  const needed = Object.entries(entries).flatMap(([param, { type }]) =>
    type === 'optional' ? [] : [[param, some(known[param]?.[0], param)]],
  );
  return needed.length === 0 ? paths : paths.map((each) => `${each}?${new URLSearchParams(needed)}`);
}

/** The parts of a backup made now, opened. */
async function* backedUp({ address, folder }: OpenedDatabase, origin: string, now: number) {
  const place = newFolder();
  const [path, configPath, passphrase] = [
    join(place, 'backup.age'),
    join(place, 'sundial.config.json'),
    '四个 词的 口令',
  ];
  writeFileSync(configPath, '{}');
  await writeBackup(path, {
    databaseAddress: address,
    dataFolder: folder,
    origin,
    configPath,
    passphrase,
    now,
    cost: 4,
  });
  yield* readSealed(path, passphrase);
}
