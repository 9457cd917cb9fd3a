// What a feed shows, in the page's address and history: the diary that is open, else what is asked for.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isObject } from '../../shared/proof/shape.ts';
import { type Asked, askedIn, hashOf } from '../../shared/search/asked.ts';
import { hashIsFree } from '../base/links.ts';
import { HashController } from './hash.ts';

/** A published diary, and perhaps the number of an entry in it. */
export interface DiaryPlace {
  readonly draw: string;
  readonly unit: string;
  readonly item?: number | undefined;
}

/** The one that answers to the page's address: that of the first feed. */
let keeper: AddressController | null = null;

export class AddressController implements ReactiveController {
  readonly #follow: () => void;

  /** `follow` is called when the reader goes back or forward, or the page changes its hash. */
  constructor(host: ReactiveControllerHost, follow: () => void) {
    this.#follow = follow;
    new HashController(host, follow);
    host.addController(this);
  }

  hostConnected(): void {
    keeper ??= this;
    addEventListener('popstate', this.#follow);
  }

  hostDisconnected(): void {
    if (keeper === this) keeper = null;
    removeEventListener('popstate', this.#follow);
  }

  /** What the address names; null where it is not the feed's to read, or speaks of something else. */
  get here(): DiaryPlace | Asked | null {
    if (!this.#isOurs) return null;
    return placeIn(location.hash) ?? (/^(#sundial\?|$)/.test(location.hash) ? askedIn(location.hash) : null);
  }

  /** Marks a diary that was opened. */
  open(place: DiaryPlace): void {
    if (this.#isOurs) push(hashOfPlace(place), depth() + 1);
  }

  /** Marks what is asked for. `goesOn`: a word grows, so that back leads to what was before it. */
  ask(asked: Asked, goesOn = false): void {
    if (this.#isOurs) push(hashOf(asked) || bare(), 0, goesOn);
  }

  /** Goes back to the list with what was asked for; true: by the history, which will say so. */
  back(asked: Asked): boolean {
    if (!this.#isOurs) return false;
    const steps = depth();
    if (steps > 0) history.go(-steps);
    else this.ask(asked);
    return steps > 0;
  }

  get #isOurs(): boolean {
    keeper ??= this; // the one before it has gone
    return hashIsFree() && keeper === this;
  }
}

/** The diary, and perhaps the entry, that an address names. */
export function placeIn(hash: string): DiaryPlace | null {
  const [, draw, unit, item] = /^#sundial\/([di]-[\w-]+)\/([a-z0-9-]+)(?:\/(\d+))?$/.exec(hash) ?? [];
  if (draw === undefined || unit === undefined) return null;
  return { draw, unit, item: item === undefined ? undefined : Number(item) };
}

/** The address inside the page of a diary or entry, as `placeIn` reads it. */
export const hashOfPlace = ({ draw, unit, item }: DiaryPlace): string =>
  `#sundial/${draw}/${unit}${item === undefined ? '' : `/${item}`}`;

/** How many steps back the list is, as noted beside the page's own state; 0 where that is unknown. */
const depth = (): number => {
  const { state }: { readonly state: unknown } = history;
  return isObject(state) && typeof state.sundial === 'number' ? state.sundial : 0;
};

const bare = (): string => location.pathname + location.search;

function push(address: string, steps = 0, replaces = false): void {
  const { state }: { readonly state: unknown } = history;
  const next = isObject(state) || state === null ? { ...state, sundial: steps } : state;
  try {
    if (replaces) history.replaceState(next, '', address);
    else history.pushState(next, '', address);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // a document without an address of its own
  }
}
