import { css } from 'lit';

/** The four looks that are no content: loading, empty, offline, failed. */
export const looks = css`
  .bones { display: grid; gap: 12px; align-content: start; min-height: 80vh; animation: late 0s 300ms both; }
  .bones i { display: block; height: 14px; border-radius: 2px; background: var(--_sunk); border: 1px solid var(--_line); width: 92%; }
  .bones i:first-of-type { width: 38%; height: 24px; }
  .bones i:nth-of-type(3n) { width: 76%; }
  @keyframes late { from { visibility: hidden; } to { visibility: visible; } }
  .none { text-align: center; padding: 32px 16px; border: 1px solid var(--_line); border-radius: var(--_radius); color: var(--_ink-2); font-size: 14px; line-height: 22px; }
  .none b { display: block; font-weight: 600; font-size: 16px; line-height: 28px; color: var(--_ink); }
  .mark-big { width: 36px; height: 36px; fill: var(--_ink-3); }
  .mark-big circle:not(.sun) { fill: none; stroke: var(--_ink-3); stroke-width: 2; }
  .mark-big .sun { fill: var(--_sun); }
  .gap { margin-top: 20px; }
  .msg.top { margin-bottom: 16px; }
`;
