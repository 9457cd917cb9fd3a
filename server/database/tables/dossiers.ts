/** Rows of dossiers. Times are Unix seconds; what a dossier says is changed by a hold alone (records/redact-dossiers.ts). */

export interface DossierTable {
  id: string;
  term: string;
  unit: string;
  /** Whom it is about. */
  person: string;
  from_day: string;
  to_day: string;
  /** Actor of the organiser who asked for it. */
  made_by: string;
  made_at: number;
  /** JSON of a `DossierContent` (shared/api/dossiers.ts), and b64u(SHA-256) of that very text. */
  content: string;
  digest: string;
  /** When the organiser may read it even if the leader has not handed it over. */
  open_at: number;
  /** When the leader first read it, and handed it over. */
  seen_at: number | null;
  released_at: number | null;
}

/** What the leader says of it; lines are only added. */
interface DossierNoteTable {
  dossier: string;
  n: number;
  at: number;
  text: string;
}

/** Which face stands under which head, and how long the leader has. The newest revision holds; `value` is JSON. */
interface AssessmentTable {
  revision: number;
  value: string;
  at: number;
  actor: string;
}

/** The organisation's figures of a quarter, made once: looked at again after a late seal, they would tell of that one unit. */
export interface AggregateTable {
  /** `2026-Q3`. */
  quarter: string;
  made_by: string;
  made_at: number;
  /** JSON of an `AggregateContent` (shared/api/aggregates.ts), and b64u(SHA-256) of that very text. */
  content: string;
  digest: string;
}

export interface DossierTables {
  aggregate: AggregateTable;
  dossier: DossierTable;
  dossier_note: DossierNoteTable;
  assessment: AssessmentTable;
}
