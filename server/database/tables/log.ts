/** Rows of the log (verification.md 6): append-only by trigger, but for `log_key`, which is an index of the key records. */

interface LogLeafTable {
  idx: number;
  jws: string;
  leaf_hash: string;
}

interface LogHeadTable {
  size: number;
  root: string;
  edge: string;
  note: string;
  at: string;
}

/** A full tile: 256 hashes as base64 of their bytes, and the root over them. */
interface LogTileTable {
  level: number;
  n: number;
  hashes: string;
  root: string;
}

/** A log key by what the key records say: valid for index i when `added_index` < i and not `ended_index` < i. */
interface LogKeyTable {
  kid: string;
  sub: string;
  role: string;
  jwk: string;
  added_index: number;
  ended_index: number | null;
}

/** A signature line that came under the head of `size` later: of an outside witness, or of a new checkpoint key. `at` in Unix seconds. */
interface NoteLineTable {
  vkey: string;
  size: number;
  line: string;
  at: number;
}

export interface LogTables {
  log_leaf: LogLeafTable;
  log_head: LogHeadTable;
  log_tile: LogTileTable;
  log_key: LogKeyTable;
  note_line: NoteLineTable;
}
