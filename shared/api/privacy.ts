/** What a reader may ask of the own data, by receipt: all of it, and that it be erased (closed-loop.md "Comments"). */
import * as v from 'valibot';
import { ReceiptView } from './comments.ts';
import { endpoint } from './endpoint.ts';
import { Seconds } from './field.ts';
import { Words } from './organisation.ts';

/** Everything that is kept under a receipt. Beside what the receipt shows: the photo as base64 of a JPEG, the private contact, and until when it
 *  is kept under seal who signed in; null where there is none. */
export const OwnData = v.object({
  ...ReceiptView.entries,
  format: v.literal('sundial-own-data-1'),
  exportedAt: Seconds,
  organisation: Words,
  /** Address of the full notice. */
  notice: v.string(),
  photo: v.nullable(v.string()),
  contact: v.nullable(v.string()),
  identityKeptUntil: v.nullable(Seconds),
});
export type OwnData = v.InferOutput<typeof OwnData>;

export const getReceiptExport = endpoint({
  method: 'GET',
  path: '/api/v1/receipt/export',
  group: 'comments',
  summary: 'Everything that is kept under my receipt',
  access: 'receipt',
  answer: OwnData,
  refusals: ['RECEIPT_INVALID', 'RATE_LIMITED'],
});

/** At any time, and again without effect. A published comment leaves a stub; a ticket keeps its steps without the reader's words. */
export const postReceiptErasure = endpoint({
  method: 'POST',
  path: '/api/v1/receipt/erasure',
  group: 'comments',
  summary: 'Erase what is kept under my receipt',
  access: 'receipt',
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'RATE_LIMITED', 'VERSION_STALE'],
});
