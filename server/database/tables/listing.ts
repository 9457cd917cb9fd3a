/** Rows by which published diaries are found: an index of what is disclosed, made at publication and cut at a hold. */

/** A diary's category or month. Every listed diary has a month. */
interface PublicFacetTable {
  facet: 'category' | 'month';
  value: string;
  position: number;
}

/** A disclosed entry of a published diary that names a thread. `at` is its start, `2026-09-16T08:30`. */
interface PublicThreadTable {
  thread: string;
  position: number;
  item: number;
  at: string;
}

/** The theme of a thread, as configured. */
interface ThreadThemeTable {
  thread: string;
  theme: string;
}

export interface ListingTables {
  public_facet: PublicFacetTable;
  public_thread: PublicThreadTable;
  thread_theme: ThreadThemeTable;
}
