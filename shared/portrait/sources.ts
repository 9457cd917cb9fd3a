/** The list of sources of a portrait. */
import { compareWeeks } from '../time/week.ts';
import type { Source } from './figure.ts';
import type { PortraitEntry, PortraitInput, PublicPart, SealedWeek } from './portrait-input.ts';

/** The list of sources as it grows: the period's diaries in order, then what figures name. */
export class Sources {
  readonly #all: Source[] = [];
  readonly #places = new Map<string, number>();
  readonly #seals: ReadonlyMap<string, SealedWeek['seal']>;

  constructor({ weeks, carriers, entries }: PortraitInput) {
    this.#seals = new Map([...carriers, ...weeks].map(({ week, seal }) => [week, seal]));
    const written = new Set(entries.map(({ sealedIn }) => sealedIn));
    for (const { week, seal } of weeks) if (seal !== null || written.has(week)) this.#placeOf(week);
  }

  get all(): readonly Source[] {
    return this.#all;
  }

  ofEntries(entries: readonly PortraitEntry[]): readonly number[] {
    return this.ofWeeks(entries.map(({ sealedIn }) => sealedIn));
  }

  ofWeeks(weeks: readonly string[]): readonly number[] {
    return [...new Set(weeks)].sort(compareWeeks).map((week) => this.#placeOf(week));
  }

  ofDiaries(diaries: PublicPart['diaries']): readonly number[] {
    return diaries.map(({ week, draw, unit }) => this.#place(`${draw} ${unit}`, { kind: 'diary', week, draw, unit }));
  }

  ofTickets(tickets: PublicPart['tickets']): readonly number[] {
    return tickets.map(({ number }) => this.#place(`ticket ${number}`, { kind: 'ticket', number }));
  }

  #placeOf(week: string): number {
    const seal = this.#seals.get(week) ?? null;
    return this.#place(week, seal === null ? { kind: 'own', week } : { kind: 'seal', week, ...seal });
  }

  #place(key: string, source: Source): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#all.length);
    this.#all.push(source);
    return this.#all.length - 1;
  }
}
