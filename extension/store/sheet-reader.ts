/** The whole journal in a page's memory, for search and threads. Ten years of busy weeks are read in about a second and looked through in a
 *  few milliseconds, so nothing of it is stored a second time; what is withheld stays in this memory. */
import { liveQuery, type Subscription } from 'dexie';
import type { SundialDatabase } from './database.ts';
import { linesOf, type Overlay, overlayOf, type Sheet, type SheetLine, sheetOf, weeksWritten } from './sheets.ts';

/** The weeks read so far, the newest first: `read` of `of`. */
export interface Reading {
  readonly sheets: readonly Sheet[];
  readonly read: number;
  readonly of: number;
}

/** Listeners hear of changes at most this often. */
const pauseMs = 100;

/** Reads the journal week by week, the newest first, and then follows every change. */
export class SheetReader {
  readonly #database: SundialDatabase;
  readonly #listeners = new Set<() => void>();
  readonly #subscriptions: Subscription[] = [];
  readonly #asked = new Set<string>();
  readonly #weeks = new Map<string, readonly SheetLine[]>();
  readonly #sheets = new Map<string, Sheet>();
  #overlay: Overlay | null = null;
  #waiting: readonly string[] | null = null;
  #isReading = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #reading: Reading | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(database: SundialDatabase) {
    this.#database = database;
  }

  /** Calls `listener` after changes; gives what ends that. Reading begins with the first listener and goes on without any. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#subscriptions.length === 0) this.#begin();
    return () => void this.#listeners.delete(listener);
  }

  /** What was read so far, null before the first answer; the same object until something changes. Throws what the store threw. */
  get reading(): Reading | null {
    if (this.#failure !== null) throw this.#failure.error;
    return this.#reading;
  }

  /** Ends it for good. */
  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #begin(): void {
    this.#follow(
      () => overlayOf(this.#database),
      (overlay) => {
        for (const week of [...(this.#overlay?.weeks ?? []), ...overlay.weeks]) this.#sheets.delete(week);
        this.#overlay = overlay;
      },
    );
    this.#follow(
      () => weeksWritten(this.#database),
      (weeks) => {
        this.#waiting = weeks.filter((week) => !this.#asked.has(week));
        if (!this.#isReading) this.#readNext();
      },
    );
  }

  /** One week after another: who types meanwhile never waits for ten years at once. */
  #readNext(): void {
    const [week, ...waiting] = this.#waiting ?? [];
    this.#waiting = waiting;
    this.#isReading = week !== undefined;
    if (week === undefined) return;
    this.#asked.add(week);
    this.#follow(
      () => linesOf(this.#database, week),
      (lines) => {
        const isFirst = !this.#weeks.has(week);
        this.#weeks.set(week, lines);
        this.#sheets.delete(week);
        if (isFirst) this.#readNext();
      },
    );
  }

  #follow<T>(query: () => Promise<T>, keep: (value: T) => void): void {
    const subscription = liveQuery(query).subscribe({
      next: (value) => {
        keep(value);
        this.#tellSoon();
      },
      error: (error: unknown) => {
        this.#failure = { error };
        this.#tellSoon();
      },
    });
    this.#subscriptions.push(subscription);
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        if (this.#overlay !== null && this.#waiting !== null) this.#reading = this.#made(this.#overlay, this.#waiting);
        for (const listener of this.#listeners) listener();
      },
      this.#weeks.size < 2 ? 0 : pauseMs,
    );
  }

  #made(overlay: Overlay, waiting: readonly string[]): Reading {
    const weeks = new Set([...this.#weeks.keys(), ...overlay.lines.keys()]);
    const read = this.#weeks.size;
    return {
      sheets: [...weeks]
        .sort()
        .reverse()
        .map((week) => this.#sheet(week, overlay)),
      read,
      of: read + waiting.length + (this.#isReading ? 1 : 0),
    };
  }

  #sheet(week: string, overlay: Overlay): Sheet {
    const known = this.#sheets.get(week);
    if (known !== undefined) return known;
    const sheet = sheetOf(week, this.#weeks.get(week) ?? [], overlay);
    this.#sheets.set(week, sheet);
    return sheet;
  }
}
