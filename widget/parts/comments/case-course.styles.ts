import { css } from 'lit';

export const styles = css`
  :host { display: block; }
  .course { border: 1px solid var(--_line); border-radius: 8px; padding: 14px 16px; margin-top: 10px; }
  .line { margin-top: 10px; }
  .line li { position: relative; padding: 0 0 12px 26px; font-size: 14px; line-height: 22px; }
  .line li::before { content: ''; position: absolute; left: 4px; top: 6px; width: 11px; height: 11px; border: 2px solid var(--_accent); border-radius: 50%; background: var(--_paper); }
  .line li:not(:last-child)::after { content: ''; position: absolute; left: 9px; top: 19px; bottom: -4px; border-inline-start: 1px solid var(--_line-strong); }
  .line li.end::before { background: var(--_ok); border-color: var(--_ok); }
  .line li.gap::before { border-color: var(--_unsolved); border-style: dashed; }
  .line li.voice::before { border-color: var(--_ink); border-radius: 1px; }
  .line time { color: var(--_ink-3); font-size: 13px; margin-inline-end: 8px; }
  .line b { font-weight: 600; margin-inline-end: 8px; }
  .line p { color: var(--_ink-2); margin: 0; }
`;
