/** Sends what is due: at least once, under an id by which the receiver knows a second copy. Each delivery is claimed before it is sent, so
 *  that any number of processes may do it at once; the claim of a process that died runs out. */
import { type Context, secondsNow } from '../context.ts';
import { writeAudit } from '../database/audit.ts';
import { newId } from '../ids.ts';
import { type Channel, claimSeconds, type Outcome, triedForSeconds, waitAfter } from './channel.ts';
import { claimDelivery, type DeliveryRow, markMailFailed, settleDelivery } from './queries.ts';
import { webhookChannel } from './webhook.ts';

/** What one run did. */
export interface SendReport {
  readonly sent: number;
  readonly failed: number;
  readonly givenUp: number;
}

/** Deliveries of one channel in one run. */
const atMost = 500;

/** Sends by every channel that is set up, beside each other: one that is down holds up no other. `say` hears a line for the operator of
 *  each that is given up; it names no address. */
export async function sendDue(context: Context, say: (line: string) => void): Promise<SendReport> {
  const { mail, webhooks } = context.config;
  const channels = [
    // What speaks SMTP takes its memory only where mail is sent.
    ...(mail === null ? [] : [(await import('./mail.ts')).mailChannel(context, mail)]),
    ...webhooks.map((webhook) => webhookChannel(context, webhook)),
  ];
  const done = await Promise.all(channels.map((channel) => drain(context, channel, say)));
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
  try {
    for (let n = 0; n < atMost; n += 1) {
      const now = secondsNow(context);
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
  const { problem } = outcome;
  const next = now + waitAfter(delivery.tries, context.random);
  if (!outcome.final && next <= delivery.at + triedForSeconds) {
    await settleDelivery(db, delivery, { due_at: next, problem });
    return 'failed';
  }
  await giveUp(context, delivery, problem, now);
  say(
    `sundial: ${delivery.channel} ${delivery.kind} ${delivery.id}: ${problem}. 通知没有送到，不再重试；见 sundial notices。 / Not delivered, given up; see sundial notices.`,
  );
  return 'givenUp';
}

function giveUp(context: Context, delivery: DeliveryRow, problem: string, now: number): Promise<void> {
  const { id, channel, kind, recipient, tries } = delivery;
  return context.database.transaction(async (trx) => {
    await settleDelivery(trx, delivery, { state: 'givenUp', settled_at: now, problem });
    if (channel === 'mail') await markMailFailed(trx, recipient, now);
    const facts = { channel, kind, tries, problem };
    await writeAudit(trx, { at: now, actor: 'system', action: 'notice.giveUp', subject: id, facts });
  });
}
