/** Rows of what was brought in from older records. Nothing of it is in the log or in a draw. */

/** A source as its mapping names it: `said` is the JSON of name, address and licence, `at` when it was first brought in. */
export interface ImportedSourceTable {
  id: string;
  said: string;
  at: number;
}

/** A diary of a source; its publication has the same `draw` and `unit`. `items`: JSON of `ImportedItem`s in their order. */
export interface ImportedDiaryTable {
  draw: string;
  unit: string;
  source: string;
  zone: string;
  items: string;
}

export interface ImportedTables {
  imported_source: ImportedSourceTable;
  imported_diary: ImportedDiaryTable;
}
