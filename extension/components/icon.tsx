/** The symbols of the extension (look.md 6): 24 grid, stroke 1.75, always beside a word or on a named button; and the mark. */

const paths = {
  audit: 'M6 4.500h12v15H6zM9 9h6M9 12.500h6M9 16h3',
  book: 'M12 6.5c-2-1.5-4.5-2-7.5-2V18c3 0 5.5.5 7.5 2 2-1.5 4.5-2 7.5-2V4.5c-3 0-5.500.5-7.500 2zM12 6.500V20',
  chart: 'M4.500 19.500h15M7 16.500v-5M12 16.500v-10M17 16.500v-7',
  check: 'm5.500 12.500 4.300 4.300L18.800 7.500',
  clock: 'M12 4.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 1 0 0-15M12 7.500V12l3 2',
  close: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  down: 'm6.500 9.500 5.500 5.500 5.500-5.500',
  edit: 'M5 19l1-4L15.500 5.500l3 3L9 18zM13.500 7.500l3 3',
  file: 'M7 3.500h7l4 4v13H7zM14 3.500v4h4',
  flag: 'M6 20.500V4.500h11.500l-2.500 4 2.500 4H6',
  gear: 'M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6M12 4v2.500M12 17.500V20M4 12h2.500M17.500 12H20M6.300 6.300l1.800 1.800M15.900 15.900l1.800 1.800M6.300 17.700l1.800-1.800M15.900 8.100l1.800-1.800',
  home: 'M4.500 11 12 4.500l7.500 6.500v8.500h-15z',
  left: 'm14.500 6.500-5.500 5.500 5.500 5.500',
  list: 'M8.500 6.500h11M8.500 12h11M8.500 17.500h11M4.500 6.500h.1M4.500 12h.1M4.500 17.500h.1',
  lot: 'M6 10.500h12l-1.200 10H7.200zM9 10.500V4.500M12 10.500V3M15 10.500V4.500',
  people:
    'M9 5.500a3 3 0 1 0 0 6 3 3 0 1 0 0-6M3.500 19c.5-3.500 2.500-5 5.500-5s5 1.500 5.500 5M15.500 6a3 3 0 0 1 0 5.500M17 14.200c2 .6 3.200 2.100 3.500 4.800',
  plus: 'M12 5.500v13M5.500 12h13',
  remove: 'M5.500 7.500h13M9.500 7.500v-2h5v2M7.500 7.500l.8 12h7.400l.8-12M10.500 10.500v6M13.500 10.500v6',
  right: 'm9.500 6.500 5.500 5.500-5.500 5.500',
  seal: 'M9.500 13.500c1-3-2-4.500-2-6.500a4.500 4.500 0 0 1 9 0c0 2-3 3.500-2 6.500M5.500 13.500h13v3.500h-13zM7 20.500h10',
  search: 'M10.500 5a5.500 5.500 0 1 0 0 11 5.500 5.500 0 1 0 0-11M14.700 14.700l5 5',
  side: 'M5.500 4.500h13a1.500 1.500 0 0 1 1.500 1.500v12a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 18V6a1.500 1.500 0 0 1 1.500-1.500M14 4.500v15',
  talk: 'M4.500 5.500h15v10.500h-8l-4 3.500v-3.500h-3z',
  thread:
    'M4 17.500h3.500c4.500 0 4.500-11 9-11H20M4.500 16a1.500 1.500 0 1 0 0 3 1.500 1.500 0 1 0 0-3M12 10.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 1 0 0-3M19.500 5a1.500 1.500 0 1 0 0 3 1.500 1.500 0 1 0 0-3',
  timer: 'M12 6a7 7 0 1 0 0 14 7 7 0 1 0 0-14M12 9.500V13M9.500 3.500h5',
  wait: 'M12 4.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 1 0 0-15',
  warn: 'M12 4.500 21 19.500H3zM12 10v4.500M12 17v.1',
  week: 'M5.500 5.500h13A1.500 1.500 0 0 1 20 7v11a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 18V7a1.500 1.500 0 0 1 1.500-1.500M4 9.500h16M9.300 9.500v10M14.700 9.500v10M8 3.500v3M16 3.500v3',
} as const;

export type IconName = keyof typeof paths;

/** A symbol, hidden from screen readers: a word or the button's name says it. */
export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg class={small ? 'i sm' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} {...(name === 'wait' ? { 'stroke-dasharray': '3.2 2.7' } : {})} />
    </svg>
  );
}

/** The mark: dial, shadow, sun. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M12 12 20.2 15.4A8.9 8.9 0 0 1 15.4 20.2Z" fill="currentColor" />
      <circle cx="12" cy="12" r="2.8" fill="var(--sundial-sun)" />
    </svg>
  );
}
