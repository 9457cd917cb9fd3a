import { css } from 'lit';

export const styles = css`
  :host { display: block; }
  .checks > li { display: grid; grid-template-columns: 24px 1fr; gap: 0 6px; padding: 10px 0; border-bottom: 1px solid var(--_line); }
  .checks > li > .i { margin-top: 3px; color: var(--_ink-3); }
  .checks > li.ok > .i { color: var(--_ok); }
  .checks > li.bad > .i { color: var(--_fail); }
  .checks > li.amber > .i { color: var(--_amber); }
  .checks b { font-weight: 600; font-size: 15px; line-height: 24px; display: block; }
  .checks p { font-size: 13px; line-height: 20px; color: var(--_ink-2); }
  .checks li.bad p { color: var(--_fail); font-weight: 600; }
  .checks details { font-size: 13px; line-height: 20px; }
  .checks summary { color: var(--_accent); min-height: 24px; padding: 2px 0; width: fit-content; }
  .steps li { display: grid; grid-template-columns: 16px 1fr; gap: 0 6px; color: var(--_ink-2); padding: 2px 0; }
  .steps .i { margin-top: 2px; width: 16px; height: 16px; color: var(--_ink-3); }
  .steps .ok .i { color: var(--_ok); }
  .steps .bad .i { color: var(--_fail); }
  .facts { font-size: 14px; line-height: 22px; padding-top: 12px; }
  .facts dt { color: var(--_ink-3); font-size: 13px; }
  .facts dd { font-variant-numeric: tabular-nums; margin-bottom: 6px; }
  .none { color: var(--_ink-3); }
  .code { text-wrap: balance; font-family: var(--_code); font-size: 12px; line-height: 18px; }
  .after { padding-top: 8px; }
`;
