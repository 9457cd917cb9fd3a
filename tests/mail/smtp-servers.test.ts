/** SMTP servers as they are found: without TLS, with a certificate of their own, with a password, and one that never comes to an end. */

import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { mailProblem } from '../../server/notices/mail.ts';
import { mailServerOf } from '../../server/notices/targets.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Every address of this block is this machine; only 127.0.0.1 is taken for it. */
const [here, beyond] = ['127.0.0.1', '127.0.0.2'];

/** Listens on every address of this machine. */
async function listening(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer(options);
  // A client that does not trust the certificate breaks off.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  ends.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

function serverAt(url: string) {
  const server = mailServerOf({ SUNDIAL_SMTP_URL: url, SUNDIAL_MAIL_FROM: 'sundial@qinghu.example' });
  if (!server.ok || server.value === null) throw new Error(url);
  return server.value;
}

describe('a mail server', () => {
  const without: SMTPServerOptions = { authOptional: true, disabledCommands: ['STARTTLS'] };
  const ownCertificate: SMTPServerOptions = { authOptional: true };
  test.each([
    ['without TLS, on this machine', without, here, '', true],
    ['without TLS, beyond it', without, beyond, '', false],
    ['without TLS, beyond it, where that is allowed', without, beyond, '?requireTLS=false', true],
    ['with a certificate that nobody vouches for, on this machine', ownCertificate, here, '', true],
    ['with a certificate that nobody vouches for, beyond it', ownCertificate, beyond, '', false],
    [
      'with a certificate that nobody vouches for, where that is allowed',
      ownCertificate,
      beyond,
      '?requireTLS=false',
      true,
    ],
    ['with TLS from the first byte and such a certificate', { ...ownCertificate, secure: true }, beyond, '', false],
  ] as const)('%s', async (_, options, host, query, isGood) => {
    const port = await listening(options);
    const scheme = 'secure' in options ? 'smtps' : 'smtp';
    const problem = await mailProblem(serverAt(`${scheme}://${host}:${port}${query}`));
    expect(problem === null, String(problem)).toBe(isGood);
  });
});

test('no password goes beyond this machine in the clear, and one that is wrong is told', async () => {
  const asked: string[] = [];
  const port = await listening({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) => {
      asked.push(password ?? '');
      done(Object.assign(new Error('no'), { responseCode: 535 }));
    },
  });
  expect(await mailProblem(serverAt(`smtp://sundial:p%40ss@${beyond}:${port}`))).not.toBeNull();
  expect(asked).toEqual([]);
  expect(await mailProblem(serverAt(`smtp://sundial:p%40ss@${here}:${port}`))).toBe('EAUTH_535');
  expect(asked).toEqual(['p@ss']);
});

test('a server that goes on answering and never comes to an end is left after the time for one try', async () => {
  const sockets = new Set<Socket>();
  const endless = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('220 endless.example\r\n');
    const drip = setInterval(() => socket.write('250-endless.example\r\n'), 50);
    socket.on('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => endless.listen(0, here, resolve));
  ends.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        endless.close(() => resolve());
      }),
  );
  const { port } = endless.address() as AddressInfo;
  expect(await mailProblem(serverAt(`smtp://${here}:${port}`), 300)).toBe('TIMEOUT');
});
