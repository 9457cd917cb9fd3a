/** Portraits and dossiers over HTTP. */
import type { Hono } from 'hono';
import { getAggregate, getAggregates, postAggregate } from '../../../shared/api/aggregates.ts';
import {
  getAssessment,
  getDossier,
  getDossiers,
  getOwnDossier,
  getOwnDossiers,
  getPublicPart,
  postDossier,
  postDossierNote,
  postDossierRelease,
  putAssessment,
} from '../../../shared/api/dossiers.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { aggregateRead, aggregatesListed, makeAggregate } from './aggregates.ts';
import {
  addNote,
  assessmentNow,
  listOf,
  make,
  ownResponse,
  readByAssessor,
  readByLeader,
  release,
  setAssessment,
} from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, postDossier, ({ grant, session, body }) => make(context, grant, session.person.id, body));
  route(app, context, getDossiers, ({ query }) => listOf(context, null, query.after));
  route(app, context, getDossier, ({ grant, params }) => readByAssessor(context, grant, params.id));
  route(app, context, getOwnDossiers, ({ session, query }) => listOf(context, session.person.id, query.after));
  route(app, context, getOwnDossier, ({ grant, session, params }) =>
    readByLeader(context, grant, session.person.id, params.id),
  );
  route(app, context, postDossierNote, ({ grant, session, params, body }) =>
    addNote(context, grant, session.person.id, params.id, body.text),
  );
  route(app, context, postDossierRelease, ({ grant, session, params }) =>
    release(context, grant, session.person.id, params.id),
  );
  route(app, context, getPublicPart, ({ grant, session, query }) =>
    ownResponse(context, grant, session.person.id, query),
  );
  route(app, context, getAssessment, () => assessmentNow(context.database.db));
  route(app, context, putAssessment, ({ grant, body }) => setAssessment(context, grant, body));
  route(app, context, getAggregates, () => aggregatesListed(context));
  route(app, context, getAggregate, ({ params }) => aggregateRead(context, params.quarter));
  route(app, context, postAggregate, ({ grant, body }) => makeAggregate(context, grant, body.quarter));
}
