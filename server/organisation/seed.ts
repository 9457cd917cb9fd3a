/** Units and terms of the configuration become rows; what is there already stays as the organiser left it. */
import type { Context } from '../context.ts';

export async function seedOrganisation(context: Pick<Context, 'config' | 'database'>): Promise<void> {
  await context.database.transaction(async (trx) => {
    for (const [position, { id, kind, name }] of context.config.units.entries())
      await trx
        .insertInto('unit')
        .values({ id, kind, zh: name.zh, en: name.en, position })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    for (const { id, unit, post, from, to } of context.config.terms)
      await trx
        .insertInto('term')
        .values({ id, unit, post, from_day: from, to_day: to })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
  });
}
