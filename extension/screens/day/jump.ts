/** Leads from a check to the place on the page: scrolled into view, unfolded, with the focus. */

/** Where on the week's page something stands: an entry and its field, a review or title, or a day. */
export type Place =
  | { readonly kind: 'entry'; readonly id: string; readonly field: string | null }
  | { readonly kind: 'field'; readonly surface: string }
  | { readonly kind: 'day'; readonly day: string };

/** Goes to a place of the week's list by day. */
export function jumpTo(place: Place): void {
  switch (place.kind) {
    case 'entry':
      openEntry(place.id, place.field);
      break;
    case 'field':
      focusIn(place.surface);
      break;
    case 'day':
      focusIn(dayId(place.day));
      break;
  }
}

/** Ids of elements that can be led to. A field has its surface as its id. */
export const entryId = (id: string) => `entry:${id}`;
export const dayId = (day: string) => `day-${day}`;

/** Focuses what can be written into, or opened, inside an element. */
export function focusIn(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'center' });
  element?.querySelector<HTMLElement>('textarea, input, button')?.focus({ preventScroll: true });
}

function openEntry(id: string, field: string | null): void {
  const row = document.getElementById(entryId(id));
  const toggle = row?.querySelector<HTMLElement>('[aria-expanded]');
  if (toggle?.getAttribute('aria-expanded') === 'false') toggle.click();
  focusIn(entryId(id));
  // The editor is there after the click was drawn.
  if (field !== null) requestAnimationFrame(() => focusIn(`entry:${id}:${field}`));
}
