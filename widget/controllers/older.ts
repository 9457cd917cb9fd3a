// The rows of a feed from the newest down: those of the index at once, older pages as they are asked for.
import type { ReactiveControllerHost } from 'lit';
import type { DiaryCard } from '../../shared/api/published.ts';
import { getFeedPage, isCard } from '../remote/cards.ts';
import { LoadController } from './load.ts';

/** What the index of a tree gives: its newest diaries, how many there are, and the number of the newest page. */
export interface Newest {
  readonly tree: string;
  readonly rows: readonly DiaryCard[];
  readonly index: { readonly feed: { readonly total: number; readonly newest: number | null } };
}

export class OlderController {
  rows: readonly DiaryCard[] = [];
  #next: number | null = null;
  readonly #load: LoadController<number>;

  constructor(host: ReactiveControllerHost) {
    this.#load = new LoadController(host);
  }

  /** Whether pages are left, one is on its way, or the last one did not come. */
  get state(): 'all' | 'more' | 'loading' | 'failed' {
    const { state } = this.#load.now;
    if (state === 'loading' || state === 'failed') return state;
    return this.#next === null ? 'all' : 'more';
  }

  reset(): void {
    this.#load.reset();
  }

  /** Begins anew where the newest diaries are not among those that are shown. */
  begin({ rows, index }: Newest): void {
    if (rows.length > 0 && rows.every((row) => this.rows.includes(row))) return;
    this.#load.reset();
    this.rows = rows;
    this.#next = rows.length < index.feed.total ? index.feed.newest : null;
  }

  /** Appends the page before; pages whose rows are all there already are passed over. */
  more(tree: string): void {
    if (this.state === 'loading') return;
    this.#load.run(async (signal) => {
      const known = new Set(this.rows.map(keyOf));
      while (this.#next !== null) {
        const page = this.#next;
        const { value } = await getFeedPage(tree, page, signal);
        const fresh = [...value.rows].reverse().filter((row) => isCard(row) && !known.has(keyOf(row)));
        this.rows = [...this.rows, ...fresh];
        this.#next = page > 0 ? page - 1 : null;
        if (fresh.length > 0) break;
      }
      return this.rows.length;
    });
  }
}

const keyOf = ({ draw, unit }: DiaryCard): string => `${draw}/${unit}`;
