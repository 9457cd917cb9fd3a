/** What jose and @sd-jwt/core, two libraries that others use, say of records and published diaries. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SDJwtInstance } from '@sd-jwt/core';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../shared/proof/verify.ts';
import { type PublishedLog, publishedLog } from './published-log.ts';

let log: PublishedLog;
let leaves: readonly string[];
let keys: ReadonlyMap<string, JWK>;
beforeAll(async () => {
  log = await publishedLog(1);
  leaves = await log.house.leaves();
  keys = await enrolled(leaves);
});
afterAll(() => log.remove());

describe('jose', () => {
  it('accepts the signature of every leaf by the key that its kid names, and of every acknowledgement', async () => {
    const acks = bundles().flatMap(({ lock }) => lock.acks);
    expect(acks.length).toBeGreaterThan(0);
    for (const jws of [...leaves, ...acks]) {
      const { protectedHeader } = await compactVerify(jws, await keyOf(jws), { algorithms: ['ES256'] });
      expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ']);
    }
  });

  it('computes the kids that the log uses', async () => {
    expect(keys.size).toBe(7);
    for (const [kid, jwk] of keys) expect(await calculateJwkThumbprint(jwk)).toBe(kid);
  });

  it('refuses a leaf with another leaf’s signature', async () => {
    const [first = '', second = ''] = leaves.slice(-2);
    const mixed = `${first.slice(0, first.lastIndexOf('.'))}${second.slice(second.lastIndexOf('.'))}`;
    await expect(compactVerify(mixed, await keyOf(first))).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });
});

describe('@sd-jwt/core', () => {
  it('accepts every published diary and finds in it every item in order, a withheld one without its text', async () => {
    expect(bundles()).toHaveLength(3);
    for (const { diary, want } of bundles()) {
      const { payload } = await reader(diary).verify(diary);
      const said = (what: string) => ({ item: { text: `${want.unit}2026-W47${what}` } });
      expect(payload).toMatchObject({
        iss: want.unit,
        week: '2026-W47',
        diary: {
          zone: 'Asia/Shanghai',
          items: [
            { kind: 'title', ...said('的标题') },
            { kind: 'entry', ...said('例会，逐项过工期<b>&') },
            { kind: 'entry', start: '2026-11-16T23:30', ...said('看便桥') },
            { kind: 'entry', hold: { ground: 'state-secret' } },
            { kind: 'review', ...said('当日复盘') },
            { kind: 'review', ...said('一周复盘') },
          ],
        },
      });
      expect(payload).not.toHaveProperty('diary.items.3.item');
    }
  });

  it('takes up no word that was not signed', async () => {
    const [{ diary } = { diary: '' }] = bundles();
    const parts = diary.split('~');
    const told = Buffer.from(parts[3] ?? '', 'base64url').toString('utf8');
    expect(told).toContain('例会');
    const other = Buffer.from(told.replace('例会', '招待会')).toString('base64url');
    const altered = parts.with(3, other).join('~');
    // RFC 9901 7.1 has it refuse; this version leaves such a disclosure out instead.
    const { payload } = await reader(altered).verify(altered);
    expect(JSON.stringify(payload)).not.toContain('招待会');
    const [jws = ''] = parts;
    const resigned = diary.replace(jws, `${jws.slice(0, -4)}AAAA`);
    await expect(reader(resigned).verify(resigned)).rejects.toThrow();
  });
});

/** Keys by kid out of the `wd-key+jwt` leaves. */
async function enrolled(texts: readonly string[]): Promise<Map<string, JWK>> {
  const found = new Map<string, JWK>();
  for (const text of texts) {
    const header = decodeProtectedHeader(text);
    const [, body = ''] = text.split('.');
    const payload: { jwk?: JWK } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    if (header.typ === 'wd-key+jwt' && payload.jwk) found.set(await calculateJwkThumbprint(payload.jwk), payload.jwk);
  }
  return found;
}

const keyOf = (jws: string) => importJWK(keys.get(decodeProtectedHeader(jws).kid ?? '') ?? {}, 'ES256');

function bundles(): Bundle[] {
  const folder = join(log.tree, 'draw', 'd-2026-w47');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** A verifier of theirs with the key of the diary's leader. */
const reader = (diary: string) =>
  new SDJwtInstance({
    hashAlg: 'sha-256',
    hasher: (text) =>
      new Uint8Array(
        createHash('sha256')
          .update(new Uint8Array(bytesOf(text)))
          .digest(),
      ),
    verifier: async (signed, signature) => {
      const [jws = ''] = diary.split('~');
      const good = await compactVerify(`${signed}.${signature}`, await keyOf(jws));
      return good.payload.length > 0;
    },
  });

const bytesOf = (text: string | ArrayBuffer): ArrayBuffer | Uint8Array =>
  typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
