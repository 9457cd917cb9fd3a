/** The ten simplified variants of the protocol. Each is a small switch between the real handlers and the real store: it rewrites what
 *  travels, or what one query of the server gives, as the simpler design would. None is in the product. */
import type { KyselyPlugin } from 'kysely';
import type { Context } from '../../extension/device/context.ts';
import type { Op, OpResult, Row } from '../../shared/api/journal.ts';
import type { Device } from './device.ts';
import type { House } from './house.ts';

/** A variant at work in one history. */
export interface Variant {
  /** Between a device and the server. */
  readonly link?: (device: Device, fetch: Context['fetch']) => Context['fetch'];
  /** Between the server and its database. */
  readonly plugin?: KyselyPlugin;
  /** Called when a seal of this week was composed and is not yet signed. */
  readonly composed?: (week: string) => Promise<void>;
}

export type VariantName = keyof typeof variants;

export const variants = {
  /** `parent` is a number: the revision that its author predicted. The server compares it with the entry's number of changes. */
  countedRevision: (house: House): Variant => {
    const made = new Map<string, Op>();
    const sentAs = new Map<string, string | null>();
    const revisionAfter = async (op: string | null): Promise<number> => {
      if (op === null) return 0;
      const known = await revisionOf(house, op);
      if (known !== null) return known;
      const pending = made.get(op);
      return pending === undefined ? -1 : (await revisionAfter(pending.parent)) + 1;
    };
    return {
      link: oneByOne(async (op) => {
        made.set(op.op, op);
        const before = sentAs.get(op.op);
        if (before !== undefined) return { ...op, parent: before };
        const { head, revision } = await headOf(house, op.id);
        const parent = (await revisionAfter(op.parent)) === revision ? head : op.parent;
        sentAs.set(op.op, parent);
        return { ...op, parent };
      }),
    };
  },

  /** The cursor is the server's time, and its clock is coarse: rows written later in the same two minutes are taken for known. */
  cursorByTime: (house: House): Variant => ({
    link: onPath('/pull', async (fetch, address, init) => {
      const url = new URL(address);
      const after = Number(url.searchParams.get('after'));
      const limit = Number(url.searchParams.get('limit'));
      url.searchParams.set('after', '0');
      url.searchParams.set('limit', '500');
      const answer = await fetch(url.href, init);
      if (!answer.ok) return answer;
      const said: { rows: readonly Row[] } = await answer.json();
      const tickOf = await ticks(house);
      const later = said.rows.filter((row) => tickOf(row) > after);
      const rows = later.slice(0, limit);
      const last = rows.at(-1);
      return Response.json({
        ...said,
        rows,
        next: last === undefined ? after : tickOf(last),
        more: later.length > rows.length,
      });
    }),
  }),

  /** Nothing tells a repeated op from a new one: the server gives each its id when it comes. */
  noOpId: (): Variant => {
    const given = new Map<string, string>();
    let count = 0;
    return {
      link: oneByOne(
        (op) => {
          count += 1;
          const parent = op.parent === null ? null : (given.get(op.parent) ?? op.parent);
          const id = `${op.op.slice(0, 20)}${String(count).padStart(6, '0')}`;
          given.set(op.op, id);
          return { ...op, op: id, parent };
        },
        // The device learns the server's id by pulling, so it must not take its own op for known.
        (result, { op }) =>
          result.status === 'APPLIED' ? { ...result, op, status: 'REPLAYED', first: 'APPLIED' } : { ...result, op },
      ),
    };
  },

  /** The server does not ask what the author was looking at. */
  noParentCheck: (house: House): Variant => {
    const sentAs = new Map<string, string | null>();
    return {
      link: oneByOne(async (op) => {
        const before = sentAs.get(op.op);
        const parent = before === undefined ? (await headOf(house, op.id)).head : before;
        sentAs.set(op.op, parent);
        return { ...op, parent };
      }),
    };
  },

  /** One table, so that pull passes over rows with pending edits, and a conflict does not bring the row that was passed over. */
  noRefetch: (): Variant => ({
    link: (device, fetch) =>
      onAnswer('/push', async (said) => {
        for (const result of said.results ?? [])
          if (result.status === 'CONFLICT') {
            const known =
              result.current === null ? undefined : await device.context.database.rows.get(result.current.id);
            Object.assign(result, { current: known ?? null });
          }
      })(device, passingOver(device, fetch)),
  }),

  /** One table: pull passes over rows with pending edits; a conflict brings the present row. */
  pullSkipsPending: (): Variant => ({ link: passingOver }),

  /** One table: pull writes over rows with pending edits. */
  pullOverwritesPending: (): Variant => ({
    link: (device, fetch) =>
      onAnswer('/pull', async ({ rows = [] }) => {
        await device.context.database.outbox
          .where('id')
          .anyOf(rows.map(({ id }) => id))
          .delete();
      })(device, fetch),
  }),

  /** A refused op is dropped with those that follow it (TimeTagger's way). */
  rejectedDropped: (): Variant => ({
    link: (device, fetch) =>
      onAnswer('/push', async ({ results = [] }) => {
        const { outbox, log } = device.context.database;
        for (const { op, status } of results) {
          if (status !== 'CONFLICT' && status !== 'SEALED' && status !== 'INVALID') continue;
          const refused = await outbox.where('op').equals(op).first();
          if (refused === undefined) continue;
          const dropped = (await outbox.where('id').equals(refused.id).toArray()).filter(({ n }) => n >= refused.n);
          for (const table of [outbox, log]) await table.bulkDelete(dropped.map(({ n }) => n));
        }
      })(device, fetch),
  }),

  /** Whether a week is sealed is left to the devices. */
  noSealCheck: (): Variant => {
    const answers = falsely('week_state', (rows) => rows.map((row) => ({ ...row, open: 1 })));
    return {
      plugin: answers.plugin,
      link: onPath('/push', (fetch, address, init) => answers.during(() => fetch(address, init))),
    };
  },

  /** The server takes the signer's word for what the week holds: it sees the week as it was when the seal was composed. */
  noManifestCheck: (house: House): Variant => {
    const composed = new Map<string, readonly object[]>();
    let week = '';
    const answers = falsely('entry', (rows) => composed.get(week) ?? rows);
    return {
      plugin: answers.plugin,
      composed: async (of) => {
        composed.set(of, await house.database.db.selectFrom('entry').selectAll().where('week', '=', of).execute());
      },
      link: onPath('/seals', (fetch, address, init) => {
        if (typeof init.body !== 'string') return fetch(address, init);
        ({ week } = JSON.parse(init.body));
        return answers.during(() => fetch(address, init));
      }),
    };
  },
} satisfies Record<string, (house: House) => Variant>;

export const variantNames = Object.keys(variants) as readonly VariantName[];

type Link = NonNullable<Variant['link']>;

/** Takes over the requests of one path. */
function onPath(
  path: string,
  answer: (fetch: Context['fetch'], address: string, init: RequestInit) => Promise<Response>,
): Link {
  return (_, fetch) => (address, init) =>
    new URL(address).pathname.endsWith(path) ? answer(fetch, address, init) : fetch(address, init);
}

interface Said {
  readonly results?: readonly OpResult[];
  readonly rows?: readonly Row[];
}

/** Looks at the good answers of one path before the device gets them, and may change them. */
function onAnswer(path: string, look: (said: Said) => Promise<void>): Link {
  return onPath(path, async (fetch, address, init) => {
    const answer = await fetch(address, init);
    if (!answer.ok) return answer;
    const said: Said = await answer.json();
    await look(said);
    return Response.json(said);
  });
}

/** Sends each op of a batch by itself, changed. */
function oneByOne(
  change: (op: Op) => Op | Promise<Op>,
  back: (result: OpResult, op: Op) => OpResult = (result) => result,
): Link {
  return onPath('/push', async (fetch, address, init) => {
    const batch: { readonly ops: readonly Op[] } = JSON.parse(String(init.body));
    const results: OpResult[] = [];
    let said: object = {};
    for (const op of batch.ops) {
      const answer = await fetch(address, { ...init, body: JSON.stringify({ ...batch, ops: [await change(op)] }) });
      if (!answer.ok) return answer;
      const { results: own, ...rest }: { readonly results: readonly OpResult[] } = await answer.json();
      results.push(...own.map((result) => back(result, op)));
      said = rest;
    }
    return Response.json({ ...said, results });
  });
}

const passingOver: Link = (device, fetch) =>
  onAnswer('/pull', async (said) => {
    const pending = new Set((await device.context.database.outbox.toArray()).map(({ id }) => id));
    Object.assign(said, { rows: said.rows?.filter(({ id }) => !pending.has(id)) });
  })(device, fetch);

/** A plugin that changes what queries on one table give, while something runs. */
function falsely(table: string, change: (rows: readonly object[]) => readonly object[]) {
  const queries = new WeakSet<object>();
  let isOn = false;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      if (isOn && node.kind === 'SelectQueryNode' && JSON.stringify(node.from).includes(`"${table}"`))
        queries.add(queryId);
      return node;
    },
    transformResult: async ({ result, queryId }) =>
      queries.has(queryId) ? { ...result, rows: change(result.rows).map((row) => ({ ...row })) } : result,
  };
  const during = async (run: () => Promise<Response>): Promise<Response> => {
    isOn = true;
    try {
      return await run();
    } finally {
      isOn = false;
    }
  };
  return { plugin, during };
}

/** Head of an entry and how many changes led to it. */
async function headOf({ database: { db } }: House, id: string) {
  const entry = await db.selectFrom('entry').select('head').where('id', '=', id).executeTakeFirst();
  const ops = await db.selectFrom('op').select('op').where('id', '=', id).where('status', '=', 'APPLIED').execute();
  return { head: entry?.head ?? null, revision: ops.length };
}

/** Which change of its entry an op was; null where it never took effect. */
async function revisionOf({ database: { db } }: House, op: string): Promise<number | null> {
  const row = await db.selectFrom('op').select(['id', 'seq']).where('op', '=', op).executeTakeFirst();
  if (row === undefined || row.seq === null) return null;
  const until = await db.selectFrom('op').select('op').where('id', '=', row.id).where('seq', '<=', row.seq).execute();
  return until.length;
}

/** The two minutes in which a row was written, as numbers that no `seq` has. */
async function ticks({ server, database: { db } }: House): Promise<(row: Row) => number> {
  const ops = await db.selectFrom('op').select(['op', 'received_at']).execute();
  const at = new Map(ops.map(({ op, received_at }) => [op, received_at]));
  const first = Math.min(...at.values());
  return ({ head }) => 1_000_000 + Math.floor(((at.get(head) ?? server.clock.ms / 1000) - first) / 120);
}
