/** Rows of units, terms of office, and what the desk has set. */

export interface UnitTable {
  id: string;
  kind: string;
  zh: string;
  en: string;
  position: number;
}

export interface TermTable {
  id: string;
  unit: string;
  post: string;
  from_day: string;
  to_day: string | null;
}

/** What the desk set a setting to. The newest row of a name holds; rows are never changed. `value` is JSON, null: as the file has it. */
export interface SettingTable {
  revision: number;
  name: string;
  value: string | null;
  at: number;
  actor: string;
}

/** An import from the desk. `touched`: JSON of `Touched` (server/features/organisation/import-undo.ts), by which it is undone. */
export interface UnitImportTable {
  id: string;
  at: number;
  actor: string;
  touched: string;
  undone_at: number | null;
}

export interface OrganisationTables {
  unit_import: UnitImportTable;
  setting: SettingTable;
  unit: UnitTable;
  term: TermTable;
}
