/** Sends what is due: at least once, under an id by which the receiver knows a second copy. Each delivery is claimed before it is sent, so
 *  that any number of processes may do it at once; the claim of a process that died runs out. */
import { type Context, secondsNow } from '../context.ts';
import { writeAudit } from '../database/audit.ts';
import { newId } from '../ids.ts';
import { type Channel, claimSeconds, type Outcome, triedForSeconds, waitAfter } from './channel.ts';
import { claimDelivery, claimForgotten, type DeliveryRow, markMailFailed, settleDelivery } from './queries.ts';
import { webhookChannel } from './webhook.ts';

/** What one run did. */
export interface SendReport {
  readonly sent: number;
  readonly failed: number;
  readonly givenUp: number;
}

/** Deliveries of one channel in one run, and for how long one begins with another, in seconds: the run ends with the slowest channel. */
const atMost = 500;
const beginsForSeconds = 30;

/** Sends by every channel that is set up, beside each other: one that is down holds up no other. `say` hears a line for the operator of
 *  each that is given up; it names no address. */
export async function sendDue(context: Context, say: (line: string) => void): Promise<SendReport> {
  const { mail, webhooks } = context.config;
  const channels = [
    // What speaks SMTP takes its memory only where mail is sent.
    ...(mail === null ? [] : [(await import('./mail.ts')).mailChannel(context, mail)]),
    ...webhooks.map((webhook) => webhookChannel(context, webhook)),
  ];
  const done = await Promise.all([
    ...channels.map((channel) => drain(context, channel, say)),
    giveUpForgotten(context, channels, say),
  ]);
  return done.reduce(
    (sum, each) => ({
      sent: sum.sent + each.sent,
      failed: sum.failed + each.failed,
      givenUp: sum.givenUp + each.givenUp,
    }),
    { sent: 0, failed: 0, givenUp: 0 },
  );
}

async function drain(context: Context, channel: Channel, say: (line: string) => void): Promise<SendReport> {
  const report = { sent: 0, failed: 0, givenUp: 0 };
  const claim = newId(context);
  const begun = secondsNow(context);
  try {
    for (let n = 0; n < atMost; n += 1) {
      const now = secondsNow(context);
      if (now - begun >= beginsForSeconds) break;
      const delivery = await claimDelivery(context.database.db, {
        channel: channel.name,
        claim,
        now,
        until: now + claimSeconds,
      });
      if (delivery === undefined) break;
      const outcome = await channel.deliver(delivery);
      const settled = await settle(context, delivery, outcome, say);
      if (settled !== null) report[settled] += 1;
      if (outcome.state === 'failed' && outcome.isDown) break;
    }
  } finally {
    channel.close();
  }
  return report;
}

/** Gives up what waits for a webhook, or for mail, that is set up no more: nobody tries it, and it would wait for ever. */
async function giveUpForgotten(
  context: Context,
  set: readonly Channel[],
  say: (line: string) => void,
): Promise<SendReport> {
  const channels = set.map(({ name }) => name);
  const now = secondsNow(context);
  const claim = newId(context);
  let givenUp = 0;
  for (; givenUp < atMost; givenUp += 1) {
    const times = { since: now - triedForSeconds, until: now + claimSeconds };
    const delivery = await claimForgotten(context.database.db, { channels, claim, ...times });
    if (delivery === undefined) break;
    await giveUp(context, delivery, notSetUp, now, say);
  }
  return { sent: 0, failed: 0, givenUp };
}

async function settle(
  context: Context,
  delivery: DeliveryRow,
  outcome: Outcome,
  say: (line: string) => void,
): Promise<keyof SendReport | null> {
  const { db } = context.database;
  const now = secondsNow(context);
  if (outcome.state !== 'failed') {
    await settleDelivery(db, delivery, { state: outcome.state, settled_at: now, problem: null });
    return outcome.state === 'sent' ? 'sent' : null;
  }
  const { problem, isDown } = outcome;
  const next = now + waitAfter(delivery.tries, isDown, context.random);
  if (!outcome.final && next <= delivery.at + triedForSeconds) {
    await settleDelivery(db, delivery, { due_at: next, problem });
    return 'failed';
  }
  await giveUp(context, delivery, problem, now, say);
  return 'givenUp';
}

async function giveUp(
  context: Context,
  delivery: DeliveryRow,
  problem: string,
  now: number,
  say: (line: string) => void,
): Promise<void> {
  const { id, channel, kind, recipient, tries } = delivery;
  await context.database.transaction(async (trx) => {
    await settleDelivery(trx, delivery, { state: 'givenUp', settled_at: now, problem });
    // A code goes to an address that is not in use yet, and mail that is set up no more is no fault of one.
    if (channel === 'mail' && kind !== 'code' && problem !== notSetUp) await markMailFailed(trx, recipient, now);
    const facts = { channel, kind, tries, problem };
    await writeAudit(trx, { at: now, actor: 'system', action: 'notice.giveUp', subject: id, facts });
  });
  say(
    `sundial: ${channel} ${kind} ${id}: ${problem}. 通知没有送到，不再重试；见 sundial notices。 / Not delivered, given up; see sundial notices.`,
  );
}

const notSetUp = 'NOT_SET_UP';
