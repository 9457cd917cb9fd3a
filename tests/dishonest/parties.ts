/** The parties of verification.md 11 who look at a server: each with the product's own code, over the server's real answers. */

import { changeProfile, progressOf } from '../../extension/store/database.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { auditForOwnUnit } from '../../extension/sync/own-audit.ts';
import { tileProver } from '../../server/public/read-tree.ts';
import type { TreeSource } from '../../server/public/source.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { checkHead, verifyBundle } from '../../shared/proof/verify.ts';
import { type House, tokenOf } from '../draws/house.ts';
import { openProfile } from '../extension/profile-double.ts';

const sourceOf = (house: House): TreeSource => ({
  read: async (path) => {
    const answer = await house.get(path);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  },
});

/** A reader with pins and a memory, who checks as the widget does: the checkpoint first, then the bundle. */
export function reader() {
  let seen: Head | undefined;
  return {
    /** The failure, or the notices of a diary that verifies. */
    async read(house: House, unit: string, draw = 'd-2026-w47'): Promise<string | readonly string[]> {
      const { vkey, organiser } = house.pins();
      const prove = tileProver(sourceOf(house));
      const head = await checkHead(await (await house.get('checkpoint')).text(), vkey, seen, prove);
      if (!head.ok) return head.problem;
      seen = head.value;
      const bundle = await (await house.get(`draw/${draw}/${unit}.json`)).text();
      const options = { want: { draw, unit }, prove, bls: loadedBls };
      const verdict = await verifyBundle(bundle, { vkey, organiser }, { seen }, options);
      return verdict.ok ? verdict.notices : verdict.failure;
    },
    /** Only looks at the checkpoint, as on every page with a diary. */
    async pass(house: House): Promise<string | null> {
      const note = await (await house.get('checkpoint')).text();
      const head = await checkHead(note, house.pins().vkey, seen, tileProver(sourceOf(house)));
      if (head.ok) seen = head.value;
      return head.ok ? null : head.problem;
    },
  };
}

/** Whoever runs `sundial verify` with pins and `--seen`. */
export function auditor() {
  let seen: Head | undefined;
  return {
    /** Codes of everything that was found, each once. */
    async check(house: House): Promise<readonly string[]> {
      const check = { pins: house.pins(), seen: () => seen, progress: () => undefined, bls: loadedBls };
      const report = await verifyTree(sourceOf(house), check);
      seen = report.head ?? seen;
      return [...new Set(report.failures.map(({ code }) => code))];
    },
  };
}

/** The extension of a unit's leader, by its own clock; `send`: what the server does with its requests. */
export async function leader(house: House, unit: string, now: () => number = house.now, send = house.send) {
  const profile = await openProfile(
    async (address, init) => send(new URL(address).pathname + new URL(address).search, init),
    { enrolled: false, now: () => now() * 1000 },
  );
  const { context } = profile;
  const { database } = context;
  const { kid, jwk, privateKey } = house.keyOf(unit);
  await database.keys.put({ kid, use: 'leader', actor: unit, privateKey, publicKey: jwk, addedAt: 0 });
  await changeProfile(database, {
    server: { address: 'https://diary.example', origin: house.context.config.origin },
    device: { id: `d-${unit}`, kid: `device-${unit}`, state: 'active' },
    grants: [{ role: 'leader', unit, actor: unit }],
    pins: { origin: house.context.config.origin, ...house.pins() },
  });
  await context.token.write({ token: tokenOf(unit), expiresAt: 4_000_000_000 });
  return {
    database,
    /** Looks at the log and acknowledges what it may: the alarm, or null where there is none. */
    async look(): Promise<string | null> {
      await giveAcks(context);
      const { logProblem, ackProblem } = await progressOf(database);
      return logProblem ?? ackProblem;
    },
    /** What the whole log shows to be wrong for its unit. */
    async audit(): Promise<readonly string[]> {
      await auditForOwnUnit(context);
      return (await progressOf(database)).auditProblems ?? [];
    },
    /** Sizes of the heads that it signed. */
    signed: async (): Promise<readonly number[]> =>
      (await database.heads.toArray()).flatMap(({ size, ackedAt }) => (ackedAt === null ? [] : [size])),
  };
}
