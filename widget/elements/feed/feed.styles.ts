import { css } from 'lit';

export const styles = css`
  .rows { margin-top: 20px; border-top: 2px solid var(--_ink); }
  .card { padding: 22px 0 20px; border-bottom: 1px solid var(--_line); }
  .card h3 { font: 700 22px/34px var(--_song); text-wrap: balance; white-space: pre-wrap; }
  .card h3 a { color: inherit; text-decoration: none; }
  .card h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px; }
  .lede { font: 16px/28px var(--_song); color: var(--_ink-2); margin-top: 2px; text-wrap: pretty; white-space: pre-wrap; }
  .week { margin: 14px 0 6px; height: 106px; }
  .col { fill: var(--_sunk); }
  .ten { stroke: var(--_line-strong); stroke-dasharray: 2 2; }
  .more { padding-top: 4px; }
  .back { margin-bottom: 12px; }
  @container (min-width: 720px) {
    .card { display: grid; grid-template-columns: minmax(0, 1fr) 300px; column-gap: 40px; align-content: start; }
    .card > * { grid-column: 1; }
    .card > .week { grid-column: 2; grid-row: 1 / 6; align-self: center; margin: 0; }
  }
`;
