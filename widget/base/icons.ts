// The widget's own signs (look.md 6): 24 grid, stroke 1.75. A square is a check, a ring a case, three dots on a line a thread.
import { html, svg, type TemplateResult } from 'lit';

const square = 'M6 3.5h12a2.5 2.5 0 0 1 2.5 2.5v12a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V6A2.5 2.5 0 0 1 6 3.5z';
/** A dot as a path. */
export const dot = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`;

/** Paths of a sign; `~` before a path draws it dashed, `!` fills it. */
export type Paths = readonly string[];

// Those of more-icons.ts come with the parts that need them.
const signs = {
  ok: [square, 'M8 12.2l2.8 2.8L16.2 9'],
  amber: [square, 'M12 7.8v5.4M12 16.4v.1'],
  fail: [square, 'M8.8 8.8l6.4 6.4m0-6.4-6.4 6.4'],
  idle: [`~${square}`, 'M8.5 12h7'],
  pend: [`~${square}`],
  down: ['M6.5 9.5l5.5 5.5 5.5-5.5'],
  right: ['M9.5 6.5l5.5 5.5-5.5 5.5'],
  left: ['M14.5 6.5 9 12l5.5 5.5'],
  link: [
    'M10 14a3.5 3.5 0 0 0 5 0l3.5-3.5a3.5 3.5 0 0 0-5-5L12 7M14 10a3.5 3.5 0 0 0-5 0l-3.5 3.5a3.5 3.5 0 0 0 5 5L12 17',
  ],
  warn: ['M12 4.5 21 19.5H3z', 'M12 10v4.5M12 17v.1'],
  off: ['M4 9.5a12 12 0 0 1 16 0M7 13a7.5 7.5 0 0 1 10 0M10 16.3a3 3 0 0 1 4 0M4.5 4.5l15 15'],
  talk: ['M4.5 5.5h15v10.5h-8l-4 3.5v-3.5h-3z'],
  place: ['M12 20.5s-6-5.4-6-10.2a6 6 0 0 1 12 0c0 4.8-6 10.2-6 10.2z', dot(12, 10.3, 2)],
  thread: ['M4 17.5h3.5c4.5 0 4.5-11 9-11H20', dot(4.5, 17.5, 1.6) + dot(12, 12, 1.6) + dot(19.5, 6.5, 1.6)],
  search: [dot(10.8, 10.8, 6), 'M15.3 15.3l4.7 4.7'],
  check: ['M5.5 12.5l4.3 4.3L18.8 7.5'],
} as const;

export type Sign = keyof typeof signs;

/** A sign beside a word, hidden from screen readers. `small` shows it at 16 instead of 20 px. Where all its paths look alike they are one: an
 *  element has many signs. */
export function icon(sign: Sign | Paths, small = false): TemplateResult {
  const paths: Paths = typeof sign === 'string' ? signs[sign] : sign;
  const size = small ? 'i sm' : 'i';
  const [look = ''] = paths.map(lookOf);
  return paths.some((path) => lookOf(path) !== look)
    ? html`<svg class=${size} viewBox="0 0 24 24" aria-hidden="true">${paths.map((path) => svg`<path class=${lookOf(path)} d=${lineOf(path)}></path>`)}</svg>`
    : html`<svg class=${size + look} viewBox="0 0 24 24" aria-hidden="true"><path d=${paths.map(lineOf).join('')}></path></svg>`;
}

const lookOf = (path: string): string => (path[0] === '~' ? ' dashed' : path[0] === '!' ? ' solid' : '');
const lineOf = (path: string): string => path.replace(/^[~!]/, '');
