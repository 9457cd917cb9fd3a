/** What the server told the devices in a history: listened to on the wire, apart from what either side stored. */
import * as v from 'valibot';
import type { Context } from '../../extension/device/context.ts';
import type { Op, OpResult, Row } from '../../shared/api/journal.ts';
import type { Device } from './device.ts';

export interface Pushed {
  readonly op: Op;
  readonly result: OpResult;
}

export interface Page {
  readonly after: number;
  readonly rows: readonly Row[];
  readonly next: number;
}

export interface Told {
  readonly pushed: Pushed[];
  readonly pages: Page[];
  /** Texts that a device was told to have taken effect. */
  readonly arrived: Set<string>;
  /** Codes of refused pushes. */
  readonly refused: string[];
  /** What devices sent, by the device and in words that a person could read. */
  readonly sent: { readonly device: Device; readonly words: string }[];
  readonly listen: (device: Device, fetch: Context['fetch']) => Context['fetch'];
}

export function told(): Told {
  const [pushed, pages, refused]: [Pushed[], Page[], string[]] = [[], [], []];
  const sent: { device: Device; words: string }[] = [];
  const arrived = new Set<string>();
  const note = ({ op, result }: Pushed) => {
    pushed.push({ op, result });
    const parsed = v.safeParse(WithText, op.body);
    if (parsed.success && hasArrived(result)) arrived.add(parsed.output.text);
  };
  return {
    pushed,
    pages,
    arrived,
    refused,
    sent,
    listen: (device, fetch) => async (address, init) => {
      if (typeof init.body === 'string') sent.push({ device, words: readable(init.body) });
      const answer = await fetch(address, init);
      const { pathname, searchParams } = new URL(address);
      if (pathname.endsWith('/push') && typeof init.body === 'string') {
        const said = await answer.clone().json();
        if (!answer.ok) refused.push(said.code);
        else {
          const { ops }: { ops: readonly Op[] } = JSON.parse(init.body);
          for (const [n, op] of ops.entries()) note({ op, result: said.results[n] });
        }
      }
      if (pathname.endsWith('/pull') && answer.ok) {
        const { rows, next } = await answer.clone().json();
        pages.push({ after: Number(searchParams.get('after')), rows, next });
      }
      return answer;
    },
  };
}

/** A request with what its disclosures say in the clear. */
function readable(body: string): string {
  const parsed = v.safeParse(WithDisclosures, JSON.parse(body));
  const disclosures = parsed.success ? parsed.output.disclosures : [];
  return [body, ...disclosures.map((each) => Buffer.from(each, 'base64url').toString('utf8'))].join('\n');
}

const WithDisclosures = v.object({ disclosures: v.array(v.string()) });
const WithText = v.object({ text: v.string() });

const hasArrived = (result: OpResult): boolean =>
  result.status === 'APPLIED' || (result.status === 'REPLAYED' && result.first === 'APPLIED');
