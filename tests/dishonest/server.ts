/** What an operator can do who owns the database, the checkpoint key and, here, the organiser's key too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { writeAudit } from '../../server/database/audit.ts';
import { openDatabase } from '../../server/database/open.ts';
import { appendLeaf } from '../../server/log/append.ts';
import type { KeyAdd, RecordKind } from '../../shared/proof/records.ts';
import { type Issued, signerOf, signPossession, signRecord, type Unsigned } from '../../shared/proof/sign.ts';
import { type Jwk, type Signer, thumbprint } from '../../shared/proof/signature.ts';
import { deadline, type House, must, openHouse, units } from '../draws/house.ts';

export const week = '2026-W47';
export const draw = 'd-2026-w47';

/** A house on SQLite with its rule, where `sealed` have sealed and the deadline has passed. */
export async function begun(sealed: readonly string[] = units): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const house = await openHouse({ database, address, folder });
  await must(house.setRule());
  for (const unit of sealed) await house.seal(unit);
  house.at(deadline + 60);
  return house;
}

/** Takes the log and all that hangs on it back to `size` leaves, as if nothing had come after. */
export async function rewind(house: House, size: number): Promise<void> {
  const { db } = house;
  for (const table of ['log_leaf', 'log_head'])
    await sql`drop trigger if exists ${sql.id(`${table}_no_delete`)}`.execute(db);
  await db.deleteFrom('log_leaf').where('idx', '>=', size).execute();
  await db.deleteFrom('log_head').where('size', '>', size).execute();
  await db.deleteFrom('nonce').where('idx', '>=', size).execute();
  const draws = db.selectFrom('draw').select('draw').where('list_idx', '>=', size);
  await db.deleteFrom('ack').where('draw', 'in', draws).execute();
  await db.deleteFrom('draw').where('list_idx', '>=', size).execute();
  await db.updateTable('week_state').set({ frozen_draw: null }).execute();
  await touch(house);
}

/** Lets the public files be made anew after a change that left no trace. */
export const touch = (house: House): Promise<void> =>
  house.context.database.transaction((trx) =>
    writeAudit(trx, { at: house.now(), actor: 'nobody', action: 'draw.lock', subject: '' }),
  );

/** Logs a record as it is, past every handler. */
export async function slipIn<K extends RecordKind>(
  house: House,
  kind: K,
  payload: Unsigned<K> & Issued,
  signer: Signer = house.keyOf(payload.iss),
): Promise<number> {
  const jws = await signRecord(kind, payload, signer);
  return (await house.context.database.transaction((trx) => appendLeaf(trx, house.context, jws))).index;
}

/** Enrols a key of the operator's own in the name of a unit, and gives it. */
export async function enrolFake(house: House, unit: string, more: Pick<KeyAdd, 'why' | 'old'> = {}): Promise<Signer> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk: Jwk = { crv: 'P-256', kty: 'EC', x, y };
  const signer = signerOf(await thumbprint(jwk), pair.privateKey);
  const pop = await signPossession(house.context.config.origin, unit, house.now(), signer);
  await slipIn(house, 'wd-key+jwt', {
    op: 'add',
    sub: unit,
    role: 'leader',
    jwk,
    pop,
    ...more,
    iss: 'org',
    iat: house.now(),
  });
  return signer;
}

/** From the list to the publication with as many acknowledgements as come in, by judges that say yes to everything. */
export async function forceDraw(house: House, acking: readonly string[], at: number): Promise<string[]> {
  for (const unit of acking) await must(house.ack(unit));
  house.at(at);
  await must(house.draw());
  await must(house.publish());
  return (await house.proposal()).drawn.map(({ unit }) => unit);
}
