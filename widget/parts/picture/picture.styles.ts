import { css } from 'lit';

export const styles = css`
  :host { display: block; }
  figure { margin-top: 10px; max-width: 480px; }
  canvas { display: block; max-width: 100%; height: auto; background: var(--_sunk); border-radius: var(--_radius); }
  figcaption, .lost p { font-size: 13px; line-height: 20px; color: var(--_ink-2); margin-top: 4px; white-space: pre-wrap; }
  .lost { border: 1px solid var(--_fail); border-radius: var(--_radius); padding: 10px 12px; }
  .lost .why { display: flex; gap: 8px; color: var(--_fail); font-weight: 600; margin: 0; }
  .lost .why .i { margin-top: 2px; }
`;
