/** Public trees of a real server at each stage of two draws: W47 from freeze to publication, W48 void and drawn again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/database/open.ts';
import { publicPaths } from '../../server/public/tree.ts';
import { isDraw } from '../../shared/proof/records.ts';
import type { DrawFile } from '../../shared/proof/verify-draw.ts';
import { deadline, type House, must, notBefore, openHouse, units, values } from '../draws/house.ts';
import type { Tree } from './site.ts';

export const first = 'd-2026-w47';
const voided = 'd-2026-w48';
const again = 'd-2026-w48-r2';
export const reason = '开奖改期';
export const reasons = ['开奖延期', '期号写错了'];

export interface DrawTrees {
  readonly pins: { readonly vkey: string; readonly organiser: string };
  readonly frozen: Tree;
  readonly locked: Tree;
  readonly drawn: Tree;
  /** W47 is published. */
  readonly published: Tree;
  /** W48 is void, drawn again and published. */
  readonly rerun: Tree;
  /** W49 is void twice, and frozen once more. */
  readonly twice: Tree;
  /** Drawn units of each of the two draws, in the order of the record. */
  readonly units: readonly (readonly string[])[];
}

const week = 7 * 86_400;

export async function drawTrees(): Promise<DrawTrees> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const house = await openHouse({ database, address, folder });
  await must(house.setRule());
  for (const unit of units) if (unit !== 'u04') await house.seal(unit);
  house.at(deadline + 60);
  await must(house.freeze('2026-W47', { absent: [{ unit: 'u04', why: 'leave' }] }));
  await must(house.reveal('u01'));
  const frozen = await treeOf(house);
  for (const unit of ['u02', 'u03', 'u05']) await must(house.reveal(unit));
  await must(house.lock());
  for (const unit of ['u02', 'u03']) await must(house.ack(unit));
  const locked = await treeOf(house);
  for (const unit of ['u01', 'u05']) await must(house.ack(unit));
  house.at(notBefore + 60);
  await must(house.draw());
  const drawn = await treeOf(house);
  await must(house.publish());
  const published = await treeOf(house);

  for (const unit of units) if (unit !== 'u04') await house.seal(unit, { week: '2026-W48' });
  house.at(deadline + week + 60);
  await must(house.freeze('2026-W48'));
  await endVoid(house, voided, reason);
  await must(house.freeze('2026-W48'));
  for (const unit of units) if (unit !== 'u04') await must(house.reveal(unit, again, '2026-W48'));
  await must(house.lock(again));
  for (const unit of units) await must(house.ack(unit));
  house.at(notBefore + week + 60);
  await must(
    house.draw(
      again,
      values.map((value) => ({ ...value, issue: '2026135' })),
    ),
  );
  await must(house.publish(again));
  const rerun = await treeOf(house);

  await house.seal('u01', { week: '2026-W49' });
  house.at(deadline + 2 * week + 60);
  for (const [n, why] of reasons.entries()) {
    await must(house.freeze('2026-W49'));
    await endVoid(house, `d-2026-w49${n === 0 ? '' : '-r2'}`, why);
  }
  await must(house.freeze('2026-W49'));
  const twice = await treeOf(house);
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    pins: house.pins(),
    frozen,
    locked,
    drawn,
    published,
    rerun,
    twice,
    units: [drawnIn(rerun, first), drawnIn(rerun, again)],
  };
}

/** Says of a frozen draw why it is void. */
async function endVoid(house: House, draw: string, why: string): Promise<void> {
  const { list_idx } = await house.db
    .selectFrom('draw')
    .select('list_idx')
    .where('draw', '=', draw)
    .executeTakeFirstOrThrow();
  await must(house.log('org', 'wd-draw+jwt', { draw, list: list_idx, void: why }));
}

/** The file of a draw in a tree, to be altered. */
export const fileIn = (tree: Tree, draw: string): DrawFile & Record<string, unknown> =>
  structuredClone(tree[`draw/${draw}.json`]) as DrawFile & Record<string, unknown>;

const drawnIn = (tree: Tree, draw: string): readonly string[] => {
  const { record } = fileIn(tree, draw);
  if (!isDraw(record)) throw new TypeError(`${draw} has no record`);
  return record.drawn.map(({ unit }) => unit);
};

async function treeOf(house: House): Promise<Tree> {
  const files: Record<string, unknown> = {};
  for (const path of await publicPaths(house.context)) {
    const answer = await house.get(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    files[path] = path.endsWith('.json')
      ? await answer.json()
      : path === 'checkpoint'
        ? await answer.text()
        : new Uint8Array(await answer.arrayBuffer());
  }
  return files;
}
