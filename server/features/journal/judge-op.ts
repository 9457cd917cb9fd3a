/** An op by itself, before anything stored is looked at. */
import * as v from 'valibot';
import { Body, type Op } from '../../../shared/api/journal.ts';
import { fail, ok, type Result } from '../../../shared/base/result.ts';
import { judgeBody } from '../../../shared/diary/journal.ts';

export type Invalid = { readonly field?: string; readonly reason: string };

/** An op beside its body by the schema and the rules between its members; null of a deletion. */
export interface JudgedOp {
  readonly op: Op;
  readonly verdict: Result<Body | null, Invalid>;
}

export function judgeOp(op: Op): JudgedOp {
  return { op, verdict: judge(op) };
}

function judge(op: Op): Result<Body | null, Invalid> {
  if (op.kind === 'del') return op.body === null ? ok(null) : fail({ field: 'body', reason: 'NOT_NULL' });
  const parsed = v.safeParse(Body, op.body);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue);
    const reason = /^[A-Z_]+$/.test(issue.message) ? issue.message : issue.type.toUpperCase();
    return fail({ ...(field === null ? {} : { field }), reason });
  }
  const judged = judgeBody(parsed.output);
  return judged.ok ? judged : fail({ field: judged.problem.field, reason: judged.problem.code });
}

/** No lone surrogate anywhere, and no nesting without end. U+0000 and its like are refused by the schema where they matter. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth < maxDepth &&
    Object.entries(value).every(([name, each]) => name.isWellFormed() && isStorable(each, depth + 1))
  );
}

const maxDepth = 16;
