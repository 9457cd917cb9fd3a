// A diary's week at one glance (look.md 3).
import { html, svg, type TemplateResult } from 'lit';
import { clip } from '../../shared/time/interval.ts';
import { type Block, band, filled, length } from './charts.ts';

/** Seven columns; `days` has the blocks of each. The dotted line is 22:00. */
export function weekStrip(
  days: readonly { readonly name: string; readonly hours: string; readonly blocks: readonly Block[] }[],
  label: string,
): TemplateResult {
  const y = (minute: number): number => Math.round(160 + ((minute - band.start) * 720) / length) / 10;
  return html`<svg class="week" role="img" aria-label=${label} height="106">${days.map(({ name, hours, blocks }, n) => {
    const x = `${((n * 100) / 7).toFixed(2)}%`;
    return svg`<text x=${x} y="10">${name}</text><rect class="col" x=${x} y="16" width="12.29%" height="72"></rect>${blocks.map(
      (block) => {
        const drawn = clip(block, band);
        if (drawn === null) return '';
        const top = y(drawn.start);
        return filled(block.fill, x, top, '12.29%', Math.max(1, y(drawn.end) - top - 0.6));
      },
    )}<text x=${x} y="103">${hours}</text>`;
  })}<line class="ten" x1="0" x2="98%" y1="67" y2="67"></line></svg>`;
}
