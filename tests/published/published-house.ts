/** A house whose week 2026-W47 is drawn and published, and how its files are searched: for tests of the public tree. */
import { type House, must, openHouse } from '../draws/house.ts';
import type { OpenedDatabase } from '../fixtures/databases.ts';

export const week = '2026-W47';

/** The house, and the units that were drawn. */
export async function published(opened: OpenedDatabase): Promise<{ house: House; drawn: string[] }> {
  const house = await openHouse(opened);
  await must(house.setRule());
  return { house, drawn: await house.wholeDraw() };
}

/** A body together with everything in it that base64url decodes: disclosures and payloads. */
export const said = (body: string): string =>
  [body, ...[...body.matchAll(/[\w-]{24,}/g)].map(([run]) => Buffer.from(run, 'base64url').toString('utf8'))].join(
    '\n',
  );

/** The picture in each unit's diary of that week. */
export async function imagesOf(house: House): Promise<{ unit: string; image: string }[]> {
  const rows = await house.db.selectFrom('blob').select(['author', 'sha256', 'bytes']).execute();
  return rows
    .filter(({ bytes }) => Buffer.from(bytes, 'base64').toString('latin1').includes('2026-W47'))
    .map(({ author, sha256 }) => ({ unit: author.slice('p-'.length), image: sha256 }));
}
