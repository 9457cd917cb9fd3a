/** Erases dossiers whose time is over, with the notes. The audit trail keeps that they were made and read. */
import { type Context, secondsNow } from '../context.ts';
import { erases } from '../database/erasing.ts';
import { keptSince } from '../retention.ts';

export function forgetDossiers(context: Context): Promise<number> {
  const { database, config } = context;
  return database.transaction(async (trx) => {
    const old = trx
      .selectFrom('dossier')
      .select('id')
      .where('made_at', '<=', keptSince('dossiers', config, secondsNow(context)));
    await trx.deleteFrom('dossier_note').where('dossier', 'in', old).execute();
    const done = await trx.deleteFrom('dossier').where('id', 'in', old).executeTakeFirst();
    if (done.numDeletedRows > 0n) erases(trx);
    return Number(done.numDeletedRows);
  });
}
