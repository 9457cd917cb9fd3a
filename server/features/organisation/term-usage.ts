/** Where the term base stands in what is published. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { getTermUsage } from '../../../shared/api/settings.ts';
import { usageOf } from '../../../shared/organisation/term-usage.ts';
import type { Context } from '../../context.ts';
import { settingOf } from '../../organisation/setting.ts';
import { newestDiaries } from '../../public/load.ts';

/** A quarter of a year of a hundred units' draws stays under it. */
const mostDiaries = 500;

export async function termUsage({ config, database }: Context): Promise<Answer<typeof getTermUsage>> {
  const { db } = database;
  const diaries = (await newestDiaries(db, mostDiaries)).map(({ items }) =>
    items.flatMap(({ prose }) =>
      prose === null
        ? []
        : [prose.text, prose.detail, prose.thinking, prose.result, prose.next].filter((text) => text !== null),
    ),
  );
  const rows = usageOf(await settingOf(db, config, 'termBase'), diaries);
  return {
    diaries: diaries.length,
    rows: rows.map(({ id, preferred, aliases }) => ({ id, preferred, aliases: [...aliases] })),
  };
}
