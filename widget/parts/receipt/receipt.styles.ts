import { css } from 'lit';

export const styles = css`
  .slip { border: 1px solid var(--_ink); border-radius: 8px; margin-top: 14px; }
  .slip > div { padding: 16px; }
  .slip > div + div { border-top: 1px dashed var(--_line-strong); }
  .slip dt { font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .slip dd { font: 600 22px/34px var(--_code); overflow-wrap: anywhere; user-select: all; }
  .slip dd + dt { margin-top: 8px; }
  .head { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin-top: 16px; }
  .head b { font-weight: 600; font-variant-numeric: tabular-nums; }
  .mine { white-space: pre-wrap; margin-top: 10px; padding: 10px 12px; background: var(--_sunk); border-radius: var(--_radius); }
  .code-field { font-family: var(--_code) !important; text-transform: uppercase; }
  .stars { display: flex; gap: 8px; margin-top: 6px; }
  .stars label { flex: 1; min-width: 0; max-width: 80px; border: 1px solid var(--_line-strong); border-radius: var(--_radius); text-align: center; font-size: 14px; line-height: 22px; padding: 8px 0; cursor: pointer; position: relative; }
  .stars input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
  .stars small { display: block; color: var(--_ink-3); font-size: 12px; line-height: 18px; }
  .kept li { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: center; border-bottom: 1px solid var(--_line); padding: 6px 0; font-size: 14px; line-height: 22px; }
  .kept .link { min-height: 36px; }
`;
