import { css } from 'lit';

export const styles = css`
  .comment { padding: 16px 0; border-bottom: 1px solid var(--_line); }
  .comment header, .reply header { display: flex; flex-wrap: wrap; gap: 0 10px; align-items: center; font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .comment header b, .reply header b { color: var(--_ink); font-weight: 600; font-size: 14px; unicode-bidi: plaintext; }
  .kind { border: 1px solid var(--_line-strong); border-radius: 2px; padding: 0 5px; color: var(--_ink-2); font-size: 12px; line-height: 18px; }
  .said { white-space: pre-wrap; max-width: 38em; margin-top: 4px; unicode-bidi: plaintext; }
  .reply { margin-top: 10px; padding: 9px 11px; background: var(--_sunk); border: 1px solid transparent; border-radius: var(--_radius); }
  .reply header b { color: var(--_accent); }
  .state { display: inline-flex; align-items: center; gap: 5px; font-weight: 600; font-size: 13px; line-height: 20px; padding: 2px 8px 2px 6px; border-radius: var(--_radius); border: 1px solid; white-space: nowrap; }
  .st-closed { color: var(--_ok); background: var(--_ok-wash); }
  .st-unsolved { color: var(--_unsolved); background: var(--_unsolved-wash); border-style: dashed; }
  .st-open { color: var(--_accent); background: var(--_accent-wash); }
  .st-late { color: var(--_fail); background: var(--_fail-wash); }
  .st-warm { color: var(--_amber); background: var(--_amber-wash); }
  .st-wait { color: var(--_ink-2); border-color: var(--_line-strong); }
  .case { margin-top: 10px; }
  .case > summary { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; list-style: none; min-height: 28px; width: fit-content; font-size: 14px; line-height: 22px; }
  .case > summary::-webkit-details-marker { display: none; }
`;
