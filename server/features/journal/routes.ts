/** journal-sync 1 over HTTP. */
import type { Hono } from 'hono';
import {
  getBlob,
  getHello,
  getLeave,
  getPull,
  getSeals,
  maxSealBytes,
  postPush,
  postReopen,
  postSeal,
  putBlob,
  putLeave,
} from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import type { Session } from '../../http/session.ts';
import type { Author } from './author.ts';
import { ownImage, putImage } from './blobs.ts';
import { declareLeave, leaveOf } from './leave.ts';
import { push } from './push.ts';
import { listSeals, reopen, seal } from './seals.ts';
import { hello, pull } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getHello, ({ grant }) => hello(context, unitOf(grant)));
  // A batch of one op is judged although it is over the limit (sync.md, Blobs), and texts are judged op by op.
  const later = { readUpTo: maxSealBytes, textJudgedLater: true };
  route(
    app,
    context,
    postPush,
    ({ session, grant, body, raw }) => push(context, session, unitOf(grant), body, raw.length),
    later,
  );
  route(app, context, getPull, ({ session, grant, query }) => pull(context, authorOf(session, grant), query));
  route(app, context, postSeal, async ({ session, grant, body, again }) => {
    const { receipt, isNew } = await seal(context, authorOf(session, grant), body);
    if (!isNew) again();
    return { receipt };
  });
  route(app, context, getSeals, ({ grant, query }) => listSeals(context, unitOf(grant), query.after));
  route(app, context, postReopen, ({ session, grant, params }) =>
    reopen(context, authorOf(session, grant), params.week),
  );
  route(app, context, getLeave, ({ grant, params }) => leaveOf(context, unitOf(grant), params.week));
  route(app, context, putLeave, ({ grant, params, body }) => declareLeave(context, unitOf(grant), params.week, body));
  route(app, context, putBlob, ({ session, grant, params, raw }) =>
    putImage(context, authorOf(session, grant), params.sha256, raw),
  );
  route(app, context, getBlob, ({ session, grant, params }) =>
    ownImage(context, authorOf(session, grant), params.sha256),
  );
}

const authorOf = (session: Session, grant: Grant): Author => ({
  person: session.person.id,
  unit: unitOf(grant),
  device: session.device,
});

function unitOf({ unit }: Grant): string {
  if (unit === null) throw new Refusal('NOT_AUTHOR');
  return unit;
}
