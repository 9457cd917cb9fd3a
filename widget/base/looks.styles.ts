import { css } from 'lit';

/** Looks that are no content: loading, offline, failed. */
export const looks = css`
  .bones { display: grid; gap: 12px; align-content: start; min-height: 80vh; animation: late 0s 300ms both; }
  .bones i { display: block; height: 14px; border-radius: 2px; background: var(--_sunk); border: 1px solid var(--_line); width: 92%; }
  .bones i:first-of-type { width: 38%; height: 24px; }
  .bones i:nth-of-type(3n) { width: 76%; }
  @keyframes late { from { visibility: hidden; } to { visibility: visible; } }
  .gap { margin-top: 20px; }
  .msg.top { margin-bottom: 16px; }
`;
