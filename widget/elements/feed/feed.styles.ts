import { css } from 'lit';

export const styles = css`
  .rows { margin-top: 20px; border-top: 2px solid var(--_ink); }
  .card { padding: 22px 0 20px; border-bottom: 1px solid var(--_line); }
  .card h3 { font: 700 22px/34px var(--_song); text-wrap: balance; white-space: pre-wrap; }
  .card h3 a { color: inherit; text-decoration: none; }
  .card h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px; }
  .lede { font: 16px/28px var(--_song); color: var(--_ink-2); margin-top: 2px; white-space: pre-wrap; max-width: 38em; }
  .meta > .nb { display: inline-block; white-space: normal; }
  .week { margin: 14px 0 6px; height: 106px; }
  .col { fill: var(--_sunk); }
  .ten { stroke: var(--_line-strong); stroke-dasharray: 2 2; }
  .card h3 mark, .at mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-color: var(--_sun); text-decoration-thickness: 3px; text-underline-offset: 3px; text-decoration-skip-ink: none; }
  .at { display: grid; grid-template-columns: 7.6em minmax(0, 1fr); gap: 0 12px; padding: 5px 0; font-size: 15px; line-height: 26px; color: var(--_ink); text-decoration: none; white-space: pre-wrap; }
  .at b { font-weight: 400; font-size: 13px; color: var(--_accent); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
  .at:hover { color: var(--_ink); background: var(--_sunk); }
  .tools { display: grid; gap: 12px; margin-top: 16px; }
  .tools label { display: block; font-size: 13px; line-height: 20px; color: var(--_ink-2); }
  .q span { position: relative; display: block; }
  .q .i { position: absolute; inset-inline-start: 12px; top: 12px; color: var(--_ink-3); pointer-events: none; }
  .tools input, .tools select { width: 100%; font: inherit; line-height: 26px; color: var(--_ink); background: var(--_paper); border: 1px solid var(--_line-strong); border-radius: var(--_radius); min-height: 44px; margin: 2px 0 0; padding: 8px 12px; box-shadow: none; text-overflow: ellipsis; }
  .tools input { padding-inline-start: 40px; }
  .tools .btn { justify-self: start; padding: 5px 14px; }
  .tools [aria-expanded='true'] .i { rotate: 180deg; }
  .by { display: none; grid-template-columns: repeat(auto-fit, minmax(136px, 1fr)); gap: 10px 12px; }
  .by.open { display: grid; }
  .told { min-height: 44px; }
  .told .link { font-size: 14px; line-height: 22px; }
  .told .end { margin-inline-start: auto; }
  .going { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; animation: late 0s 300ms both; }
  .going progress { width: 120px; height: 8px; accent-color: var(--_accent); }
  .wait { min-height: 60vh; }
  .chips .link { font-size: inherit; line-height: inherit; color: var(--_ink-2); text-decoration-color: var(--_line-strong); }
  .chips .link:hover { color: var(--_accent); text-decoration-color: currentColor; }
  .none .row { justify-content: center; }
  .more { padding-top: 4px; }
  .back { margin-bottom: 12px; }
  @container (min-width: 1040px) { .tools .by { grid-template-columns: repeat(auto-fit, minmax(0, 1fr)); grid-auto-flow: column; } }
  @container (min-width: 720px) {
    .tools .btn { display: none; }
    .by { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); }
    .card.hit { display: block; }
    .card { display: grid; grid-template-columns: minmax(0, 1fr) 300px; column-gap: 40px; align-content: start; }
    .card > * { grid-column: 1; }
    .card > .week { grid-column: 2; grid-row: 1 / 6; align-self: center; margin: 0; }
  }
`;
