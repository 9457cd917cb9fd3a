/** SQL by which an official's address is forgotten. */
import type { Db } from '../../database/port.ts';

/** Primary key. */
export const deleteMailOf = (db: Db, person: string): Promise<unknown> =>
  db.deleteFrom('notice_mail').where('person', '=', person).execute();

/** Index `notice_delivery_latest`. */
export const deleteDeliveriesTo = (db: Db, person: string): Promise<unknown> =>
  db
    .deleteFrom('notice_delivery')
    .where('recipient', '=', person)
    .where('channel', '=', 'mail')
    .where('state', '=', 'waiting')
    .execute();
