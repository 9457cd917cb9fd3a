import { css } from 'lit';

export const styles = css`
  :host { display: block; }
  .talk { margin-top: 40px; }
  .talk > .closed { margin-top: 12px; }
  .talk > .msg { margin-top: 16px; }
  .talk > .panel { margin: 16px 0 24px; }
  .panel { margin: 12px 0 6px; padding: 0 0 0 16px; border-inline-start: 2px solid var(--_line-strong); }
  .at { color: inherit; text-decoration: none; padding: 2px 0; margin: -2px 0; }
  .at:hover { text-decoration: underline; }
  .acts { display: flex; gap: 16px; margin-top: 4px; }
  .acts button { background: none; border: 0; padding: 0; min-width: 24px; min-height: 24px; font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .acts button:hover { text-decoration: underline; text-underline-offset: 3px; }
  .on { margin-top: 4px; }
  .here { box-shadow: -12px 0 0 var(--_paper), -14px 0 0 var(--_accent); }
  .comment:focus { outline: 0; }
  .comment > .link { font-size: 13px; line-height: 20px; }
  .replies { padding-inline-start: 16px; border-inline-start: 2px solid var(--_line); margin-top: 10px; }
  .comment:last-child { border-bottom: 0; }
  .entry-talk .comment:first-child { padding-top: 0; }
  .entry-talk > .row { margin-top: 8px; }
  @container (max-width: 520px) { .sec small { flex-basis: 100%; min-height: 20px; } }
  .comments > .comment:nth-child(n + 26) { content-visibility: auto; contain-intrinsic-size: auto 110px; padding-inline: 4px; margin-inline: -4px; }
`;
