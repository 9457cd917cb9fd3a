/** Dossiers: the organiser asks for one and sets how they are arranged; the leader says something and hands one over. */
import { type AggregateRow, postAggregate } from '../../shared/api/aggregates.ts';
import {
  type Dossier,
  type DossierRow,
  postDossier,
  postDossierNote,
  postDossierRelease,
  putAssessment,
} from '../../shared/api/dossiers.ts';
import type { Assessment } from '../../shared/portrait/faces.ts';
import { call } from '../remote/client.ts';

/** Refuses `FIELD_INVALID` where the period has no week of the term that is over, `NOT_ALLOWED` about oneself. */
export const makeDossier = (term: string, from: string, to: string): Promise<DossierRow> =>
  call(postDossier, { body: { term, from, to } });

/** What is said stays; more may be said later. */
export const noteDossier = (id: string, text: string): Promise<Dossier> =>
  call(postDossierNote, { params: { id }, body: { text } });

/** Cannot be taken back. */
export const releaseDossier = (id: string): Promise<Dossier> => call(postDossierRelease, { params: { id } });

/** Holds for dossiers made from now on. */
export const changeAssessment = (assessment: Assessment): Promise<Assessment> =>
  call(putAssessment, { body: assessment });

/** Cannot be made again. Refuses `FIELD_INVALID` before four weeks have passed after the quarter, `ALREADY_DONE` where it is made. */
export const makeAggregate = (quarter: string): Promise<AggregateRow> => call(postAggregate, { body: { quarter } });
