/** What the authors of a history have done, kept apart from product and server: every text ever typed, and what its author had seen. */
import type { Written } from '../../extension/store/queries.ts';
import type { Device } from './device.ts';

/** One text, unlike every other of its history. */
export interface Typed {
  readonly text: string;
  /** Entries that carry it: more than one after a correction. */
  readonly ids: Set<string>;
  /** What its author had ever had before the eyes on its entry when it was put. */
  readonly seen: Set<string>;
  /** How often a person asked for it to be put. */
  puts: number;
  /** Its author let it go: by deleting what was withheld, by leaving it to the other one in the tray, or by withholding what came after it. */
  givenUp: boolean;
}

export class Ledger {
  readonly typed = new Map<string, Typed>();
  /** Entries in the order in which they were made. */
  readonly order = new Map<string, number>();
  /** Entries that were ever withheld. */
  readonly withheld = new Set<string>();
  /** Seals that were seen in the log. */
  readonly seals = new Set<string>();
  /** True once the server was put back to a backup: words that were deleted with their entry may be missed then. */
  restored = false;
  /** By device, texts that it may not send any more. */
  readonly barred = new Map<Device, Set<string>>();
  /** What those who deleted an entry had seen of it. */
  readonly deletedSeeing = new Map<string, Set<string>>();
  private readonly shown = new Map<Device, Map<string, Set<string>>>();
  private readonly last = new Map<Device, Map<string, string>>();

  /** A text that nobody has typed. */
  newText(): string {
    return `〔${this.typed.size + 1}〕`;
  }

  /** A person puts a text on an entry, looking at what the device shows. */
  put(device: Device, id: string, text: string, alsoSeen: readonly (string | undefined)[] = []): void {
    if (!this.order.has(id)) this.order.set(id, this.order.size);
    const typed = this.typed.get(text) ?? { text, ids: new Set(), seen: new Set(), puts: 0, givenUp: false };
    typed.ids.add(id);
    typed.puts += 1;
    typed.givenUp = false;
    for (const each of [text, ...this.shownOf(device, id), ...alsoSeen]) if (each !== undefined) typed.seen.add(each);
    this.typed.set(text, typed);
    at(this.last, device).set(id, text);
    this.shownOf(device, id).add(text);
    this.barred.get(device)?.delete(text);
  }

  /** A person deletes an entry. */
  deleted(device: Device, id: string): void {
    const seen = this.deletedSeeing.get(id) ?? new Set();
    for (const each of this.shownOf(device, id)) seen.add(each);
    this.deletedSeeing.set(id, seen);
    this.letGo(device, id);
  }

  /** A person withholds an entry whose text is `text`: all that stood there before goes by intent, but for what waits in the tray. */
  hold(device: Device, id: string, text: string, inTray: ReadonlySet<string>): void {
    const before = [...this.shownOf(device, id)].filter((earlier) => !inTray.has(earlier));
    for (const earlier of before) this.giveUp(earlier);
    this.withheld.add(id);
    this.put(device, id, text);
    this.letGo(device, id);
    for (const each of [...before, text]) this.bar(device, each);
  }

  /** A text that is withheld on this device: no request of it may carry it from here on. */
  bar(device: Device, text: string): void {
    const barred = this.barred.get(device) ?? new Set();
    this.barred.set(device, barred.add(text));
  }

  /** A person gives a text up. */
  giveUp(text: string | undefined): void {
    const typed = text === undefined ? undefined : this.typed.get(text);
    if (typed !== undefined) typed.givenUp = true;
  }

  /** Nothing is expected to stand on the screen for this entry any more. */
  letGo(device: Device, id: string): void {
    at(this.last, device).delete(id);
  }

  /** The device shows this now. */
  show(device: Device, view: readonly Written[]): void {
    for (const { id, body, held } of view) {
      if (body.text !== undefined) this.shownOf(device, id).add(body.text);
      if (typeof held?.prose.text === 'string') this.shownOf(device, id).add(held.prose.text);
    }
  }

  /** By entry, the text that its author last put on this device. */
  lastOn(device: Device): ReadonlyMap<string, string> {
    return at(this.last, device);
  }

  /** A copied profile: its author has seen and typed the same. */
  copy(from: Device, to: Device): void {
    this.last.set(to, new Map(at(this.last, from)));
    this.barred.set(to, new Set(this.barred.get(from)));
    this.shown.set(to, new Map([...at(this.shown, from)].map(([id, texts]) => [id, new Set(texts)])));
  }

  private shownOf(device: Device, id: string): Set<string> {
    const shown = at(this.shown, device);
    const known = shown.get(id) ?? new Set<string>();
    shown.set(id, known);
    return known;
  }
}

function at<T>(all: Map<Device, Map<string, T>>, device: Device): Map<string, T> {
  const known = all.get(device) ?? new Map<string, T>();
  all.set(device, known);
  return known;
}
