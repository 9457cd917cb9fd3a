/** Time, sign-in, invitations and devices over HTTP. */
import type { Hono } from 'hono';
import {
  deleteDevice,
  getDevices,
  getInvitations,
  getMe,
  getTime,
  postActivation,
  postDevice,
  postInvitation,
  postInvitationLook,
  postRotation,
  postToken,
} from '../../../shared/api/accounts.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { activate, claim, invite, listInvitations, look } from './invitations.ts';
import { offerKeys } from './rotation.ts';
import { endDevice, listDevices, signIn, whoIs } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getTime, () => ({ now: context.now() }));
  route(app, context, postToken, ({ body }) => signIn(context, body.assertion));
  route(app, context, getMe, ({ session }) => whoIs(session));
  route(app, context, postInvitationLook, ({ body }) => look(context, body.code));
  route(app, context, postInvitation, ({ grant, body }) => invite(context, grant, body));
  route(app, context, getInvitations, ({ query }) => listInvitations(context, query.after));
  route(app, context, postActivation, ({ grant, params, body }) => activate(context, grant, params.id, body));
  route(app, context, postDevice, ({ body }) => claim(context, body));
  route(app, context, postRotation, ({ session, body }) => offerKeys(context, session, body));
  route(app, context, getDevices, ({ session }) => listDevices(context, session));
  route(app, context, deleteDevice, ({ session, params }) => endDevice(context, session, params.id));
}
