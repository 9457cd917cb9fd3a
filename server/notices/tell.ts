/** Writes down that something waits. Who is told is found later (spread.ts). */
import type { DeskNoticeKind } from '../../shared/organisation/desk-notice.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { newId } from '../ids.ts';

export interface Telling {
  readonly kind: DeskNoticeKind;
  /** Unit of the handlers or the leader it is for. */
  readonly unit?: string | null;
  /** Ticket number, week, draw, or id of what waits; never words of anybody. */
  readonly subject: string;
  /** Unix seconds. */
  readonly due?: number | null;
  /** Told once under this key. */
  readonly once: string;
}

/** Whether anybody can be told at all. */
export const isTelling = ({ config }: Pick<Context, 'config'>): boolean =>
  config.mail !== null || config.webhooks.length > 0;

/** Writes that something waits. Where neither mail nor a webhook is set up it writes nothing. */
export async function tell(
  trx: Db,
  context: Context,
  { kind, unit = null, subject, due = null, once }: Telling,
): Promise<void> {
  if (!isTelling(context)) return;
  await trx
    .insertInto('notice')
    .values({
      id: newId(context),
      kind,
      unit,
      subject,
      due,
      at: secondsNow(context),
      once,
      spread_at: null,
    })
    .onConflict((conflict) => conflict.column('once').doNothing())
    .execute();
}
