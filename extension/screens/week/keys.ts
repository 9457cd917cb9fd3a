/** What a key means in the grid; pure. Alt and arrows move, with Shift they stretch; after M the arrows do so alone. */
import { type Edge, lineMinutes } from './band.ts';
import type { Direction } from './walk.ts';

export type KeyAct =
  | { readonly kind: 'walk'; readonly direction: Direction }
  | { readonly kind: 'move'; readonly days: number; readonly minutes: number }
  | { readonly kind: 'stretch'; readonly edge: Edge; readonly minutes: number }
  | { readonly kind: 'carry' | 'drop' | 'cancel' | 'draw' | 'remove' };

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** `carrying`: M was pressed on a block and it was not put down yet. Null: the key is not the grid's. */
export function actOf(key: Key, carrying: boolean): KeyAct | null {
  if (key.ctrlKey || key.metaKey) return null;
  if (key.altKey || carrying) {
    const change = (key.shiftKey ? stretches : moves)[key.key];
    if (change !== undefined) return change;
  }
  if (key.altKey) return null;
  if (carrying) return carried[key.key] ?? null;
  return key.shiftKey ? null : (resting[key.key] ?? null);
}

type Keys = Readonly<Record<string, KeyAct>>;

const moves: Keys = {
  ArrowUp: { kind: 'move', days: 0, minutes: -lineMinutes },
  ArrowDown: { kind: 'move', days: 0, minutes: lineMinutes },
  ArrowLeft: { kind: 'move', days: -1, minutes: 0 },
  ArrowRight: { kind: 'move', days: 1, minutes: 0 },
  PageUp: { kind: 'move', days: 0, minutes: -60 },
  PageDown: { kind: 'move', days: 0, minutes: 60 },
};

const stretches: Keys = {
  ArrowUp: { kind: 'stretch', edge: 'end', minutes: -lineMinutes },
  ArrowDown: { kind: 'stretch', edge: 'end', minutes: lineMinutes },
  ArrowLeft: { kind: 'stretch', edge: 'start', minutes: -lineMinutes },
  ArrowRight: { kind: 'stretch', edge: 'start', minutes: lineMinutes },
};

const carried: Keys = {
  Enter: { kind: 'drop' },
  ' ': { kind: 'drop' },
  m: { kind: 'drop' },
  M: { kind: 'drop' },
  Escape: { kind: 'cancel' },
};

const resting: Keys = {
  ArrowUp: { kind: 'walk', direction: 'up' },
  ArrowDown: { kind: 'walk', direction: 'down' },
  ArrowLeft: { kind: 'walk', direction: 'left' },
  ArrowRight: { kind: 'walk', direction: 'right' },
  Home: { kind: 'walk', direction: 'first' },
  End: { kind: 'walk', direction: 'last' },
  m: { kind: 'carry' },
  n: { kind: 'draw' },
  Delete: { kind: 'remove' },
  Backspace: { kind: 'remove' },
};
