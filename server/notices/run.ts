/** One run of notices: what the clock says is written down, what waits is spread to whom it is for, what is due is sent. */
import type { Context } from '../context.ts';
import { tellByClock } from './by-clock.ts';
import { type SendReport, sendDue } from './send.ts';
import { spreadNotices } from './spread.ts';
import { isTelling } from './tell.ts';

/** Where neither mail nor a webhook is set up, it only gives up what has waited since one was. `say` hears a line for the operator of each
 *  delivery that is given up. */
export async function runNotices(context: Context, say: (line: string) => void): Promise<SendReport> {
  if (isTelling(context)) {
    await tellByClock(context);
    await spreadNotices(context);
  }
  return sendDue(context, say);
}
