// Nothing to show yet, and what comes next (look.md 7, table of states).
import { css, html, type TemplateResult } from 'lit';

export const emptyLook = (what: string, next: string): TemplateResult =>
  html`<div class="none">${mark}<b>${what}</b><p>${next}</p></div>`;

/** Goes beside the other looks. */
export const emptyStyles = css`
  .none { text-align: center; padding: 32px 16px; border: 1px solid var(--_line); border-radius: var(--_radius); color: var(--_ink-2); font-size: 14px; line-height: 22px; }
  .none b { display: block; font-weight: 600; font-size: 16px; line-height: 28px; color: var(--_ink); }
  .mark-big { width: 36px; height: 36px; fill: var(--_ink-3); }
  .mark-big circle:not(.sun) { fill: none; stroke: var(--_ink-3); stroke-width: 2; }
  .mark-big .sun { fill: var(--_sun); }
`;

/** The mark of the product, where there is nothing to show yet. */
const mark = html`<svg class="mark-big" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.5"></circle><path d="M12 12 20.2 15.4A8.9 8.9 0 0 1 15.4 20.2Z"></path><circle class="sun" cx="12" cy="12" r="2.8"></circle></svg>`;
