/** A published diary as readers see it: the cover in its signed order, the disclosed objects, and why the rest is withheld. */
import type { Ground } from '../../shared/api/field.ts';
import type { ImportedFrom } from '../../shared/api/published.ts';

/** An image as the item object names it. */
export interface ViewImage {
  readonly sha256: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** The prose of a disclosed item, exactly as signed. */
export interface ViewProse {
  readonly text: string;
  readonly place: string | null;
  readonly detail: string | null;
  readonly thinking: string | null;
  readonly result: string | null;
  readonly next: string | null;
  readonly threads: readonly { readonly id: string; readonly name: string }[];
  readonly images: readonly ViewImage[];
}

/** Why an item is withheld. `by` is `seal` when it was marked before the seal; else who signed the hold, when (Unix seconds), and whether
 *  the draw record was already in the log. */
export interface ViewHold {
  readonly ground: Ground;
  readonly basis: string;
  readonly by: 'seal' | 'leader' | 'reviewer';
  readonly at: number | null;
  readonly afterDraw: boolean;
}

/** One item. Exactly one of `prose` and `hold` is not null in a published diary. */
export interface ViewItem {
  readonly index: number;
  /** `title`, `entry`, `review`, or a kind of a later version. */
  readonly kind: string;
  readonly day: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly category: string | null;
  /** As sealed; one that this version does not know stands outside the ratio. */
  readonly mode: string | null;
  readonly lateFor: string | null;
  readonly corrects: { readonly item: number; readonly seal: string } | null;
  readonly prose: ViewProse | null;
  readonly hold: ViewHold | null;
  /** Where it was withheld before. */
  readonly released: ViewRelease | null;
}

/** An item that was withheld and is shown again. */
export interface ViewRelease {
  /** Ground and provision on which it was withheld. */
  readonly ground: Ground;
  readonly basis: string;
  /** Why it may be public now. */
  readonly why: string;
  /** Unix seconds. */
  readonly at: number;
}

/** What the log and the draw say of a diary. */
export interface ViewSeal {
  /** Log index and revision of the published seal; `iat` in Unix seconds. */
  readonly index: number;
  readonly rev: number;
  readonly sealedAt: number;
  /** Latest `iat` among the acknowledgements, and how many there are. */
  readonly latestAck: number | null;
  readonly acks: number;
  /** `iat` of the draw record. */
  readonly drawnAt: number;
}

interface View {
  readonly draw: string;
  readonly unit: string;
  readonly week: string;
  readonly zone: string;
  readonly items: readonly ViewItem[];
  /** Hash of the seal; of a diary that was brought in, a digest of it, which proves nothing. */
  readonly seal: string;
  readonly publishedAt: number;
  /** When what readers see of it changed last, Unix seconds. */
  readonly changedAt: number;
  readonly position: number;
}

/** Sealed and drawn, or brought in from older records, never both. */
export type DiaryView = View &
  ({ readonly sealed: ViewSeal; readonly imported: null } | { readonly sealed: null; readonly imported: ImportedFrom });

/** The title as signed; null where there is none or it is withheld. */
export const titleOf = (diary: DiaryView): string | null =>
  diary.items.find((item) => item.kind === 'title')?.prose?.text ?? null;

/** Whether the diary has a title that is withheld. */
export const isTitleHeld = (diary: DiaryView): boolean =>
  diary.items.some((item) => item.kind === 'title' && item.hold !== null);

/** How many items are withheld. */
export const heldCount = (diary: DiaryView): number => diary.items.filter((item) => item.hold !== null).length;
