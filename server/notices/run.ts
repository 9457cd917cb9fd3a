/** One run of notices: what the clock says is written down, what waits is spread to whom it is for, what is due is sent. */
import type { Context } from '../context.ts';
import { tellByClock } from './by-clock.ts';
import { type SendReport, sendDue } from './send.ts';
import { spreadNotices } from './spread.ts';
import { isTelling } from './tell.ts';

/** Does nothing where neither mail nor a webhook is set up. `say` hears a line for the operator of each delivery that is given up. */
export async function runNotices(context: Context, say: (line: string) => void): Promise<SendReport> {
  if (!isTelling(context)) return { sent: 0, failed: 0, givenUp: 0 };
  await tellByClock(context);
  await spreadNotices(context);
  return sendDue(context, say);
}
