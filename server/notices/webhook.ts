/** Calls a webhook (Standard Webhooks 1.0): signed by HMAC-SHA256, no redirect followed, and no word of a reader or of a diary in it. */
import { createHmac } from 'node:crypto';
import { type Bytes, b64 } from '../../shared/base/bytes.ts';
import { type Context, secondsNow } from '../context.ts';
import { type Channel, type Outcome, tryTimeoutMs } from './channel.ts';
import { linesOf } from './line.ts';
import type { DeliveryRow } from './queries.ts';
import type { WebhookTarget } from './targets.ts';

/** The webhook as a channel. */
export function webhookChannel(context: Pick<Context, 'now'>, target: WebhookTarget): Channel {
  return {
    name: `webhook:${target.id}`,
    deliver: (delivery) => post(context, target, delivery),
    close: () => undefined,
  };
}

async function post(
  context: Pick<Context, 'now'>,
  { url, secrets }: WebhookTarget,
  delivery: DeliveryRow,
): Promise<Outcome> {
  const body = bodyOf(delivery);
  const timestamp = String(secondsNow(context));
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(tryTimeoutMs),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'sundial',
        'webhook-id': delivery.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': secrets.map((secret) => signatureOf(secret, delivery.id, timestamp, body)).join(' '),
      },
      body,
    });
    await response.body?.cancel();
    if (response.ok) return { state: 'sent' };
    // 410: the receiver wants no more (Standard Webhooks).
    const final = response.status === 410;
    return { state: 'failed', problem: `HTTP_${response.status}`, final, isDown: !final };
  } catch (error) {
    // A timeout, a name that is not known, a connection that broke: what fetch throws.
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    const problem = error instanceof DOMException ? 'TIMEOUT' : 'UNREACHABLE';
    return { state: 'failed', problem, final: false, isDown: true };
  }
}

/** The same for every try, so that the same id is always the same body. */
function bodyOf({ kind, lines, at }: DeliveryRow): string {
  const [line] = linesOf(lines);
  const timestamp = new Date(at * 1000).toISOString();
  return JSON.stringify({
    type: kind,
    timestamp,
    data: { unit: line?.unit ?? null, subject: line?.subject ?? '', due: line?.due ?? null },
  });
}

/** `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`. */
const signatureOf = (secret: Bytes, id: string, timestamp: string, body: string): string =>
  `v1,${b64(createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest())}`;
