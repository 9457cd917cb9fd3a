/** Comments, receipts and replies over HTTP. */
import type { Hono } from 'hono';
import {
  getComments,
  getReceipt,
  postComment,
  postFollowUp,
  postReceiptWithdrawal,
  postReply,
  putReceiptText,
} from '../../../shared/api/comments.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { keptPages } from './kept-pages.ts';
import { answer, editText, showReceipt, withdraw } from './receipt-service.ts';
import { addComment, listComments, reply } from './service.ts';

export function register(app: Hono, context: Context): void {
  const kept = keptPages();
  route(app, context, getComments, ({ query }) => listComments(context, kept, query));
  route(app, context, postComment, (asked) => addComment(asked.context, asked.header('origin'), asked.body));
  route(app, context, getReceipt, ({ receipt }) => showReceipt(context, receipt));
  route(app, context, putReceiptText, ({ receipt, body }) => editText(context, receipt, body));
  route(app, context, postReceiptWithdrawal, ({ receipt }) => withdraw(context, receipt));
  route(app, context, postFollowUp, ({ receipt, body }) => answer(context, receipt, body));
  route(app, context, postReply, ({ session, params, body }) => reply(context, session.grants, params.id, body.text));
}
