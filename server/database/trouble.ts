/** What is wrong with the tables of a database: why a server does not begin with it. The command line says it in a sentence. */

export type DatabaseProblem =
  /** A newer Sundial has upgraded it: `at` its newest migration, `own` the newest that this code has. */
  | { readonly code: 'NEWER'; readonly at: string; readonly own: string }
  /** It waits for its upgrade, which is not made unasked. */
  | { readonly code: 'BEHIND'; readonly at: string; readonly own: string }
  /** A server runs on it, which this one's work would disturb; `at` is the path of the embedded database. */
  | { readonly code: 'SERVED'; readonly at: string }
  /** No copy could be made before the upgrade, so nothing was done. `copy` is the path, `why` what the system said. */
  | { readonly code: 'COPY_FAILED'; readonly copy: string; readonly why: string }
  /** The upgrade broke off, or came to its end and what is kept for ever was not as before; either way it was taken back. `copy` is from
   *  before it, null where there is none. */
  | { readonly code: 'UPGRADE_FAILED'; readonly at: string; readonly why: string; readonly copy: string | null }
  | { readonly code: 'UPGRADE_DAMAGED'; readonly at: string; readonly what: string; readonly copy: string | null };

/** Thrown where a database is opened. */
export class DatabaseTrouble extends Error {
  readonly problem: DatabaseProblem;

  constructor(problem: DatabaseProblem, cause?: unknown) {
    super(Object.values(problem).join(' '), { cause });
    this.name = 'DatabaseTrouble';
    this.problem = problem;
  }
}
