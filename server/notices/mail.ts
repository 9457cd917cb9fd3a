/** Sends mail by SMTP (nodemailer): text only, one receiver, a Message-ID that is the same at every try. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { type Context, secondsNow } from '../context.ts';
import { type Channel, mailTimeoutMs, type Outcome, tryTimeoutMs } from './channel.ts';
import { codeOf, codeSeconds } from './code.ts';
import { codeLetter, letterOf } from './letter.ts';
import { kindsOf } from './line.ts';
import { type DeliveryRow, hasDevice, mailOf } from './queries.ts';
import type { MailServer } from './targets.ts';

const transportTo = (server: MailServer) =>
  createTransport({
    pool: true,
    maxConnections: 1,
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password } }),
    // Where plain text is allowed, a certificate that nobody vouches for is no worse (RFC 7435).
    tls: { rejectUnauthorized: server.secure || server.requireTls },
    connectionTimeout: tryTimeoutMs,
    dnsTimeout: tryTimeoutMs,
    greetingTimeout: mailTimeoutMs,
    socketTimeout: mailTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** Signs in at the server and sends nothing. Gives what is wrong, a code of nodemailer's with the server's answer, or TIMEOUT after `withinMs`;
 *  null for nothing. */
export async function mailProblem(server: MailServer, withinMs = mailTimeoutMs): Promise<string | null> {
  const transport = transportTo(server);
  const outcome = await outcomeOf(() => transport.verify(), withinMs);
  transport.close();
  return outcome.state === 'failed' ? outcome.problem : null;
}

/** Mail as a channel: one connection for a run. */
export function mailChannel(context: Context, server: MailServer): Channel {
  const transport = transportTo(server);
  return {
    name: 'mail',
    close: () => transport.close(),
    deliver: async (delivery) => {
      const letter = await written(context, delivery);
      if (letter === null) return { state: 'dropped' };
      const sent = {
        from: { name: oneLine(server.from.name || context.config.name[letter.lang]), address: server.from.address },
        to: { name: '', address: letter.to },
        subject: oneLine(letter.subject),
        text: letter.text,
        messageId: `<${delivery.id}@${server.from.address.replace(/^.*@/, '')}>`,
        date: new Date(delivery.at * 1000),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      };
      return outcomeOf(() => transport.sendMail(sent), mailTimeoutMs);
    },
  };
}

/** How it went with the server. A server that goes on answering without an end is left after `withinMs`, before another process takes the
 *  delivery for abandoned. */
async function outcomeOf(attempt: () => Promise<unknown>, withinMs: number): Promise<Outcome> {
  const answered = new AbortController();
  const late: Outcome = { state: 'failed', problem: 'TIMEOUT', final: false, isDown: true };
  const limit = sleep(withinMs, late, { signal: answered.signal }).catch((): Outcome => late);
  try {
    return await Promise.race([attempt().then((): Outcome => ({ state: 'sent' }), failureOf), limit]);
  } finally {
    answered.abort();
  }
}

interface Written {
  readonly to: string;
  readonly lang: 'zh' | 'en';
  readonly subject: string;
  readonly text: string;
}

/** The letter as the person is to get it now; null where the address is gone meanwhile, or the code is no more, and for who has no device in use
 *  any more or wants to hear no more of it. */
async function written(context: Context, delivery: DeliveryRow): Promise<Written | null> {
  const { db } = context.database;
  const row = await mailOf(db, delivery.recipient);
  if (row === undefined) return null;
  if (delivery.kind !== 'code') {
    const isWanted = kindsOf(row.kinds).some((kind) => kind === delivery.kind) && (await hasDevice(db, row.person));
    if (row.address === null || !isWanted) return null;
    return { to: row.address, lang: row.lang, ...letterOf(context, delivery, row.lang) };
  }
  const { pending, nonce, asked_at } = row;
  const isOver = asked_at === null || secondsNow(context) > asked_at + codeSeconds;
  if (pending === null || nonce === null || isOver || delivery.lines !== JSON.stringify(nonce)) return null;
  const code = codeOf(context, row.person, pending, nonce);
  return { to: pending, lang: row.lang, ...codeLetter(context, row.lang, code) };
}

/** What stands in a header has no line break, or it would begin another header (RFC 5322 2.2). */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** An address that the server refuses for good is given up; everything else may be better later. A sender that it does not take is no fault of
 *  the address, and no mail gets through. */
function failureOf(error: unknown): Outcome {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) throw error;
  const answer = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const isSender = 'command' in error && error.command === 'MAIL FROM';
  const aboutThis = (code === 'EENVELOPE' && !isSender) || code === 'EMESSAGE';
  const problem = answer === 0 ? code : `${code}_${answer}`;
  return { state: 'failed', problem, final: aboutThis && answer >= 500, isDown: !aboutThis };
}
