/** Two years of 24 units as a public tree in a folder: 96 sealed weeks (2,304 seals), 49 of them drawn with one seat, so 49 diaries
 *  published. Made by the real server, record by record, under a clock that it moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../server/database/open.ts';
import { writeTree } from '../../../server/public/write-tree.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { weekAfter } from '../../../shared/time/week.ts';
import { deadline, type House, must, notBefore, openHouse, values } from '../../draws/house.ts';

/** Units of the roll. */
export const units = Array.from({ length: 24 }, (_, n) => `u${String(n + 1).padStart(2, '0')}`);

const firstWeek = '2026-W47';
const sealedWeeks = 96;
const weekSeconds = 7 * 86_400;

/** A tree on the disk; `bundles`: path of each published bundle within the folder, in the order of the draws. */
export interface PublicFolder {
  readonly folder: string;
  readonly pins: { readonly vkey: string; readonly organiser: string };
  readonly bundles: readonly string[];
  readonly remove: () => Promise<void>;
}

/** Builds it in a folder that `remove` takes away. `progress` hears how many weeks are done. */
export async function twoYears(progress: (weeks: number) => void): Promise<PublicFolder> {
  const home = mkdtempSync(join(tmpdir(), 'sundial-bench-'));
  const database = await openDatabase(join(home, 'sundial.sqlite'));
  const folder = join(home, 'tree');
  const house = await openHouse(
    { database, address: '', folder: home },
    {
      units: units.map((id) => ({ id, kind: 'department', name: { zh: `${id}局`, en: `Bureau ${id}` } })),
      terms: units.map((unit) => ({ id: `${unit}-1`, unit, post: `${unit}局长`, from: '2026-01-01' })),
    },
  );
  for (const unit of units.slice(5)) await house.enrol(unit, 'leader');
  const season: Partial<Rule> = {
    roll: units.map((unit) => ({ unit, stratum: 'a' })),
    strata: [{ id: 'a', seats: 1 }],
    min_acks: 13,
  };
  await must(house.setRule(season));
  const bundles: string[] = [];
  let week = firstWeek;
  for (let n = 0; n < sealedWeeks; n += 1) {
    house.at(deadline + n * weekSeconds - 7200);
    for (const unit of units) await house.seal(unit, { week });
    // Every second week is drawn, and the last one.
    if (n % 2 === 0 || n === sealedWeeks - 1) bundles.push(await drawWeek(house, week, n));
    progress(n + 1);
    week = weekAfter(week);
  }
  await writeTree(house.context, folder, () => undefined);
  const remove = async () => {
    await database.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { folder, pins: house.pins(), bundles, remove };
}

/** From the list to the publication; gives the path of the bundle. */
async function drawWeek(house: House, week: string, n: number): Promise<string> {
  const id = `d-${week.toLowerCase()}`;
  const given = values.map((value) => ({ ...value, issue: String(2026134 + n) }));
  house.at(deadline + n * weekSeconds + 60);
  await must(house.freeze(week));
  for (const unit of units) await must(house.reveal(unit, id, week));
  await must(house.lock(id));
  for (const unit of units) await must(house.ack(unit));
  house.at(notBefore + n * weekSeconds + 60);
  await must(house.draw(id, given));
  await must(house.publish(id));
  const { unit } = await house.db
    .selectFrom('publication')
    .select('unit')
    .where('draw', '=', id)
    .executeTakeFirstOrThrow();
  return `draw/${id}/${unit}.json`;
}
