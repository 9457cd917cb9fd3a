/** Rows of what runs by the clock. */

/** `due`: when it runs next (Unix seconds). `claim`: the run that has it until `claimed_until`, null while nobody does. `attempts`: runs begun
 *  since the last that ended well. `last_error`: a code or the name of an error, never its text; it stays when a later run ends well. */
export interface JobTable {
  name: string;
  due: number;
  claim: string | null;
  claimed_until: number | null;
  attempts: number;
  last_ok: number | null;
  last_error: string | null;
  last_error_at: number | null;
}

export interface JobTables {
  job: JobTable;
}
