// Where a diary is read and checked, and how a link there is followed.

/** Whether a diary was sealed and drawn. One that was brought in from older records has nothing to check. */
export const isSealed = (draw: string): boolean => draw.startsWith('d-');

/** The attribute that can be no id of a draw or of a unit, or null. */
export function wrongName(draw: string | null, unit: string | null): 'draw' | 'unit' | null {
  if (!/^[di]-[a-z0-9-]{1,60}$/.test(draw?.trim() ?? '')) return 'draw';
  return /^[a-z0-9-]{1,32}$/.test(unit?.trim() ?? '') ? null : 'unit';
}

/** Whether the page leaves its hash to us: pages with a router of their own have something in it. */
export const hashIsFree = (): boolean => /^(#sundial[/?]|$)/.test(location.hash);

/** Address where a diary, or one entry of it, is read and checked: in the feed of the page, else its plain page. */
export function diaryLink(tree: string, draw: string, unit: string, item?: number): string {
  const at = `${draw}/${unit}`;
  return hashIsFree() && feedOfPage() !== null
    ? `#sundial/${at}${item === undefined ? '' : `/${item}`}`
    : `${tree}d/${at}.html${item === undefined ? '' : `#item-${item}`}`;
}

/** The feed comes into view when a link has opened a diary in it. */
export function toFeed({ currentTarget }: Event): void {
  const isIn = currentTarget instanceof HTMLAnchorElement && currentTarget.getAttribute('href')?.startsWith('#');
  if (isIn) feedOfPage()?.scrollIntoView({ block: 'start' });
}

/** Whether a click is a plain one, that may open in place. */
export const isPlainClick = (event: MouseEvent): boolean =>
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;

const feedOfPage = (): Element | null => document.querySelector('sundial-feed');
