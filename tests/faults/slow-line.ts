/** A line to a database that can be made slow, or silent, while connections stay open. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../fixtures/served.ts';

export interface SlowLine {
  readonly port: number;
  /** Delays what comes from the database by so many milliseconds; `silent` holds it back until the next call. */
  readonly set: (delay: number | 'silent') => void;
  readonly close: () => Promise<void>;
}

export async function openSlowLine(to: number): Promise<SlowLine> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let delay: number | 'silent' = 0;
  let held: (() => void)[] = [];
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    near.pipe(far);
    far.on('data', (part) => {
      const pass = () => near.writable && near.write(part);
      if (delay === 'silent') held.push(pass);
      else setTimeout(pass, delay);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    set: (next) => {
      delay = next;
      for (const pass of held) pass();
      held = [];
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
