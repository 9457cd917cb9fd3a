/** The images of an entry: add, describe, order, remove. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Written } from '../../store/queries.ts';

export function ImageArea(_: { readonly entry: Written<EntryBody>; readonly shut: boolean }) {
  return null;
}
