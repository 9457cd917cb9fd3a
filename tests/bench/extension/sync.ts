/** 10,000 ops in batches of 200 through the real client and a real server process on SQLite, against 50 posts of the same bytes to a server
 *  that only inserts, with the same deletions and puts by bulk calls in the client. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { enrol } from '../../../server/demo/cast.ts';
import { Device } from '../../../server/demo/device.ts';
import { Jwk } from '../../../shared/api/field.ts';
import { thumbprint } from '../../../shared/proof/signature.ts';
import { settings } from '../../fixtures/app.ts';
import { openProfile, type Profile } from '../../fixtures/profile.ts';
import { openRealServer, type RealServer, realWorld } from '../../fixtures/real-server.ts';
import { freePort } from '../../fixtures/served.ts';
import { entriesUntil, median, numbered, put, rounded } from './store.ts';

export interface SyncFigures {
  readonly syncPer10kVsFloor: number;
  readonly syncPer10kMs: number;
  readonly floorPer10kMs: number;
}

const opsInARun = 10_000;
const runs = 3;

/** Runs both in turn, each in a browser of its own. */
export async function measureSync(): Promise<SyncFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-sync-'));
  const server = await openRealServer(settings);
  const floor = await openFloor(join(folder, 'floor.sqlite'));
  const real = await openProfile(join(folder, 'real'));
  const bare = await openProfile(join(folder, 'bare'));
  try {
    const page = await withoutScreen(real);
    await enrolPage(page, server);
    const barePage = await withoutScreen(bare);
    const [realMs, floorMs]: [number[], number[]] = [[], []];
    for (let run = 0; run <= runs; run += 1) {
      const ops = opsOf(run, run === 0 ? 200 : opsInARun);
      await put(page, { log: ops.map((op) => ({ ...op, blanked: false })) });
      await put(page, { outbox: ops.map((op) => ({ ...op, sent: false })) });
      const realRun = await page.evaluate(syncNow);
      await put(barePage, { outbox: ops.map((op) => ({ ...op, sent: false })) });
      const floorRun = await barePage.evaluate(postAndKeep, { address: floor.address, ops });
      if (run === 0) continue;
      realMs.push(realRun);
      floorMs.push(floorRun);
    }
    return {
      syncPer10kVsFloor: rounded(median(realMs) / median(floorMs)),
      syncPer10kMs: rounded(median(realMs)),
      floorPer10kMs: rounded(median(floorMs)),
    };
  } finally {
    await real.close();
    await bare.close();
    floor.stop();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A page of the extension that shows nothing and reads nothing, once the store was made by one that does. */
async function withoutScreen(profile: Profile): Promise<Page> {
  const page = await profile.open('popup.html');
  await page.getByRole('textbox', { name: '记一条' }).waitFor();
  await page.goto(`chrome-extension://${profile.extensionId}/manifest.json`);
  return page;
}

function opsOf(run: number, count: number) {
  return entriesUntil(new Date(), count).map((body, at) => {
    const n = run * opsInARun + at + 1;
    const [op, id] = [numbered('c', n), numbered('d', n)];
    return { op, n, id, parent: null, kind: 'put', schema: 1, at: '2026-11-20T08:00:00.000Z', body };
  });
}

async function openFloor(file: string): Promise<{ readonly address: string; readonly stop: () => void }> {
  const port = await freePort();
  const script = join(import.meta.dirname, 'floor-server.ts');
  const child = spawn(process.execPath, [script, file, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { address: `http://127.0.0.1:${port}/`, stop: () => void child.kill() };
}

/** Makes the page's profile a device of a leader of the server. */
async function enrolPage(page: Page, { issuer, invitation }: RealServer): Promise<void> {
  const world = realWorld(issuer);
  const organiser = await Device.claim(world, invitation, true);
  const leader = await enrol(world, organiser, { name: '局长', role: 'leader', unit: 'u01' });
  const { id, grants, origin, key } = await leader.save();
  const publicKey = v.parse(Jwk, { crv: 'P-256', kty: 'EC', x: key.x, y: key.y });
  const kid = await thumbprint(publicKey);
  await page.evaluate(
    async ({ id, kid, grants, origin, key, publicKey, issuer }) => {
      const curve = { name: 'ECDSA', namedCurve: 'P-256' };
      const privateKey = await crypto.subtle.importKey('jwk', key, curve, false, ['sign']);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('sundial');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction(['profile', 'keys'], 'readwrite');
      transaction.objectStore('keys').put({ kid, use: 'device', actor: null, privateKey, publicKey, addedAt: 1 });
      transaction.objectStore('profile').put({
        id: 'main',
        server: { address: issuer, origin },
        device: { id, kid, state: 'active' },
        person: null,
        grants,
        organisation: null,
        organisationAt: 0,
        rule: null,
        pins: null,
        language: 'zh',
      });
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(transaction.error);
      });
      database.close();
    },
    { id, kid, grants, origin, key, publicKey, issuer },
  );
}

/** Runs in the page: asks the worker for a sync and waits until nothing is left to send. */
async function syncNow(): Promise<number> {
  const { runtime }: { runtime: { sendMessage: (message: object) => Promise<boolean> } } = Reflect.get(
    globalThis,
    'chrome',
  );
  const began = performance.now();
  const isDone = await runtime.sendMessage({ kind: 'sync', soon: true });
  const ms = performance.now() - began;
  if (!isDone) throw new Error('the sync did not come to its end');
  return ms;
}

/** Runs in the page: the same posts, deletions and puts, and nothing else. */
async function postAndKeep({
  address,
  ops,
}: {
  readonly address: string;
  readonly ops: readonly { readonly n: number; readonly id: string; readonly op: string; readonly body: object }[];
}): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('sundial');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const began = performance.now();
  for (let from = 0; from < ops.length; from += 200) {
    const batch = ops.slice(from, from + 200);
    const body = JSON.stringify({ epoch: 1, device: 'd', ops: batch });
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    const answer = await fetch(address, init);
    const { results }: { results: readonly { readonly seq: number }[] } = await answer.json();
    const transaction = database.transaction(['outbox', 'rows'], 'readwrite', { durability: 'strict' });
    for (const [at, { n, id, op, body }] of batch.entries()) {
      transaction.objectStore('outbox').delete(n);
      const week = Reflect.get(body, 'week');
      const seq = results[at]?.seq;
      transaction.objectStore('rows').put({ id, head: op, seq, schema: 1, del: false, week, body, epoch: 1 });
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
    });
  }
  const ms = performance.now() - began;
  database.close();
  return ms;
}
