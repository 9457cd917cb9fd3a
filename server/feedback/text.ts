/** What a reader typed: its length as a person counts it, and the form in which it is kept. */
import { Refusal } from '../../shared/api/refusal.ts';
import { graphemeLength } from '../../shared/base/text.ts';
import { withoutPrivate } from '../../shared/feedback/comment.ts';

/** Text as it is kept: masked, and as typed only where that differs and only while it waits. */
export function textColumns(typed: string, waits: boolean): { text: string; original: string | null } {
  const text = withoutPrivate(typed);
  return { text, original: waits && text !== typed ? typed : null };
}

/** Throws FIELD_INVALID for a blank text and for one of more than `max` grapheme clusters. */
export function requireLength(field: string, text: string, max: number): void {
  const isBlank = text.trim() === '';
  // No cluster has less than one unit of UTF-16: of a short text nothing has to be counted.
  if (!isBlank && text.length <= max) return;
  const length = graphemeLength(text);
  if (isBlank || length > max) throw new Refusal('FIELD_INVALID', { field, facts: { length, max } });
}
