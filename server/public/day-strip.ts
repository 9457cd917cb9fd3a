/** The day as a band of light, 05:00 to 05:00, and the week's hours as one bar: inline SVG for the plain page (look.md 1, 7). */
import type { Mode } from '../../shared/api/organisation.ts';

export type Fill = Mode | 'held' | null;

/** Minutes after 00:00 of the working day; may pass 1440. */
export interface StripBlock {
  readonly start: number;
  readonly end: number;
  readonly fill: Fill;
}

const from = 300;
const length = 1440;
const percent = (minutes: number): string => `${((minutes * 100) / length).toFixed(2)}%`;
const overlays: Readonly<Record<string, string>> = {
  focused: 'p-focused',
  oneToOne: 'p-oneToOne',
  emergency: 'p-emergency',
};

/** Patterns that carry the modes without colour; once in a page. */
export const stripPatterns =
  '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>' +
  '<pattern id="p-focused" width="4" height="4" patternUnits="userSpaceOnUse"><path class="p" d="M0 3.5h4"/></pattern>' +
  '<pattern id="p-emergency" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<path class="p" d="M0 0v6" stroke-width="2.4"/></pattern>' +
  '<pattern id="p-oneToOne" width="5" height="5" patternUnits="userSpaceOnUse"><circle class="pd" cx="2.5" cy="2.5" r="1"/></pattern>' +
  '<pattern id="held" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="ph" d="M0 0v5"/></pattern>' +
  '</defs></svg>';

/** One day; what lies outside the band is clipped in the drawing only. `label` is the accessible name, escaped by the caller. */
export function dayStrip(blocks: readonly StripBlock[], label: string): string {
  const drawn = blocks.flatMap((block) => {
    const start = Math.max(block.start, from);
    const end = Math.min(block.end, from + length);
    return end > start ? [bar(percent(start - from), percent(end - start), 14, block.fill)] : [];
  });
  const ticks = [5, 8, 12, 18, 24, 29].map((hour) => {
    const x = percent(hour * 60 - from);
    const anchor = hour === 5 ? 'start' : hour === 29 ? 'end' : 'middle';
    return `<line class="tick" x1="${x}" x2="${x}" y1="0" y2="17"/><text x="${x}" y="28" text-anchor="${anchor}">${hour === 29 ? 5 : hour}</text>`;
  });
  return `<svg class="strip" role="img" aria-label="${label}" height="30"><line class="base" x1="0" x2="100%" y1="14.5" y2="14.5"/>${ticks.join('')}${drawn.join('')}</svg>`;
}

/** Parts of a whole as one bar; parts without minutes are left out. */
export function stackedBar(parts: readonly { readonly minutes: number; readonly fill: Fill }[], label: string): string {
  const total = parts.reduce((sum, part) => sum + part.minutes, 0);
  let at = 0;
  const drawn = parts.flatMap((part) => {
    if (part.minutes === 0) return [];
    const x = (at * 100) / total;
    const width = (part.minutes * 100) / total;
    at += part.minutes;
    return [bar(`${x.toFixed(2)}%`, `${Math.max(width - 0.3, 0.1).toFixed(2)}%`, 20, part.fill)];
  });
  return `<svg class="bar" role="img" aria-label="${label}" height="20">${drawn.join('')}</svg>`;
}

function bar(x: string, width: string, height: number, fill: Fill): string {
  const box = `x="${x}" y="0" width="${width}" height="${height}"`;
  const overlay = fill === null ? undefined : overlays[fill];
  const pattern = overlay === undefined ? '' : `<rect ${box} fill="url(#${overlay})"/>`;
  return `<rect ${box} class="${fill ?? 'neutral'}"/>${pattern}`;
}
