/** The weather between a device and the server during one step: small pages, one fault, and an author who goes on typing. */
import type { Context } from '../../extension/device/context.ts';
import { maxOps } from '../../shared/api/journal.ts';
import { refusalStatus } from '../../shared/api/refusal.ts';
import { type Device, Killed } from './device.ts';
import type { Weather } from './history.ts';

/** Fair weather: whole pages, nothing lost. */
export const fair: Weather = { page: 200, fault: null, typing: null };

/** Lets `run` happen on a device in this weather; whatever is left of the weather is over when it ends. `type`: its author saves a text.
 *  A device whose power went is started again. */
export async function inWeather(
  device: Device,
  { page, fault, typing }: Weather,
  run: () => Promise<unknown>,
  type: (pick: number) => Promise<void>,
): Promise<void> {
  const clear = device.fetch;
  let requests = 0;
  let pushes = 0;
  if (fault?.what === 'write') device.writesLeft = fault.at;
  device.fetch = async (address, init) => {
    if (!new URL(address).pathname.startsWith('/api/v1/journal/')) return clear(address, init);
    const request = requests++;
    if (typing?.request === request) await type(typing.pick);
    const strikes = fault?.at === request;
    if (strikes && fault.what === 'killBefore') die(device);
    if (device.dead) throw new Killed();
    if (strikes && fault.what === 'request') throw new TypeError('Failed to fetch');
    const answer = await paged(clear, address, init, page);
    if (strikes && fault.what === 'killAfter') die(device);
    if (device.dead) throw new Killed();
    if (strikes && fault.what === 'answer') throw new TypeError('Failed to fetch');
    const isPush = new URL(address).pathname.endsWith('/push') && answer.ok;
    return isPush && fault?.what === 'part' && fault.at === pushes++ ? firstHalf(answer) : answer;
  };
  try {
    await run();
  } catch (error) {
    if (!device.dead) throw error;
  } finally {
    device.fetch = clear;
    device.writesLeft = null;
    device.dead = false;
  }
}

function die(device: Device): void {
  device.dead = true;
}

/** Pages and batches of `page`: the server is asked for less, and a batch is refused as by one that takes less. */
async function paged(fetch: Context['fetch'], address: string, init: RequestInit, page: number): Promise<Response> {
  const url = new URL(address);
  if (url.pathname.endsWith('/pull')) url.searchParams.set('limit', String(page));
  if (url.pathname.endsWith('/push') && page < maxOps && typeof init.body === 'string') {
    const { ops }: { ops: readonly unknown[] } = JSON.parse(init.body);
    const code = 'BATCH_TOO_BIG';
    const status = refusalStatus[code];
    if (ops.length > page) return Response.json({ type: 'about:blank', title: code, status, code }, { status });
  }
  return fetch(url.href, init);
}

/** A partial acknowledgement: what became of the later ops is not told. */
async function firstHalf(answer: Response): Promise<Response> {
  const said: { results: readonly unknown[] } = await answer.json();
  return Response.json({ ...said, results: said.results.slice(0, Math.ceil(said.results.length / 2)) });
}
