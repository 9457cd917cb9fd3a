import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { appendLeaf } from '../../server/log/append.ts';
import {
  consistencyProof,
  entriesBytes,
  headAt,
  inclusionProof,
  newestHead,
  tileBytes,
} from '../../server/log/prove.ts';
import { fromB64 } from '../../shared/base/bytes.ts';
import { noteVerifies, parseNote, parseVkey } from '../../shared/proof/checkpoint.ts';
import { nodesOf, rootOf } from '../../shared/proof/prove.ts';
import { decodeEntries } from '../../shared/proof/tiles.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../shared/proof/tree.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const bytesOf = (text: string) => fromB64(text) ?? new Uint8Array();

eachDatabase((name, open) => {
  test('each head is signed by both keys, and every leaf and earlier head is proved against it', async () => {
    const { context } = await openServer(await open());
    const { db, transaction } = context.database;
    expect(await newestHead(db)).toBeNull();
    const leaves = Array.from({ length: 9 }, (_, i) => `leaf ${i}`);
    for (const leaf of leaves) await transaction((trx) => appendLeaf(trx, context, leaf));
    const head = await newestHead(db);
    const note = parseNote(head?.note ?? '');
    for (const vkey of [context.log.vkey, context.log.vkeyEd25519]) {
      const key = await parseVkey(vkey);
      expect(note !== null && key !== null && (await noteVerifies(note, [key]))).toBe(true);
    }
    const hashes = await Promise.all(leaves.map((leaf) => leafHash(leaf)));
    const root = await rootOf(9, nodesOf(hashes));
    expect(bytesOf(head?.root ?? '')).toEqual(root);
    for (const [index, hash] of hashes.entries()) {
      const path = (await inclusionProof(db, index, 9)).map(bytesOf);
      expect(await verifyInclusion(hash, index, 9, path, root)).toBe(true);
    }
    for (let size = 1; size <= 9; size += 1) {
      const earlier = bytesOf((await headAt(db, size))?.root ?? '');
      const proof = (await consistencyProof(db, size, 9)).map(bytesOf);
      expect(await verifyConsistency(size, 9, earlier, root, proof)).toBe(true);
    }
  });

  test('an append in a transaction that fails leaves no trace', async () => {
    const { context } = await openServer(await open());
    const failing = context.database.transaction(async (trx) => {
      await appendLeaf(trx, context, 'never');
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await newestHead(context.database.db)).toBeNull();
    const { index } = await context.database.transaction((trx) => appendLeaf(trx, context, 'first'));
    expect(index).toBe(0);
  });

  test('leaves, heads, tiles and audit refuse every change and deletion', async () => {
    const { context } = await openServer(await open());
    const { db } = context.database;
    await context.database.transaction((trx) => appendLeaf(trx, context, 'leaf'));
    await db.insertInto('log_tile').values({ level: 9, n: 0, hashes: '', root: '' }).execute();
    await db.insertInto('audit').values({ at: 1, actor: 'org', action: 'x.y', subject: 's', facts: '{}' }).execute();
    const changes = {
      log_leaf: "jws = 'x'",
      log_head: "root = 'x'",
      log_tile: "root = 'x'",
      audit: "actor = 'x'",
    } as const;
    for (const [table, change] of Object.entries(changes)) {
      await expect(sql.raw(`update ${table} set ${change}`).execute(db)).rejects.toThrow('append only');
      await expect(sql.raw(`delete from ${table}`).execute(db)).rejects.toThrow('append only');
      if (name === 'PostgreSQL') await expect(sql.raw(`truncate ${table}`).execute(db)).rejects.toThrow('append only');
    }
  });

  test('two servers on one database append at once without a gap, a fork or a lost leaf', async () => {
    const opened = await open();
    // SQLite belongs to one process: there the second server shares the handle.
    const another = name === 'PostgreSQL' ? await openDatabase(opened.address) : null;
    const second = { ...opened, database: another ?? opened.database };
    const servers = [await openServer(opened), await openServer(second)];
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const context = servers[i % 2]?.context;
        if (context === undefined) throw new Error('no server');
        return context.database.transaction((trx) => appendLeaf(trx, context, `leaf ${i}`));
      }),
    );
    const rows = await opened.database.db.selectFrom('log_leaf').selectAll().orderBy('idx').execute();
    expect(rows.map((row) => row.idx)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(new Set(rows.map((row) => row.jws)).size).toBe(40);
    const root = await rootOf(40, nodesOf(rows.map((row) => bytesOf(row.leaf_hash))));
    expect(bytesOf((await newestHead(opened.database.db))?.root ?? '')).toEqual(root);
    await another?.close();
  });

  test('a full tile is written as it fills, and partial tiles and entry bundles follow the log', async () => {
    const { context } = await openServer(await open());
    const { db, transaction } = context.database;
    await transaction(async (trx) => {
      for (let i = 0; i < 259; i += 1) await appendLeaf(trx, context, `leaf ${i}`);
    });
    const hashes = await Promise.all(Array.from({ length: 259 }, (_, i) => leafHash(`leaf ${i}`)));
    expect(await tileBytes(db, 0, 0, 256)).toEqual(new Uint8Array(hashes.slice(0, 256).flatMap((hash) => [...hash])));
    expect((await tileBytes(db, 0, 1, 3))?.length).toBe(96);
    expect(await tileBytes(db, 0, 1, 4)).toBeNull();
    expect((await tileBytes(db, 1, 0, 1))?.length).toBe(32);
    expect(decodeEntries((await entriesBytes(db, 1, 3)) ?? new Uint8Array())?.length).toBe(3);
    expect(await entriesBytes(db, 1, 4)).toBeNull();
    const root = bytesOf((await newestHead(db))?.root ?? '');
    for (const index of [0, 255, 256, 258]) {
      const path = (await inclusionProof(db, index, 259)).map(bytesOf);
      expect(await verifyInclusion(hashes[index] ?? new Uint8Array(), index, 259, path, root)).toBe(true);
    }
  });
});
