/** The journal's calls as sync.md says them, in memory: for histories that a real server cannot be brought into at will (a restore from a
 *  backup, a lost answer, a refusal of one op). What both sides must agree on is tested against the real app elsewhere. */

import * as v from 'valibot';
import { type Body, Body as BodySchema, type Op, type OpResult, type Row } from '../../shared/api/journal.ts';
import { type RefusalCode, refusalStatus } from '../../shared/api/refusal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { sealHash } from '../../shared/proof/seal.ts';

interface Stored {
  readonly result: OpResult;
  readonly content: string;
}

/** A server for one author. */
export class ServerDouble {
  epoch = 1;
  seq = 0;
  /** Its clock, in milliseconds. */
  now: () => number = Date.now;
  rows = new Map<string, Row>();
  ops = new Map<string, Stored>();
  /** Every body that took effect, as text. */
  history: string[] = [];
  /** Weeks that take no op. */
  readonly shut = new Set<string>();
  /** Largest number of ops in a batch before `BATCH_TOO_BIG`. */
  mostOps = 200;
  /** Text of every request body that arrived, and of every URL. */
  readonly heard: string[] = [];
  /** Results given to each op, in order. */
  readonly results: OpResult[] = [];
  /** Called before an answer leaves; throwing loses the answer after the server did its work. */
  onAnswer: (path: string) => void = () => {};
  /** Seal requests that were accepted, by seal hash. */
  readonly seals = new Map<string, { readonly request: SealRequest; readonly index: number }>();
  /** Refuses every call of a path that contains the key. */
  readonly refusals = new Map<string, RefusalCode>();

  readonly fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(address);
    const body = typeof init.body === 'string' ? init.body : '';
    this.heard.push(`${init.method ?? 'GET'} ${address} ${body}`);
    for (const [part, code] of this.refusals) if (pathname.includes(part)) return problem(code);
    const given: unknown = body === '' ? null : JSON.parse(body);
    const answer =
      init.method === 'POST' && pathname.endsWith('/seals')
        ? await this.seal(given)
        : this.answer(pathname, searchParams, given);
    this.onAnswer(pathname);
    return answer;
  };

  /** A copy of what is stored, to be restored later as a backup is. */
  backup(): () => void {
    const [rows, ops, seq, history] = [new Map(this.rows), new Map(this.ops), this.seq, [...this.history]];
    return () => {
      this.rows = new Map(rows);
      this.ops = new Map(ops);
      this.seq = seq;
      this.history = [...history];
      this.epoch += 1;
    };
  }

  /** Everything the server has stored, as text. */
  stored(): string {
    return JSON.stringify([[...this.rows.values()], [...this.ops.values()]]);
  }

  private answer(path: string, query: URLSearchParams, body: unknown): Response {
    switch (path) {
      case '/api/v1/time':
        return json({ now: this.now() });
      case '/api/v1/token':
        return json({
          token: 'token',
          expiresAt: Math.floor(this.now() / 1000) + 3600,
          device: 'device-1',
          person: { id: 'p1', name: '测试' },
          grants: [{ role: 'leader', unit: 'u01', actor: 'u01' }],
        });
      case '/api/v1/organisation':
        return json({
          name: { zh: '试验区', en: 'Test' },
          zone: 'Asia/Shanghai',
          demo: false,
          origin: 'diary.example/log1',
          vkey: 'none',
          organiser: null,
          issuer: 'https://diary.example',
          units: [],
          terms: [],
          categories: [],
          threads: [],
        });
      case '/api/v1/journal/hello':
        return json({
          epoch: this.epoch,
          serverTime: Math.floor(this.now() / 1000),
          schemaMin: 1,
          schemaMax: 1,
          maxOps: 200,
          maxBytes: 1_048_576,
          sealedThrough: null,
        });
      case '/api/v1/journal/push':
        return this.push(body);
      case '/api/v1/journal/pull':
        return this.pull(query);
      case '/api/v1/journal/seals':
        return json({ rows: [] });
      default:
        return problem('NOT_FOUND');
    }
  }

  private async seal(body: unknown): Promise<Response> {
    const request = v.parse(sealRequest, body);
    const own = [...this.rows.values()].filter(({ week, del }) => week === request.week && !del);
    const heads = own.map(({ id, head }) => [id, head]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    if (canonical(heads) !== canonical(request.manifest)) return problem('SEAL_STALE');
    const seal = await sealHash(request.jws);
    const index = this.seals.get(seal)?.index ?? this.seals.size + 3;
    this.seals.set(seal, { request, index });
    const receipt = { week: request.week, rev: this.seals.size, seal, index, checkpoint: 'note' };
    return Response.json({ receipt }, { status: 201 });
  }

  private push(body: unknown): Response {
    const { epoch, ops } = v.parse(pushed, body);
    if (epoch !== this.epoch) return problem('EPOCH_CHANGED');
    if (ops.length > this.mostOps) return problem('BATCH_TOO_BIG');
    const results = ops.map((op) => this.apply(op));
    this.results.push(...results);
    return json({ epoch, serverTime: 0, results });
  }

  private apply(op: Op): OpResult {
    const known = this.ops.get(op.op);
    if (known !== undefined) {
      if (known.content !== canonical(op.body ?? null)) return { op: op.op, status: 'ID_REUSE' };
      const { result } = known;
      return result.status === 'APPLIED'
        ? { op: op.op, status: 'REPLAYED', seq: result.seq, first: 'APPLIED' }
        : { op: op.op, status: 'REPLAYED', first: result.status };
    }
    const result = this.judge(op);
    if (result.status !== 'INVALID') this.ops.set(op.op, { result, content: canonical(op.body ?? null) });
    return result;
  }

  private judge(op: Op): OpResult {
    const row = this.rows.get(op.id);
    const parsed = op.body === null ? null : v.safeParse(BodySchema, op.body);
    if (parsed !== null && !parsed.success) return { op: op.op, status: 'INVALID', reason: 'BODY', field: 'text' };
    const body: Body | null = parsed === null ? null : parsed.output;
    const week = body?.week ?? row?.week ?? '2026-W47';
    for (const touched of [week, row?.week])
      if (touched !== undefined && this.shut.has(touched)) return { op: op.op, status: 'SEALED', week: touched };
    if ((row?.head ?? null) !== op.parent) return { op: op.op, status: 'CONFLICT', current: row ?? null };
    this.seq += 1;
    this.rows.set(op.id, { id: op.id, head: op.op, seq: this.seq, schema: 1, del: op.kind === 'del', week, body });
    this.history.push(JSON.stringify(body));
    if (body?.hold !== undefined) this.redact(op.id);
    return { op: op.op, status: 'APPLIED', seq: this.seq };
  }

  private redact(id: string): void {
    for (const [op, stored] of this.ops) {
      const { result } = stored;
      if (result.status === 'CONFLICT' && result.current?.id === id)
        this.ops.set(op, { ...stored, result: { ...result, current: null } });
    }
    for (const [op, stored] of [...this.ops])
      if (stored.content.includes('"text"') && this.isOf(op, id)) this.ops.set(op, { ...stored, content: 'redacted' });
  }

  private isOf(op: string, id: string): boolean {
    return this.heard.some((line) => line.includes(op) && line.includes(id));
  }

  private pull(query: URLSearchParams): Response {
    if (Number(query.get('epoch')) !== this.epoch) return problem('EPOCH_CHANGED');
    const after = Number(query.get('after'));
    const rows = [...this.rows.values()].filter(({ seq }) => seq > after).sort((a, b) => a.seq - b.seq);
    const page = rows.slice(0, Number(query.get('limit') ?? 200));
    return json({ epoch: this.epoch, rows: page, next: page.at(-1)?.seq ?? after, more: rows.length > page.length });
  }
}

const sealRequest = v.object({
  week: v.string(),
  jws: v.string(),
  disclosures: v.array(v.string()),
  manifest: v.array(v.tuple([v.string(), v.string()])),
});
/** What a device sends to seal a week. */
export type SealRequest = v.InferOutput<typeof sealRequest>;

const pushed = v.object({
  epoch: v.number(),
  device: v.string(),
  ops: v.array(
    v.object({
      op: v.string(),
      n: v.number(),
      id: v.string(),
      parent: v.nullable(v.string()),
      kind: v.picklist(['put', 'del']),
      schema: v.number(),
      at: v.string(),
      body: v.nullable(v.unknown()),
    }),
  ),
});

function json(value: unknown): Response {
  return Response.json(value);
}

function problem(code: RefusalCode): Response {
  const status = refusalStatus[code];
  return Response.json({ type: 'about:blank', title: code, status, code }, { status });
}
