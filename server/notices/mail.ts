/** Sends mail by SMTP (nodemailer): text only, one receiver, a Message-ID that is the same at every try. */
import { createTransport } from 'nodemailer';
import { type Context, secondsNow } from '../context.ts';
import { type Channel, type Outcome, tryTimeoutMs } from './channel.ts';
import { codeOf, codeSeconds } from './code.ts';
import { codeLetter, letterOf } from './letter.ts';
import { type DeliveryRow, mailOf } from './queries.ts';
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
    connectionTimeout: tryTimeoutMs,
    greetingTimeout: tryTimeoutMs,
    socketTimeout: tryTimeoutMs,
    dnsTimeout: tryTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** Signs in at the server and sends nothing. Gives what is wrong, a code of nodemailer's with the server's answer, or null. */
export async function mailProblem(server: MailServer): Promise<string | null> {
  const transport = transportTo(server);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    const outcome = failureOf(error);
    return outcome.state === 'failed' ? outcome.problem : null;
  } finally {
    transport.close();
  }
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
      try {
        await transport.sendMail({
          from: { name: oneLine(server.from.name || context.config.name[letter.lang]), address: server.from.address },
          to: { name: '', address: letter.to },
          subject: oneLine(letter.subject),
          text: letter.text,
          messageId: `<${delivery.id}@${server.from.address.replace(/^.*@/, '')}>`,
          date: new Date(delivery.at * 1000),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        return { state: 'sent' };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

interface Written {
  readonly to: string;
  readonly lang: 'zh' | 'en';
  readonly subject: string;
  readonly text: string;
}

/** The letter as the person is to get it now; null where the address is gone meanwhile, or the code is no more. */
async function written(context: Context, delivery: DeliveryRow): Promise<Written | null> {
  const row = await mailOf(context.database.db, delivery.recipient);
  if (row === undefined) return null;
  if (delivery.kind !== 'code')
    return row.address === null ? null : { to: row.address, lang: row.lang, ...letterOf(context, delivery, row.lang) };
  const { pending, nonce, asked_at } = row;
  const isOver = asked_at === null || secondsNow(context) > asked_at + codeSeconds;
  if (pending === null || nonce === null || isOver || delivery.lines !== JSON.stringify(nonce)) return null;
  const code = codeOf(context, row.person, pending, nonce);
  return { to: pending, lang: row.lang, ...codeLetter(context, row.lang, code) };
}

/** What stands in a header has no line break, or it would begin another header (RFC 5322 2.2). */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** An address that the server refuses for good is given up; everything else may be better later. */
function failureOf(error: unknown): Outcome {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) throw error;
  const answer = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const aboutThis = code === 'EENVELOPE' || code === 'EMESSAGE';
  const problem = answer === 0 ? code : `${code}_${answer}`;
  return { state: 'failed', problem, final: aboutThis && answer >= 500, isDown: !aboutThis };
}
