/** A gateway for short messages on this machine: keeps what it was sent instead of a telephone. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { freePort } from '../fixtures/served.ts';

export interface TestGateway {
  readonly address: string;
  readonly sent: { readonly authorization: string | undefined; readonly body: Record<string, string> }[];
  /** Status of its answers; 0: it hangs up without one. */
  status: number;
  stop(): Promise<void>;
}

export async function openGateway(): Promise<TestGateway> {
  const port = await freePort();
  const gateway: TestGateway = {
    address: `http://127.0.0.1:${port}/send`,
    sent: [],
    status: 200,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer(async (request, response) => {
    const body: Record<string, string> = JSON.parse(await text(request));
    if (gateway.status === 0) return void request.socket.destroy();
    if (gateway.status === 200) gateway.sent.push({ authorization: request.headers.authorization, body });
    return void response.writeHead(gateway.status).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return gateway;
}
