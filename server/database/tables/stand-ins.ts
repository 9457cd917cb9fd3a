/** Rows of who stands in for whom. */

/** `person` holds a role as `actor` from `from_at` until before `to_at` (Unix seconds; null: until it is ended); the days are those that were
 *  chosen, both included. `instead`: the person whose role it is, null where nobody was named. */
export interface StandInTable {
  id: string;
  person: string;
  role: string;
  unit: string | null;
  actor: string;
  instead: string | null;
  from_day: string;
  to_day: string | null;
  from_at: number;
  to_at: number | null;
}

export interface StandInTables {
  stand_in: StandInTable;
}
