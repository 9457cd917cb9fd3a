/** Portrait and dossier (立体像, 考核材料): made for one term of office and a period, read by its leader first. */
import * as v from 'valibot';
import { Assessment, faces, heads } from '../portrait/faces.ts';
import { Face, Source } from '../portrait/figure.ts';
import { PublicPart } from '../portrait/portrait-input.ts';
import { endpoint } from './endpoint.ts';
import { Day, Hash, Id, PageQuery, pageOf, prose, Root, Seconds, Ulid } from './field.ts';
import { Term, Words } from './organisation.ts';

/** What a dossier says. It never changes, but for the name of a thread that is withheld later: what comes to light later is another dossier. */
export const DossierContent = v.object({
  v: v.literal(1),
  organisation: Words,
  unit: v.object({ id: Id, name: Words }),
  term: Term,
  /** Both included; of the weeks that cross an edge, those whose Sunday lies inside. */
  from: Day,
  to: Day,
  asOf: Seconds,
  zone: v.string(),
  /** Under which head each face stood when it was made. */
  heads: v.array(v.object({ head: v.picklist(heads), faces: v.array(v.picklist(faces)) })),
  faces: v.array(Face),
  sources: v.array(Source),
  /** The head of the log that holds every seal among the sources; null before the log begins. */
  log: v.nullable(v.object({ origin: v.string(), size: v.number(), root: Root })),
});
export type DossierContent = v.InferOutput<typeof DossierContent>;

/** `waiting`: with the leader; `released`: handed over by the leader; `elapsed`: the leader's time has run out. */
const State = v.picklist(['waiting', 'released', 'elapsed']);

export const DossierRow = v.object({
  id: Ulid,
  unit: Id,
  term: Id,
  post: v.string(),
  from: Day,
  to: Day,
  madeAt: Seconds,
  /** When the assessor may read it at the latest. */
  openAt: Seconds,
  state: State,
  seenAt: v.nullable(Seconds),
  releasedAt: v.nullable(Seconds),
  digest: Hash,
});
export type DossierRow = v.InferOutput<typeof DossierRow>;

export const Dossier = v.object({
  ...DossierRow.entries,
  /** The JSON of a `DossierContent`, whose SHA-256 is `digest`. */
  content: v.string(),
  notes: v.array(v.object({ at: Seconds, text: v.string() })),
});
export type Dossier = v.InferOutput<typeof Dossier>;

/** Asks for a dossier. The leader has it at once, the assessor once it is handed over or the leader's time has run out. */
export const postDossier = endpoint({
  method: 'POST',
  path: '/api/v1/dossiers',
  group: 'dossiers',
  summary: 'Make a dossier of a term of office and a period',
  access: 'dossiers.make',
  body: v.strictObject({ term: Id, from: Day, to: Day }),
  answer: DossierRow,
  status: 201,
  refusals: ['NOT_FOUND', 'FIELD_INVALID', 'NOT_ALLOWED'],
});

export const getDossiers = endpoint({
  method: 'GET',
  path: '/api/v1/dossiers',
  group: 'dossiers',
  summary: 'Dossiers, newest first, with where each stands',
  access: 'dossiers.make',
  query: PageQuery,
  answer: pageOf(DossierRow),
  refusals: ['FIELD_INVALID'],
});

/** Each reading is an audit row. One that its leader still has is not found. */
export const getDossier = endpoint({
  method: 'GET',
  path: '/api/v1/dossiers/{id}',
  group: 'dossiers',
  summary: 'A dossier with what its leader says of it',
  access: 'dossiers.make',
  answer: Dossier,
  refusals: ['NOT_FOUND'],
});

export const getOwnDossiers = endpoint({
  method: 'GET',
  path: '/api/v1/portrait/dossiers',
  group: 'dossiers',
  summary: 'Dossiers about me, newest first',
  access: 'dossiers.mine',
  query: PageQuery,
  answer: pageOf(DossierRow),
  refusals: ['FIELD_INVALID'],
});

export const getOwnDossier = endpoint({
  method: 'GET',
  path: '/api/v1/portrait/dossiers/{id}',
  group: 'dossiers',
  summary: 'A dossier about me',
  access: 'dossiers.mine',
  answer: Dossier,
  refusals: ['NOT_FOUND'],
});

/** Adds what the leader says; nothing said before is replaced. */
export const postDossierNote = endpoint({
  method: 'POST',
  path: '/api/v1/portrait/dossiers/{id}/notes',
  group: 'dossiers',
  summary: 'Say something of a dossier about me',
  access: 'dossiers.mine',
  body: v.strictObject({ text: prose(2000) }),
  answer: Dossier,
  status: 201,
  refusals: ['NOT_FOUND', 'RATE_LIMITED'],
});

export const postDossierRelease = endpoint({
  method: 'POST',
  path: '/api/v1/portrait/dossiers/{id}/release',
  group: 'dossiers',
  summary: 'Hand a dossier about me over to the assessor',
  access: 'dossiers.mine',
  answer: Dossier,
  status: 200,
  refusals: ['NOT_FOUND', 'ALREADY_DONE'],
});

/** What a leader's device cannot know by itself: comments under the own diaries, and the unit's tickets. */
export const getPublicPart = endpoint({
  method: 'GET',
  path: '/api/v1/portrait/response',
  group: 'dossiers',
  summary: 'Comments and tickets of a period for the own portrait',
  access: 'dossiers.mine',
  query: v.object({ from: Day, to: Day }),
  answer: PublicPart,
  refusals: ['FIELD_INVALID'],
});

export const getAssessment = endpoint({
  method: 'GET',
  path: '/api/v1/assessment',
  group: 'dossiers',
  summary: 'Which face stands under which head',
  access: 'device',
  answer: Assessment,
});

/** Holds for dossiers made from now on. */
export const putAssessment = endpoint({
  method: 'PUT',
  path: '/api/v1/assessment',
  group: 'dossiers',
  summary: 'Set which face stands under which head',
  access: 'dossiers.make',
  body: Assessment,
  answer: Assessment,
});
