/** Where notices go, from the environment and the configuration file: the SMTP server, and the addresses of webhooks with their secrets. */
import { type Bytes, fromB64 } from '../../shared/base/bytes.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Webhook } from '../../shared/organisation/config.ts';

/** The SMTP server. `user` null: without signing in. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). */
  readonly secure: boolean;
  /** Whether mail is sent only after STARTTLS: everywhere but on this machine, unless `?requireTLS=false`. */
  readonly requireTls: boolean;
  readonly user: string | null;
  readonly password: string;
  /** Sender: the bare address, and the name before it. */
  readonly from: { readonly name: string; readonly address: string };
}

/** A webhook with the keys that sign its calls, newest first. */
export interface WebhookTarget extends Webhook {
  readonly secrets: readonly Bytes[];
}

interface Wrong {
  /** Name of the variable. */
  readonly at: string;
  readonly reason: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const addressPattern = /^[^\s<>"(),:;@\\]+@[A-Za-z0-9.-]+$/;
const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `SUNDIAL_SMTP_URL` (`smtp:` or `smtps:`, with user and password where it asks for them) and `SUNDIAL_MAIL_FROM` (`name <address>` or an
 *  address): both or neither; null for neither. */
export function mailServerOf(environment: Environment): Result<MailServer | null, Wrong> {
  const { SUNDIAL_SMTP_URL: url = '', SUNDIAL_MAIL_FROM: sender = '' } = environment;
  if (url.trim() === '' && sender.trim() === '') return ok(null);
  if (sender.trim() === '') return fail({ at: 'SUNDIAL_MAIL_FROM', reason: 'MISSING' });
  if (!URL.canParse(url)) return fail({ at: 'SUNDIAL_SMTP_URL', reason: url.trim() === '' ? 'MISSING' : 'SMTP_URL' });
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '')
    return fail({ at: 'SUNDIAL_SMTP_URL', reason: 'SMTP_URL' });
  const from = senderOf(sender);
  if (from === null) return fail({ at: 'SUNDIAL_MAIL_FROM', reason: 'MAIL_ADDRESS' });
  if (!isEncoded(username) || !isEncoded(password)) return fail({ at: 'SUNDIAL_SMTP_URL', reason: 'PERCENT_SIGN' });
  const secure = protocol === 'smtps:';
  return ok({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTls: searchParams.get('requireTLS') !== 'false' && !thisMachine.has(hostname),
    user: username === '' ? null : decodeURIComponent(username),
    password: decodeURIComponent(password),
    from,
  });
}

/** Whether every percent sign begins an encoded character (RFC 3986 2.1), and these are UTF-8. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return false;
  }
}

/** A line break in it would begin a header of its own. */
function senderOf(text: string): MailServer['from'] | null {
  if (/\p{Cc}/u.test(text)) return null;
  const [, name = '', inside = text.trim()] = /^([^<>]*)<([^<>]+)>\s*$/.exec(text) ?? [];
  return addressPattern.test(inside) ? { name: name.trim().replace(/^"|"$/g, ''), address: inside } : null;
}

/** Each webhook of the configuration with its secret `SUNDIAL_WEBHOOK_SECRET_<ID>`: `whsec_` and base64 of 24 to 64 bytes; two, parted by a
 *  blank, while it is changed (Standard Webhooks). */
export function webhookTargetsOf(
  webhooks: readonly Webhook[],
  environment: Environment,
): Result<WebhookTarget[], Wrong> {
  const targets: WebhookTarget[] = [];
  for (const webhook of webhooks) {
    const at = `SUNDIAL_WEBHOOK_SECRET_${webhook.id.toUpperCase()}`;
    const given = environment[at]?.trim() ?? '';
    if (given === '') return fail({ at, reason: 'MISSING' });
    const secrets = given.split(/\s+/).flatMap((text) => secretOf(text) ?? []);
    if (secrets.length !== given.split(/\s+/).length) return fail({ at, reason: 'WEBHOOK_SECRET' });
    targets.push({ ...webhook, secrets });
  }
  return ok(targets);
}

function secretOf(text: string): Bytes | null {
  const bytes = text.startsWith('whsec_') ? fromB64(text.slice('whsec_'.length)) : null;
  return bytes !== null && bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
}
