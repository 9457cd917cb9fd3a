/** The exported tree that is mutated: one draw, with a diary of which an item was withheld after the draw, and another is shown again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/database/open.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import type { Pins } from '../../shared/proof/verify.ts';
import { must, openHouse } from '../draws/house.ts';
import { type Files, filesOf } from './tree-mutants.ts';

export async function exportedTree(): Promise<{ readonly files: Files; readonly pins: Pins }> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const house = await openHouse(
    { database, address, folder },
    { licence: { name: 'CC BY 4.0', address: 'https://creativecommons.org/licenses/by/4.0/' } },
  );
  await must(house.setRule());
  const [unit = ''] = await house.wholeDraw();
  const { seal_hash: seal } = await house.db
    .selectFrom('publication')
    .select('seal_hash')
    .where('unit', '=', unit)
    .executeTakeFirstOrThrow();
  await must(house.log('rev1', 'wd-hold+jwt', { seal, item: 2, ground: 'privacy', basis: '第十五条' }));
  const released = { item: 3, why: '已解密' };
  const offer = { ...released, disclosure: house.disclosureOf(unit, '2026-W47', released.item) };
  await must(house.ask(unit, 'POST', `diaries/mine/d-2026-w47/${unit}/held/offer`, offer));
  await must(house.ask('rev1', 'POST', `reviews/d-2026-w47/${unit}/release`, { ...released, pass: true }));
  const tree = join(folder, 'tree');
  await writeTree(house.context, tree, () => undefined);
  const files = filesOf(tree);
  await database.close();
  rmSync(folder, { recursive: true });
  return { files, pins: house.pins() };
}
