/** Tickets of the desk over HTTP. */
import type { Hono } from 'hono';
import { getReplyPhoto } from '../../../shared/api/photos.ts';
import { deleteReplyTemplate, getReplyTemplates, putReplyTemplate } from '../../../shared/api/reply-templates.ts';
import {
  getTicket,
  getTickets,
  postClock,
  postContactLook,
  postExtension,
  postExtensionRefusal,
  postMove,
  postMoves,
  postNote,
  postTicket,
  putAction,
} from '../../../shared/api/tickets.ts';
import type { Context } from '../../context.ts';
import { replyPhotoBytes } from '../../feedback/reply-photo.ts';
import { route } from '../../http/route.ts';
import { list, look, move, moveMany, register as open, putTicketAction } from './service.ts';
import { listTemplates, putTemplate, removeTemplate } from './templates.ts';
import { askExtension, changeClock, lookAtContact, refuseExtension, writeNote } from './work.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, postTicket, ({ grant, body }) => open(context, grant, body));
  route(app, context, getTickets, ({ session, query }) => list(context, session.grants, query));
  route(app, context, postMoves, ({ session, body }) => moveMany(context, session.grants, body));
  route(app, context, getTicket, ({ session, params }) => look(context, session.grants, params.number));
  route(app, context, postMove, ({ session, params, body }) => move(context, session.grants, params.number, body));
  route(app, context, postExtension, ({ session, params, body }) =>
    askExtension(context, session.grants, params.number, body),
  );
  route(app, context, postExtensionRefusal, ({ grant, session, params, body }) =>
    refuseExtension(context, grant, session.grants, params.number, body),
  );
  route(app, context, postClock, ({ grant, session, params, body }) =>
    changeClock(context, grant, session.grants, params.number, body),
  );
  route(app, context, postNote, ({ session, params, body }) => writeNote(context, session.grants, params.number, body));
  route(app, context, postContactLook, ({ session, params }) => lookAtContact(context, session.grants, params.number));
  route(app, context, putAction, ({ session, params, body }) =>
    putTicketAction(context, session.grants, params.number, params.id, body),
  );
  route(app, context, getReplyPhoto, ({ params }) =>
    replyPhotoBytes(context.database.db, params.number, params.sha256),
  );
  route(app, context, getReplyTemplates, () => listTemplates(context));
  route(app, context, putReplyTemplate, ({ grant, params, body }) => putTemplate(context, grant, params.id, body));
  route(app, context, deleteReplyTemplate, ({ grant, params }) => removeTemplate(context, grant, params.id));
}
