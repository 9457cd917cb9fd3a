/** What was acknowledged, kept by the clients alone, and who writes it: leaders who push and seal, readers who comment. */
import type { Device } from '../../server/demo/device.ts';
import { send, type World } from '../../server/demo/world.ts';
import { postComment } from '../../shared/api/comments.ts';
import type { Body, OpResult, Receipt } from '../../shared/api/journal.ts';
import { codeHashOf, plainCode, receiptCode } from '../../shared/feedback/receipt.ts';
import { type Week, weekBefore } from '../../shared/time/week.ts';
import { entryOf } from '../fixtures/showing.ts';

/** One entry as its author left it. */
export interface Written {
  readonly head: string;
  /** Null: deleted. */
  readonly text: string | null;
}

export interface Ledger {
  /** By unit: every op that was answered, in the order of its device. */
  readonly ops: Map<string, { readonly op: string; readonly replayed: boolean }[]>;
  /** By unit: entries by id. */
  readonly rows: Map<string, Map<string, Written>>;
  readonly seals: { readonly unit: string; readonly receipt: Receipt }[];
  readonly comments: { readonly number: string; readonly text: string }[];
}

export const newLedger = (units: Iterable<string>): Ledger => {
  const names = [...units];
  return {
    ops: new Map(names.map((unit) => [unit, []])),
    rows: new Map(names.map((unit) => [unit, new Map()])),
    seals: [],
    comments: [],
  };
};

export interface Work {
  readonly ledger: Ledger;
  /** A number below `n`. */
  readonly below: (n: number) => number;
  readonly isOver: () => boolean;
}

/** A leader: week after week backwards, some pushes, now and then an edit or a deletion in a week that stays open, then the seal. */
export async function lead(
  device: Device,
  unit: string,
  openWeek: Week,
  { ledger, below, isOver }: Work,
): Promise<void> {
  const rows = ledger.rows.get(unit) ?? new Map<string, Written>();
  const ops = ledger.ops.get(unit) ?? [];
  let note: { readonly id: string; readonly head: string } | null = null;
  const push = async (texts: ReadonlyMap<string, string | null>): Promise<void> => {
    const results = await device.push();
    for (const [n, [id, text]] of [...texts].entries()) {
      const { op, replayed } = answered(results[n]);
      rows.set(id, { head: op, text });
      ops.push({ op, replayed });
      if (note?.id === id) note = text === null ? null : { id, head: op };
    }
  };
  const put = async (body: Body, text: string): Promise<readonly [string, string]> => [await device.put(body), text];
  for (let week = weekBefore(openWeek); !isOver(); week = weekBefore(week)) {
    for (let pushes = 1 + below(3); pushes > 0; pushes -= 1) {
      const texts = new Map<string, string | null>();
      for (let n = 1 + below(4); n > 0; n -= 1) {
        const text = `${unit} ${week} ${pushes}.${n}`;
        texts.set(...(await put(entryOf(week, below(7), 8 + below(12), text), text)));
      }
      await push(texts);
    }
    if (note === null) {
      const text = `${unit} open ${week}`;
      const [id] = await put(entryOf(openWeek, 0, 9, text), text);
      note = { id, head: '' };
      await push(new Map([[id, text]]));
    } else {
      const text: string | null = below(4) === 0 ? null : `${unit} edited ${week}`;
      device.queue(note.id, note.head, text === null ? null : entryOf(openWeek, 0, 9, text));
      await push(new Map([[note.id, text]]));
    }
    ledger.seals.push({ unit, receipt: await device.seal(week) });
  }
}

function answered(result: OpResult | undefined): { readonly op: string; readonly replayed: boolean } {
  if (result?.status === 'APPLIED') return { op: result.op, replayed: false };
  if (result?.status === 'REPLAYED' && result.first === 'APPLIED') return { op: result.op, replayed: true };
  throw new Error(`an op was answered ${JSON.stringify(result)}`);
}

/** A reader who comments on one published diary again and again. */
export async function comment(
  world: World,
  reader: string,
  diary: { readonly draw: string; readonly unit: string },
  { ledger, isOver }: Work,
): Promise<void> {
  for (let n = 1; !isOver(); n += 1) {
    const text = `${reader} asks ${n}`;
    const code = plainCode(receiptCode(world.random(10))) ?? '';
    const body = {
      ...diary,
      item: null,
      kind: 'question' as const,
      text,
      nickname: reader,
      codeHash: await codeHashOf(code),
    };
    const { number } = await send(world, postComment, {
      body: { ...body, consent: true },
      headers: { origin: world.issuer },
    });
    ledger.comments.push({ number, text });
  }
}
