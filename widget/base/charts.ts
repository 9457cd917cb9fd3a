// The day as a band of light, the week as seven of them, hours as one bar: the same blocks and fills everywhere (look.md 1, 3, 7).
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Mode } from '../../shared/diary/category.ts';
import { clip } from '../../shared/time/interval.ts';

/** What a block is filled with; `none` where no mode is known. */
export type Fill = Mode | 'held' | 'none';

/** A block: minutes after 00:00 of its working day; may pass 1440. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly fill: Fill;
}

/** Minutes of the working day that are drawn. */
export const band = { start: 300, end: 1740 };
/** Minutes of a day. */
export const length = 1440;
/** A part of a whole as a length. */
export const share = (part: number, whole = length): string => `${((part * 100) / whole).toFixed(2)}%`;
const patterned = new Set(['focused', 'focused-deep', 'oneToOne', 'emergency', 'held']);

/** Patterns that carry the modes without colour: once in each root that draws. */
export const patterns = html`<svg class="defs" aria-hidden="true"><defs>
<pattern id="p-focused" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="f-focused" width="4" height="4"></rect><path class="pl" d="M0 3.5h4"></path></pattern>
<pattern id="p-focused-deep" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="f-focused-deep" width="4" height="4"></rect><path class="pl" d="M0 3.5h4"></path></pattern>
<pattern id="p-emergency" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="f-emergency" width="6" height="6"></rect><path class="pl" d="M0 0v6" stroke-width="2.4"></path></pattern>
<pattern id="p-oneToOne" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="f-oneToOne" width="5" height="5"></rect><circle class="pd" cx="2.5" cy="2.5" r="1"></circle></pattern>
<pattern id="p-held" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="ph" d="M0 0v5"></path></pattern>
</defs></svg>`;

/** One day, 05:00 to 05:00; what lies outside is clipped in the drawing only. `axis`: six words under the ticks, which stand at 5, 8, 12, 18,
 *  24 and 5 o'clock and are written out: a week draws them six times before its first text. */
export function dayStrip(blocks: readonly Block[], label: string, axis: readonly string[]): TemplateResult {
  return html`<svg class="strip" role="img" aria-label=${label} height="34"><line class="base" x1="0" x2="100%" y1="14.5" y2="14.5"></line>${blocks.map(
    (block) => {
      const drawn = clip(block, band);
      return drawn === null
        ? ''
        : filled(block.fill, share(drawn.start - band.start), 0, share(drawn.end - drawn.start), 14);
    },
  )}<line class="tick" x1="0%" x2="0%" y1="14" y2="19"></line><text x="0%" y="31" text-anchor="start">${axis[0]}</text><line class="tick" x1="12.5%" x2="12.5%" y1="14" y2="19"></line><text x="12.5%" y="31" text-anchor="middle">${axis[1]}</text><line class="tick" x1="29.17%" x2="29.17%" y1="14" y2="19"></line><text x="29.17%" y="31" text-anchor="middle">${axis[2]}</text><line class="tick" x1="54.17%" x2="54.17%" y1="14" y2="19"></line><text x="54.17%" y="31" text-anchor="middle">${axis[3]}</text><line class="tick mid" x1="79.17%" x2="79.17%" y1="14" y2="19"></line><text x="79.17%" y="31" text-anchor="middle">${axis[4]}</text><line class="tick" x1="100%" x2="100%" y1="14" y2="19"></line><text x="100%" y="31" text-anchor="end">${axis[5]}</text></svg>`;
}

/** Parts of a whole as one bar. Neighbours of one mode take tones in turn. */
export function stackedBar(
  parts: readonly { readonly minutes: number; readonly fill: Fill }[],
  label: string,
): TemplateResult {
  const total = parts.reduce((sum, { minutes }) => sum + minutes, 0) || 1;
  let at = 0;
  let turn = 0;
  return html`<svg class="bar" role="img" aria-label=${label} height="20">${parts.map(({ minutes, fill }, n) => {
    turn = n > 0 && parts[n - 1]?.fill === fill ? turn + 1 : 0;
    const x = share(at, total);
    at += minutes;
    const width = `${Math.max((minutes * 100) / total - 0.3, 0.2).toFixed(2)}%`;
    return filled(fill, x, 0, width, 20, tones[fill]?.[turn % (tones[fill]?.length ?? 1)]);
  })}</svg>`;
}

/** A small square of a fill for a list beside a chart. */
export const swatch = (fill: Fill): TemplateResult =>
  html`<svg class="sw" width="14" height="14" aria-hidden="true">${filled(fill, '0', 0, '14', 14)}</svg>`;

const tones: Partial<Record<Fill, readonly string[]>> = {
  collective: ['collective', 'collective-deep', 'collective-soft'],
  focused: ['focused', 'focused-deep'],
};

/** A block in the look of its mode. */
export function filled(
  fill: Fill,
  x: string,
  y: number,
  width: string,
  height: number,
  tone: string = fill,
): TemplateResult {
  const isPatterned = patterned.has(tone);
  const look = !isPatterned ? `f-${tone}` : fill === 'held' ? 'edge-held' : '';
  return svg`<rect class=${look} fill=${isPatterned ? `url(#p-${tone})` : nothing} x=${x} y=${y} width=${width} height=${height}></rect>`;
}
