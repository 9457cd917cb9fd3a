// The widget's own signs (look.md 6): 24 grid, stroke 1.75. A square is a check, a ring a case, three dots on a line a thread.
import { html, svg, type TemplateResult } from 'lit';

const square = 'M6 3.5h12a2.5 2.5 0 0 1 2.5 2.5v12a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V6A2.5 2.5 0 0 1 6 3.5z';
const ring = 'M19.5 12a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z';
const dot = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`;

/** Paths of each sign; `~` before a path draws it dashed, `!` fills it. */
const signs = {
  ok: [square, 'm8 12.2 2.8 2.8L16.2 9'],
  amber: [square, 'M12 7.8v5.4M12 16.4v.1'],
  fail: [square, 'm8.8 8.8 6.4 6.4m0-6.4-6.4 6.4'],
  idle: [`~${square}`, 'M8.5 12h7'],
  pend: [`~${square}`],
  down: ['m6.5 9.5 5.5 5.5 5.5-5.5'],
  right: ['m9.5 6.5 5.5 5.5-5.5 5.5'],
  left: ['M14.5 6.5 9 12l5.5 5.5'],
  gap: ['M16.5 6a7.5 7.5 0 1 0 2.7 8', 'M20.5 8.5 17 12m0-3.5 3.5 3.5'],
  loop: ['M19.5 12a7.5 7.5 0 1 1-2.3-5.4', 'M19.8 3.5v3.8H16', `!${dot(12, 12, 1.5)}`],
  half: [ring, '!M12 4.5a7.5 7.5 0 0 1 0 15z'],
  wait: [`~${ring}`],
  clock: [ring, 'M12 7.5V12l3 2'],
  pause: ['M8.5 6v12M15.5 6v12'],
  play: ['M8.5 6v12l9-6z'],
  link: [
    'M10 14a3.5 3.5 0 0 0 5 0l3.5-3.5a3.5 3.5 0 0 0-5-5L12 7M14 10a3.5 3.5 0 0 0-5 0l-3.5 3.5a3.5 3.5 0 0 0 5 5L12 17',
  ],
  warn: ['M12 4.5 21 19.5H3z', 'M12 10v4.5M12 17v.1'],
  off: ['M4 9.5a12 12 0 0 1 16 0M7 13a7.5 7.5 0 0 1 10 0M10 16.3a3 3 0 0 1 4 0M4.5 4.5l15 15'],
  talk: ['M4.5 5.5h15v10.5h-8l-4 3.5v-3.5h-3z'],
  place: ['M12 20.5s-6-5.4-6-10.2a6 6 0 0 1 12 0c0 4.8-6 10.2-6 10.2z', dot(12, 10.3, 2)],
  thread: ['M4 17.5h3.5c4.5 0 4.5-11 9-11H20', dot(4.5, 17.5, 1.6) + dot(12, 12, 1.6) + dot(19.5, 6.5, 1.6)],
  search: [dot(10.8, 10.8, 6), 'm15.3 15.3 4.7 4.7'],
  check: ['m5.5 12.5 4.3 4.3L18.8 7.5'],
  copy: ['M8.5 8.5h11v11h-11z', 'M15.5 8.5v-4h-11v11h4'],
  save: ['M12 4.5v10.5m-4.5-4 4.5 4.5 4.5-4.5', 'M5 19.5h14'],
  print: ['M7 9V4.5h10V9M7 16H4.5V9h15v7H17', 'M7 13.5h10v6H7z'],
} as const;

export type Sign = keyof typeof signs;

/** A sign beside a word, hidden from screen readers. `small` shows it at 16 instead of 20 px. */
export const icon = (sign: Sign, small = false): TemplateResult =>
  html`<svg class=${small ? 'i sm' : 'i'} viewBox="0 0 24 24" aria-hidden="true">${signs[sign].map(stroke)}</svg>`;

/** The mark of the product, where there is nothing to show yet. */
export const mark = html`<svg class="mark-big" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.5"></circle><path d="M12 12 20.2 15.4A8.9 8.9 0 0 1 15.4 20.2Z"></path><circle class="sun" cx="12" cy="12" r="2.8"></circle></svg>`;

function stroke(path: string): TemplateResult {
  const way = path[0] === '~' ? 'dashed' : path[0] === '!' ? 'solid' : '';
  return svg`<path class=${way} d=${way === '' ? path : path.slice(1)}></path>`;
}
