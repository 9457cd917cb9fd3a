/** Real receivers on this machine: an SMTP server, and an HTTP server that checks signatures as Standard Webhooks says, by itself. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly raw: string;
}

/** Answers to what comes: null takes it, a code refuses the receiver, or the sender whoever the receiver is. */
export interface Mailbox {
  readonly url: string;
  readonly mails: Received[];
  refuse: number | null;
  refuseSender: number | null;
  readonly close: () => Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: Received[] = [];
  const box = { refuse: null as number | null, refuseSender: null as number | null };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom: (_address, _session, done) => {
      if (box.refuseSender === null) return done();
      done(Object.assign(new Error('not you'), { responseCode: box.refuseSender }));
    },
    onRcptTo: (_address, _session, done) => {
      if (box.refuse === null) return done();
      done(Object.assign(new Error('not now'), { responseCode: box.refuse }));
    },
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        mails.push({ ...read(raw), to: session.envelope.rcptTo.map(({ address }) => address) });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(box, {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

/** Unfolds the header (RFC 5322 2.2.3), reads encoded words (RFC 2047) and the body's transfer encoding (RFC 2045 6). */
function read(raw: string): Omit<Received, 'to'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line): [string, string] => {
        const [name = '', ...value] = line.split(':');
        return [name.toLowerCase(), words(value.join(':').trim())];
      }),
  );
  const body = rest.join('\r\n\r\n');
  const encoding = headers.get('content-transfer-encoding');
  const plain =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? quotedPrintable(body)
        : body;
  return { headers, raw, body: plain.replaceAll('\r\n', '\n') };
}

const quotedPrintable = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

const words = (text: string): string =>
  text
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, way: string, coded: string) =>
      way.toLowerCase() === 'b'
        ? Buffer.from(coded, 'base64').toString('latin1')
        : Buffer.from(
            coded
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('latin1'),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString());

export interface Called {
  readonly id: string;
  readonly body: string;
  /** Whether one of the signatures fits the secret. */
  readonly isSigned: boolean;
}

export interface Hook {
  readonly url: string;
  readonly calls: Called[];
  /** How the next calls are answered; the default takes them. */
  answer: (response: ServerResponse, call: Called) => void;
  readonly close: () => Promise<void>;
}

/** `secret`: base64 behind `whsec_`. */
export async function openHook(secret: string): Promise<Hook> {
  const calls: Called[] = [];
  const hook = { answer: (response: ServerResponse) => void response.writeHead(204).end() };
  const server = createServer((request, response) => {
    void readCall(request, secret).then((call) => {
      calls.push(call);
      const held: Pick<Hook, 'answer'> = hook;
      held.answer(response, call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(hook, {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

async function readCall(request: IncomingMessage, secret: string): Promise<Called> {
  const body = await text(request);
  const [id, at, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(request.headers[name]),
  );
  const key = Buffer.from(secret, 'base64');
  const expected = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
  return { id: id ?? '', body, isSigned: given?.split(' ').includes(expected) === true };
}
