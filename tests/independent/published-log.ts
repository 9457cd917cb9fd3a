/** A log of more than one full tile with a published draw, exported as files: what the tools of others are given to judge. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/database/open.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { parseVkey } from '../../shared/proof/checkpoint.ts';
import { type House, must, openHouse, units } from '../draws/house.ts';

export interface PublishedLog {
  readonly house: House;
  /** The folder with the public tree. */
  readonly tree: string;
  /** SPKI of the checkpoint's P-256 key in base64, as its vkey has it behind the type. */
  readonly spki: string;
  remove(): Promise<void>;
}

/** Seals `again` revisions of the next week for each of five units behind a whole draw: 5 × `again` leaves more. */
export async function publishedLog(again = 110): Promise<PublishedLog> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-independent-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const house = await openHouse({ database, address, folder });
  await must(house.setRule());
  await house.wholeDraw();
  for (let rev = 1; rev <= again; rev += 1)
    for (const unit of units) await house.seal(unit, { week: '2026-W48', rev, change: ` ${rev}` });
  const tree = join(folder, 'tree');
  await writeTree(house.context, tree, () => undefined);
  const vkey = await parseVkey(house.context.log.vkey);
  if (vkey === null) throw new Error('the vkey is none');
  return {
    house,
    tree,
    spki: Buffer.from(vkey.key).toString('base64'),
    remove: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
