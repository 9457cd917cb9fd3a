/** The review of comments as a table: which decision leads from which state to which, and what may be taken back (closed-loop.md
 *  "Comments"). */
import type { CommentState, RejectionReason } from './comment.ts';

export const decisions = ['publish', 'reject', 'remove', 'restore'] as const;
export type Decision = (typeof decisions)[number];

/** What each decision of a moderator needs and leads to. */
export const decisionMoves: Readonly<Record<Decision, { readonly from: CommentState; readonly to: CommentState }>> = {
  publish: { from: 'waiting', to: 'published' },
  reject: { from: 'waiting', to: 'rejected' },
  remove: { from: 'published', to: 'removed' },
  restore: { from: 'removed', to: 'published' },
};

/** Decisions that a state allows. */
export const decisionsFrom = (state: CommentState): readonly Decision[] =>
  decisions.filter((decision) => decisionMoves[decision].from === state);

/** Where a decision that is taken back leads: each but `restore`, which has `remove` for it. */
export const undoneTo: Readonly<Partial<Record<CommentState, CommentState>>> = {
  published: 'waiting',
  rejected: 'waiting',
  removed: 'published',
};

/** Seconds in which who decided may take it back, as long as nothing was built on it. */
export const undoSeconds = 120;

/** Reasons for which not even the masked text is kept, nor nickname and place: what was erased cannot be taken back or restored. */
const erasing: ReadonlySet<RejectionReason> = new Set(['privacy', 'classified']);
export const erasesText = (reason: RejectionReason): boolean => erasing.has(reason);

/** Seconds for which an item that somebody has open is shown as such, unless it is said again. */
export const leaseSeconds = 60;

/** Most comments of a wave that are decided in one request: each is decided by itself. */
export const waveMost = 100;

/** What waits is counted up to here, so that the count costs the same however much waits. */
export const queueCounted = 1000;

export const appealStates = ['waiting', 'granted', 'refused'] as const;
export type AppealState = (typeof appealStates)[number];

/** Most characters of an appeal. */
export const appealMaxGraphemes = 500;

const spans: readonly RegExp[] = [
  /\d+\s*[幢栋號号楼弄]\s*\d*\s*[室户]?(?:\d+\s*[室户])?/g,
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}/g,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /(?:微信|[Vv]信|QQ|qq)(?:号|群)?[:：]?\s*[\w-]{5,20}/g,
  /(?<!\d)\d{5,}(?!\d)/g,
];

/** Spans that often name a person or a home and that nobody masks without looking: house numbers, number plates, mail addresses, accounts,
 *  long numbers. `[from, to)` in UTF-16 units, in order, apart. */
export function likelySpans(text: string): readonly (readonly [number, number])[] {
  const found = spans
    .flatMap((pattern) =>
      [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length] as const),
    )
    .sort((a, b) => a[0] - b[0]);
  const apart: (readonly [number, number])[] = [];
  for (const span of found) if (span[0] >= (apart.at(-1)?.[1] ?? 0)) apart.push(span);
  return apart;
}
