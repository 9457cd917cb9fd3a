/** Whose journal a request is about. */

/** Whose journal it is, and for which unit. */
export interface Author {
  readonly person: string;
  readonly unit: string;
  readonly device: string;
}
