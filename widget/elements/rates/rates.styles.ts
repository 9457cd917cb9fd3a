import { css } from 'lit';

export const styles = css`
  .pick { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin-top: 16px; font-size: 14px; line-height: 22px; color: var(--_ink-2); }
  select { font: inherit; font-size: 15px; color: var(--_ink); background: var(--_paper); border: 1px solid var(--_line-strong); border-radius: var(--_radius); min-height: 44px; padding: 0 12px; max-width: 100%; }
  .sides { display: grid; gap: 36px 48px; margin-top: 24px; }
  .figure { padding: 12px 0; border-bottom: 1px solid var(--_line); break-inside: avoid; }
  dt { font-weight: 600; display: flex; flex-wrap: wrap; gap: 0 12px; justify-content: space-between; align-items: baseline; }
  dt .num { font-size: 24px; line-height: 30px; font-weight: 700; }
  dt small { font-size: 13px; line-height: 20px; font-weight: 400; color: var(--_ink-3); }
  dd p { font-size: 14px; line-height: 22px; color: var(--_ink-2); }
  .of { display: block; width: 100%; margin: 4px 0; overflow: visible; }
  .of rect { fill: var(--_ink-2); }
  .of .track { width: calc(100% - 1px); fill: var(--_sunk); stroke: var(--_line-strong); }
  .beside { margin: 16px 0 8px; }
  .method { padding-bottom: 8px; }
  .method li { font-size: 14px; line-height: 22px; color: var(--_ink-2); padding: 2px 0 2px 12px; position: relative; }
  .method li::before { content: '·'; position: absolute; left: -1px; }
  .wide { overflow-x: auto; }
  .wide th, .wide td { white-space: nowrap; padding-inline: 0 16px; }
  .wide :is(th, td):first-child { white-space: normal; overflow-wrap: break-word; min-width: 8em; }
  @container (min-width: 720px) { .sides { grid-template-columns: 1fr 1fr; } }
  @media print { .of { print-color-adjust: exact; } dd p { font-size: 13px; line-height: 20px; } }
`;
