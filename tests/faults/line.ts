/** The line between clients and a server that dies: every request is followed from its making to its answer, and one that got no answer is
 *  sent again, byte for byte, once the server is back. */
import { subscribe } from 'node:diagnostics_channel';
import * as v from 'valibot';

/** A request under way. `made`: not handed to the network yet; `sent`: all of it was; `answered`: its whole answer is here. */
export interface Flight {
  readonly path: string;
  readonly body: string;
  readonly key: string | null;
  /** Times it was sent before without an answer. */
  readonly attempt: number;
  state: 'made' | 'sent' | 'answered';
}

type Moment = 'made' | 'sent' | 'answered';

const created = v.object({ request: v.looseObject({ headers: v.array(v.string()) }) });
const carried = v.object({ request: v.looseObject({}) });
const flightHeader = 'x-flight';

export class Line {
  /** Requests without an answer yet. */
  readonly underway = new Set<Flight>();
  /** Hears of every request at every moment. */
  heard: (flight: Flight, moment: Moment) => void = () => undefined;
  /** Requests that were sent again. */
  again = 0;
  /** How long answers take lately, in milliseconds. */
  usualMs = 50;
  private readonly numbered = new Map<string, Flight>();
  private readonly bodies = new WeakMap<object, Flight>();
  private count = 0;
  private gate = Promise.resolve();
  private lift = (): void => undefined;

  constructor() {
    // Node's fetch tells when the last byte of a request went to the kernel.
    subscribe('undici:request:create', (message) => {
      const made = v.safeParse(created, message);
      if (!made.success) return;
      const { headers } = made.output.request;
      const flight = this.numbered.get(headers[headers.indexOf(flightHeader) + 1] ?? '');
      if (flight !== undefined) this.bodies.set(requestOf(message), flight);
    });
    subscribe('undici:request:bodySent', (message) => {
      if (!v.is(carried, message)) return;
      const flight = this.bodies.get(requestOf(message));
      if (flight?.state !== 'made' || !this.underway.has(flight)) return;
      flight.state = 'sent';
      this.heard(flight, 'sent');
    });
  }

  /** The server is gone: what is made from now on waits. Gives what was under way. */
  cut(): readonly Flight[] {
    this.gate = new Promise((resolve) => {
      this.lift = resolve;
    });
    return [...this.underway];
  }

  /** The server is back. */
  mend(): void {
    this.lift();
  }

  /** Sends a request until it is answered. */
  readonly send = async (request: Request): Promise<Response> => {
    const { method, url } = request;
    const sent = {
      path: new URL(url).pathname,
      body: await request.text(),
      key: request.headers.get('idempotency-key'),
    };
    for (let attempt = 0; ; attempt += 1) {
      await this.gate;
      if (attempt > 0) this.again += 1;
      const answer = await this.once({ ...sent, attempt, state: 'made' }, method, url, request.headers);
      if (answer !== null && answer.status !== 503) return answer;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };

  private async once(flight: Flight, method: string, url: string, given: Headers): Promise<Response | null> {
    this.count += 1;
    const number = String(this.count);
    const headers = new Headers(given);
    headers.set(flightHeader, number);
    this.numbered.set(number, flight);
    this.underway.add(flight);
    this.heard(flight, 'made');
    const began = performance.now();
    try {
      const answer = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: flight.body }) });
      const bytes = answer.status === 204 ? null : await answer.arrayBuffer();
      flight.state = 'answered';
      this.usualMs += (performance.now() - began - this.usualMs) / 16;
      this.underway.delete(flight);
      this.heard(flight, 'answered');
      return new Response(bytes, { status: answer.status, headers: answer.headers });
    } catch (error) {
      // What fetch throws when the connection ends.
      if (error instanceof TypeError) return null;
      throw error;
    } finally {
      this.underway.delete(flight);
      this.numbered.delete(number);
    }
  }
}

function requestOf(message: unknown): object {
  if (typeof message === 'object' && message !== null && 'request' in message) {
    const { request } = message;
    if (typeof request === 'object' && request !== null) return request;
  }
  throw new TypeError('a message of the channel names no request');
}
