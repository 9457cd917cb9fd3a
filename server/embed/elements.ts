/** The elements that a page may hold, and what each takes, as the widget's own docblocks list it. */

export const elementNames = ['feed', 'diary', 'draw', 'thread', 'carousel', 'rates', 'ticket', 'comments'] as const;
export type ElementName = (typeof elementNames)[number];

interface Kind {
  /** Attributes without which it shows nothing, beside `src`. */
  readonly needs: readonly string[];
  /** Attributes that it may have, beside those, `src` and `lang`. */
  readonly takes: readonly string[];
}

/** What an element that checks takes. */
const checks = ['vkey', 'organiser', 'witness', 'forget'] as const;

export const elements: Readonly<Record<ElementName, Kind>> = {
  feed: { needs: [], takes: [...checks, 'draws', 'threads'] },
  diary: { needs: ['draw', 'unit'], takes: ['item', ...checks, 'draws', 'threads'] },
  draw: { needs: [], takes: ['draw', 'unit', ...checks] },
  thread: { needs: [], takes: ['thread', ...checks] },
  carousel: { needs: [], takes: ['count', 'every'] },
  rates: { needs: [], takes: ['unit'] },
  ticket: { needs: [], takes: [] },
  comments: { needs: ['draw', 'unit'], takes: [] },
};

/** Whether what the element shows is checked in the reader's browser against pinned keys. */
export const isPinned = (name: ElementName): boolean => elements[name].takes.includes('vkey');

export const isElementName = (text: string): text is ElementName => elementNames.some((name) => name === text);
