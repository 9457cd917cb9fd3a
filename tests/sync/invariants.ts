/** The fourteen invariants of journal-sync 1, each by its number in the protocol's own list. Each throws `Broken` with what it found. */
import { sql } from 'kysely';
import { trayItems } from '../../extension/store/queries.ts';
import { broughtBack } from '../../server/features/journal/bring-back.ts';
import { rowsOfWeek } from '../../server/features/journal/queries.ts';
import { indexOfLeaf } from '../../server/log/prove.ts';
import type { Body } from '../../shared/api/journal.ts';
import { diaryItems, manifestOf } from '../../shared/diary/journal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { Device } from './device.ts';
import type { House } from './house.ts';
import type { Typed } from './ledger.ts';
import { viewOf, type World } from './world.ts';

/** An invariant does not hold. */
export class Broken extends Error {
  readonly invariant: number;

  constructor(invariant: number, found: string) {
    super(`invariant ${invariant}: ${found}`);
    this.name = 'Broken';
    this.invariant = invariant;
  }
}

function check(invariant: number, holds: boolean, found: () => string): void {
  if (!holds) throw new Broken(invariant, found());
}

/** After every step, of the devices it touched. */
export async function checkStep(world: World, touched: readonly Device[]): Promise<void> {
  for (const device of touched) await pendingTextIsOnScreen(world, device);
  await sealedWeeksStandStill(world);
  cursorsSkipNothing(world);
  withheldTextIsNotSent(world);
  await nothingIsOverwrittenUnseen(world);
}

/** When all devices have come to rest. */
export async function checkRest(world: World): Promise<void> {
  await outboxesAreEmpty(world);
  await viewsEqualTheServer(world);
  await everyTextIsKept(world);
  await withheldTextIsWithItsEntry(world);
  await opsTakeEffectOnce(world);
  await rowsEqualTheServer(world);
  refusedOpsHoldUpNothing(world);
  await oldSchemasAreTaken(world);
  await redactedTextIsGone(world);
  await sealsOfTheLogCount(world);
}

/** 1: outboxes drain. */
async function outboxesAreEmpty({ devices }: World): Promise<void> {
  for (const { context } of devices) {
    const left = await context.database.outbox.toArray();
    check(1, left.length === 0, () => `${left.length} ops wait: ${JSON.stringify(left)}`);
  }
}

/** 2: all views equal the server, but for lines that wait on a device for the signing one. */
async function viewsEqualTheServer(world: World): Promise<void> {
  const rows = await liveRows(world.house);
  for (const device of world.devices) {
    const held = await device.context.database.held.toArray();
    const parked = new Set(held.flatMap((item) => (item.parked === null ? [] : [item.id])));
    const plain = (all: readonly { id: string; head: string | null; body: Body | null }[]) =>
      canonical(all.flatMap(({ id, head, body }) => (parked.has(id) ? [] : [[id, head, body]])).sort(byId));
    const [shown, server] = [plain(await viewOf(device, world.ledger)), plain(rows)];
    check(2, shown === server, () => `a device shows ${shown}, the server has ${server}`);
  }
}

/** 3: every text ever typed is in the server's history, in a tray, or withheld on a device. Gone by intent is what its author gave up, and
 *  what the server had of an entry when it was withheld: its op is there, without words. */
async function everyTextIsKept({ house, devices, ledger, told }: World): Promise<void> {
  const applied = await appliedOps(house);
  const kept = JSON.stringify([
    applied,
    await liveRows(house),
    await Promise.all(devices.map(({ context }) => trayItems(context.database))),
    await Promise.all(devices.map(({ context }) => context.database.held.toArray())),
  ]);
  const redacted = new Set(applied.flatMap(({ id, body }) => (body?.text === undefined ? [id] : [])));
  const replaced = textsBefore([...ledger.typed.values()], kept);
  for (const { text, ids, givenUp } of ledger.typed.values()) {
    const isRedacted = told.arrived.has(text) && [...ids].some((id) => ledger.withheld.has(id) && redacted.has(id));
    // What a restored server lacks and its author had replaced is not asked about.
    const isGone = givenUp || isRedacted || (ledger.restored && replaced.has(text));
    check(3, isGone || kept.includes(text), () => `${text} is nowhere`);
  }
}

/** Texts that their authors had before the eyes when they put one that is kept, or one that such a one took the place of. */
function textsBefore(typed: readonly Typed[], kept: string): ReadonlySet<string> {
  const before = new Set<string>();
  // A text is put after those that were seen with it.
  for (const { text, seen } of [...typed].reverse())
    if (kept.includes(text) || before.has(text)) for (const each of seen) before.add(each);
  return before;
}

/** 3, of what is withheld: where an entry stands withheld a signing device has its words, so that its week can be sealed. Of what the server
 *  was put back to, the words may have gone with the deletion of their entry. */
async function withheldTextIsWithItsEntry(world: World): Promise<void> {
  if (world.ledger.restored) return;
  const signing = world.devices.filter(({ signs }) => signs);
  const views = await Promise.all(signing.map((device) => viewOf(device, world.ledger)));
  for (const { id, body } of await liveRows(world.house)) {
    if (body?.hold === undefined) continue;
    const has = views.some((view) => view.some((written) => written.id === id && written.held !== null));
    check(3, has, () => `${id} is withheld and its words are nowhere`);
  }
}

/** 4: no op overwrites a text that its author had not seen. */
async function nothingIsOverwrittenUnseen({ house, ledger }: World): Promise<void> {
  const applied = await appliedOps(house);
  const byOp = new Map(applied.map((each) => [each.op, each]));
  for (const { id, parent, kind, body } of applied) {
    const before = parent === null ? undefined : byOp.get(parent)?.body?.text;
    if (before === undefined) continue;
    if (kind === 'del')
      check(4, ledger.deletedSeeing.get(id)?.has(before) === true, () => `${before} was deleted unseen`);
    else if (body?.text !== undefined) {
      const seen = ledger.typed.get(body.text)?.seen;
      check(4, seen?.has(before) === true, () => `${before} was overwritten unseen by ${body.text}`);
    }
  }
}

/** 5: an op takes effect once: a text is put as often as its author asked, and what took effect is not refused as well. */
async function opsTakeEffectOnce({ house, devices, ledger }: World): Promise<void> {
  // What came back with a seal took effect before the server was restored.
  const applied = (await appliedOps(house)).filter(({ n }) => n !== broughtBack);
  for (const { text, puts } of ledger.typed.values()) {
    const times = applied.filter(({ body }) => body?.text === text).length;
    check(5, times <= puts, () => `${text} was put ${puts} times and took effect ${times} times`);
  }
  for (const { context } of devices)
    for (const { id, body, reason } of await trayItems(context.database)) {
      if (reason !== 'CONFLICT' || body?.text === undefined || (ledger.typed.get(body.text)?.puts ?? 0) > 1) continue;
      const twin = applied.find((each) => each.id === id && each.body?.text === body.text);
      check(5, twin === undefined, () => `${body.text} took effect and was refused as well`);
    }
}

/** 6: pending text never leaves the screen: what its author put last is shown, or in the tray, or has arrived. */
async function pendingTextIsOnScreen(world: World, device: Device): Promise<void> {
  const view = await viewOf(device, world.ledger);
  world.ledger.show(device, view);
  const missing = [...world.ledger.lastOn(device)].filter(
    ([id, text]) => !view.some((written) => written.id === id && written.body.text === text),
  );
  if (missing.length === 0) return;
  const tray = JSON.stringify(await trayItems(device.context.database));
  for (const [, text] of missing)
    check(6, tray.includes(text) || world.told.arrived.has(text), () => `${text} has left the screen`);
}

/** 7: a sealed week never changes unless its leader reopened it before the freeze. 8: the signed manifest equals the stored week. Both:
 *  while a week is shut, what is stored is what was signed, from the moment of the seal on. */
async function sealedWeeksStandStill({ house, ledger }: World): Promise<void> {
  const { db } = house.database;
  const shut = await db
    .selectFrom('week_state')
    .innerJoin('seal', 'seal.seal_hash', 'week_state.sealed_seal_hash')
    .select(['seal.week', 'seal.author', 'seal.manifest', 'seal.seal_hash'])
    .where('open', '=', 0)
    .execute();
  for (const { week, author, manifest, seal_hash } of shut) {
    const stored = canonical(manifestOf(diaryItems(await rowsOfWeek(db, author, week))));
    const isNew = !ledger.seals.has(seal_hash);
    ledger.seals.add(seal_hash);
    const signed = canonical(JSON.parse(manifest));
    check(isNew ? 8 : 7, stored === signed, () => `${week} is ${stored}, signed was ${signed}`);
  }
}

/** 9, on the wire: `seq` strictly rises, and the cursor never goes back. */
function cursorsSkipNothing({ told }: World): void {
  for (const { after, rows, next } of told.pages.splice(0)) {
    const seqs = rows.map(({ seq }) => seq);
    check(
      9,
      seqs.every((seq, n) => n === 0 || seq > (seqs[n - 1] ?? 0)),
      () => `a page after ${after} has ${seqs}`,
    );
    check(9, next >= after, () => `the cursor went back from ${after} to ${next}`);
  }
}

/** 9, at rest: no row, not even of something deleted, was skipped by a cursor. */
async function rowsEqualTheServer({ house, devices }: World): Promise<void> {
  const rows = await house.database.db.selectFrom('entry').select(['id', 'head', 'seq']).orderBy('id').execute();
  const server = canonical(rows.map(({ id, head, seq }) => [id, head, seq]));
  for (const { context } of devices) {
    const known = await context.database.rows.orderBy('id').toArray();
    const device = canonical(known.map(({ id, head, seq }) => [id, head, seq]));
    check(9, device === server, () => `a device has rows ${device}, the server has ${server}`);
  }
}

/** 10: a rejected op never blocks others: every op of a batch got its own answer. With 1, all were settled by it. */
function refusedOpsHoldUpNothing({ told }: World): void {
  for (const { op, result } of told.pushed)
    check(10, result?.op === op.op, () => `op ${op.op} was answered by ${JSON.stringify(result)}`);
}

/** 11: ops of schema N-1 are accepted after the upgrade, and what this version does not know of them is kept. */
async function oldSchemasAreTaken({ house, told }: World): Promise<void> {
  check(11, !told.refused.includes('SCHEMA_TOO_OLD'), () => 'a batch was refused as too old');
  for (const { op, result } of told.pushed)
    check(11, op.schema > 1 || !['TOO_NEW', 'INVALID'].includes(result.status), () => `an old op is ${result.status}`);
  for (const { body, schema } of await appliedOps(house))
    if (schema === 1 && body !== null && body.hold === undefined)
      check(11, body.laterUnknown === '留着', () => `an unknown member is lost: ${JSON.stringify(body)}`);
}

/** What a history led to, for authors: texts of the server, trays, and how the weeks stand. */
export async function outcomeOf({ house, devices }: World): Promise<string> {
  const texts = (await liveRows(house)).map(({ week, body }) => `${week} ${body?.text ?? 'held'}`).sort();
  const trays = await Promise.all(
    devices.map(async ({ context }) =>
      (await trayItems(context.database)).map(({ reason, body }) => `${reason} ${body?.text}`).sort(),
    ),
  );
  const states = await house.database.db.selectFrom('week_state').selectAll().orderBy('week').execute();
  const standing = states.map(({ week, open, sealed_seal_hash, frozen_draw }) => [
    week,
    open,
    sealed_seal_hash !== null,
    frozen_draw,
  ]);
  return canonical({ texts, trays, standing });
}

/** 12: moving the client's clock changes no outcome of sync: the same history with right clocks comes to the same. */
export function clocksChangeNothing(outcome: string, withRightClocks: string): void {
  check(12, outcome === withRightClocks, () => `${outcome}, with right clocks ${withRightClocks}`);
}

/** 13: after a redaction no query, export, backup or log of the server gives the prose: it is in no column of any table. */
async function redactedTextIsGone({ house, ledger }: World): Promise<void> {
  const held = new Set((await liveRows(house)).flatMap(({ id, body }) => (body?.hold === undefined ? [] : [id])));
  if (held.size === 0) return;
  const everything = JSON.stringify([...(await house.backup()).values()]) + (await disclosedTexts(house));
  for (const { text, ids } of ledger.typed.values())
    check(13, ![...ids].every((id) => held.has(id)) || !everything.includes(text), () => `${text} is on the server`);
}

/** 14: after a restore that carried the log on, the newest seal that the log has of a week counts, as soon as the device that has its texts came. */
async function sealsOfTheLogCount({ house, devices }: World): Promise<void> {
  const { db } = house.database;
  const copies = await Promise.all(devices.map(({ context }) => context.database.seals.toArray()));
  const newest = new Map<string, { readonly rev: number; readonly seal: string }>();
  for (const { jws, week, rev, seal } of copies.flat().sort((a, b) => a.rev - b.rev))
    if ((await indexOfLeaf(db, jws)) !== null) newest.set(week, { rev, seal });
  const states = await db.selectFrom('week_state').select(['week', 'sealed_seal_hash']).execute();
  for (const [week, { seal }] of newest) {
    const counts = states.find((state) => state.week === week)?.sealed_seal_hash;
    check(14, counts === seal, () => `of ${week} ${seal} is the newest in the log, ${counts} counts`);
  }
}

/** 13, on the wire: once a text is withheld on a device, no request of it carries that text. */
function withheldTextIsNotSent({ told, ledger }: World): void {
  for (const { device, words } of told.sent.splice(0))
    for (const text of ledger.barred.get(device) ?? [])
      check(13, !words.includes(text), () => `${text} was sent after it was withheld: ${words}`);
}

/** The disclosures of all seals in the clear. */
async function disclosedTexts({ database }: House): Promise<string> {
  const { rows } = await sql<{ encoded: string | null }>`select encoded from disclosure`.execute(database.db);
  return rows.map(({ encoded }) => Buffer.from(encoded ?? '', 'base64url').toString('utf8')).join('\n');
}

interface AppliedOp {
  readonly op: string;
  readonly n: number;
  readonly id: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly schema: number;
  readonly body: Body | null;
}

async function appliedOps({ database }: House): Promise<readonly AppliedOp[]> {
  const rows = await database.db
    .selectFrom('op')
    .select(['op', 'n', 'id', 'parent', 'kind', 'schema', 'body'])
    .where('status', '=', 'APPLIED')
    .execute();
  return rows.map((row) => ({ ...row, body: row.body === null ? null : JSON.parse(row.body) }));
}

async function liveRows({ database }: House) {
  const rows = await database.db.selectFrom('entry').selectAll().where('del', '=', 0).execute();
  return rows.map(({ id, head, week, body }): { id: string; head: string; week: string; body: Body | null } => ({
    id,
    head,
    week,
    body: body === null ? null : JSON.parse(body),
  }));
}

const byId = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);
