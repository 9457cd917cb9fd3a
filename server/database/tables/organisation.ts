/** Rows of units and terms of office. */

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

export interface OrganisationTables {
  unit: UnitTable;
  term: TermTable;
}
