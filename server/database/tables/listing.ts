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

/** A shard of a segment of the search, `00` to `ff`: JSON of its grams, right as long as `state` is that of the segment (public/search-store.ts). */
interface SearchShardTable {
  segment: number;
  shard: string;
  state: string;
  grams: string;
}

export interface ListingTables {
  public_facet: PublicFacetTable;
  public_thread: PublicThreadTable;
  thread_theme: ThreadThemeTable;
  search_shard: SearchShardTable;
}
