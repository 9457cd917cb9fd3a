/** The keys of the quick line, for the sheet of all keys. What a key does stands in the words under the same id. */
import type { Words } from '../../locales/use-words.ts';

/** `keys` are pressed together, named as on the keyboard; several ways to do the same are several rows. */
export interface LineKey {
  readonly id: string;
  readonly keys: readonly string[];
  readonly word: keyof Words['writing']['keys'];
}

export const lineKeys: readonly LineKey[] = [
  { id: 'save', keys: ['Enter'], word: 'save' },
  { id: 'newLine', keys: ['Shift', 'Enter'], word: 'newLine' },
  { id: 'choose', keys: ['↑', '↓'], word: 'choose' },
  { id: 'takeFirst', keys: ['Tab'], word: 'takeFirst' },
  { id: 'take', keys: ['Enter'], word: 'take' },
  { id: 'closeList', keys: ['Esc'], word: 'closeList' },
  { id: 'category', keys: ['Alt', 'C'], word: 'category' },
  { id: 'categoryBack', keys: ['Alt', 'Shift', 'C'], word: 'categoryBack' },
  { id: 'categoryLetter', keys: ['A–Z'], word: 'categoryLetter' },
  { id: 'proposal', keys: ['Alt', '1–3'], word: 'proposal' },
  { id: 'saveAnyway', keys: ['Alt', 'K'], word: 'saveAnyway' },
  { id: 'timer', keys: ['Alt', 'T'], word: 'timer' },
  { id: 'undo', keys: ['Ctrl', 'Z'], word: 'undo' },
  { id: 'redo', keys: ['Ctrl', 'Shift', 'Z'], word: 'redo' },
];
