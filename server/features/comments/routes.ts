/** Comments, receipts and replies over HTTP. */
import type { Hono } from 'hono';
import {
  getComments,
  getReceipt,
  postComment,
  postFollowUp,
  postReceiptAppeal,
  postReceiptWithdrawal,
  postReply,
  putReceiptText,
} from '../../../shared/api/comments.ts';
import { getPhoto } from '../../../shared/api/photos.ts';
import { getReceiptExport, postReceiptErasure } from '../../../shared/api/privacy.ts';
import type { Context } from '../../context.ts';
import { photoBytes } from '../../feedback/photo.ts';
import { broughtBy, gateOf } from '../../feedback/proof-of-work.ts';
import { route } from '../../http/route.ts';
import { readerOf } from '../../identity/reader.ts';
import { eraseOwn, exportOwn } from './own-data.ts';
import { answer, appeal, editText, showReceipt, withdraw } from './receipt-service.ts';
import { addComment, listComments, reply } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getComments, ({ query, stand }) => listComments(context, query, stand));
  route(
    app,
    context,
    postComment,
    async (asked) =>
      addComment(
        asked.context,
        asked.header('origin'),
        await readerOf(context, asked.header),
        await broughtBy(context, asked, 'comments'),
        asked.body,
      ),
    { gate: gateOf(context, 'comments') },
  );
  route(app, context, getPhoto, ({ params }) => photoBytes(context.database.db, params.id, true));
  route(app, context, getReceipt, ({ receipt }) => showReceipt(context, receipt));
  route(app, context, putReceiptText, ({ receipt, body }) => editText(context, receipt, body));
  route(app, context, postReceiptWithdrawal, ({ receipt }) => withdraw(context, receipt));
  route(app, context, postReceiptAppeal, ({ receipt, body }) => appeal(context, receipt, body.words));
  route(app, context, getReceiptExport, ({ receipt }) => exportOwn(context, receipt));
  route(app, context, postReceiptErasure, ({ receipt }) => eraseOwn(context, receipt));
  route(app, context, postFollowUp, ({ receipt, body }) => answer(context, receipt, body));
  route(app, context, postReply, ({ session, params, body }) => reply(context, session, params.id, body.text));
}
