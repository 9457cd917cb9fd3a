/** What a read costs with a million stored comments against ten thousand: the same page made anew, a diary having a tenth of all. */
import { sql } from 'kysely';
import { openDatabase } from '../../../server/database/open.ts';
import { median, race, rounded } from './load.ts';
import { stored } from './reads.ts';
import { hotPath } from './seed.ts';
import { openStand } from './stand.ts';

const times = 100;

export async function measureGrowth(): Promise<object> {
  const [few, many] = [await openStand(stored), await openStand(stored)];
  await multiply(many.server.database);
  const [ofFew, ofMany] = [await few.cold(), await many.cold()];
  const taken = await race({ ...ofMany, path: hotPath }, { ...ofFew, path: hotPath });
  for (const { stop } of [ofFew, ofMany]) await stop();
  for (const { close } of [few, many]) await close();
  const grown = taken.ours.map(({ perCpuSecond }, n) => (taken.floor[n]?.perCpuSecond ?? Number.NaN) / perCpuSecond);
  return { growthReads10kTo1M: rounded(median(grown)) };
}

/** Puts every comment there is a hundred times, later and under other ids. */
async function multiply(address: string): Promise<void> {
  const database = await openDatabase(address);
  const { db } = database;
  const columns = (await db.introspection.getTables())
    .filter(({ name }) => name === 'comment')
    .flatMap((table) => table.columns.map(({ name }) => name));
  const changed: Readonly<Record<string, string>> = {
    id: "id || '.' || n",
    number: "number || '.' || n",
    parent: "parent || '.' || n",
    at: 'at + n * 1000000',
  };
  const names = columns.map((name) => `"${name}"`).join(', ');
  const values = columns.map((name) => changed[name] ?? `"${name}"`).join(', ');
  await sql
    .raw(
      `with recursive copy(n) as (select 1 union all select n + 1 from copy where n < ${times - 1})
       insert into comment (${names}) select ${values} from comment cross join copy`,
    )
    .execute(db);
  await db
    .updateTable('comment_total')
    .set((eb) => ({ total: eb('total', '*', times) }))
    .execute();
  await database.close();
}
