import { css } from 'lit';

export const styles = css`
  section { margin-top: 32px; }
  .unchecked { display: grid; grid-template-columns: 16px 1fr; gap: 0 8px; margin-top: 10px; max-width: 46em; }
  .unchecked .i { margin-top: 2px; }
  .back { margin-bottom: 12px; }
  .all { margin-top: 20px; border-top: 2px solid var(--_ink); }
  .all li { display: flex; gap: 8px; align-items: center; padding: 9px 0; border-bottom: 1px solid var(--_line); }
  .all .i { color: var(--_ink-3); }
  .all a, .all button { min-height: 26px; text-align: start; }
  .said, .text { white-space: pre-wrap; max-width: 38em; }
  .results li, .state dd { padding: 10px 0; border-bottom: 1px solid var(--_line); }
  .results li:last-child { border: 0; }
  .state dt { font-weight: 600; font-size: 14px; line-height: 22px; padding-top: 10px; color: var(--_ink-2); }
  .state dd:last-child { border: 0; }
  .line { margin-inline-start: 6px; border-inline-start: 1.5px solid var(--_line-strong); padding-inline-start: 20px; }
  .line h4 { font: 700 20px/30px var(--_song); padding-top: 12px; }
  .line h5 { margin: 0; font: 600 14px/22px var(--_hei); color: var(--_ink-2); padding: 8px 0 2px; }
  .entry { position: relative; padding: 10px 0 14px; }
  .entry::before { content: ''; position: absolute; inset-inline-start: -26.75px; top: 15px; width: 12px; height: 12px; border: 2px solid var(--_ink-2); border-radius: 50%; background: var(--_paper); }
  .entry.got::before { background: var(--_ink-2); print-color-adjust: exact; forced-color-adjust: none; }
  .entry + .entry { border-top: 1px solid var(--_line); }
  .when { display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; font-size: 13px; line-height: 24px; color: var(--_ink-2); }
  .when b { font-weight: 600; color: var(--_ink); }
  .when sup { font-size: 11px; line-height: 1; }
  .cat { display: inline-flex; gap: 6px; align-items: center; }
  .text { font-size: 17px; line-height: 30px; margin-top: 2px; }
  .outcome, .entry .more { display: grid; grid-template-columns: 3.6em minmax(0, 1fr); gap: 0 8px; margin-top: 6px; color: var(--_ink-2); }
  .outcome { border-inline-start: 2px solid var(--_ink); padding: 2px 0 2px 12px; color: var(--_ink); }
  .outcome b, .more b { font-weight: 400; font-size: 13px; color: var(--_ink-3); }
  .more.thinking .said { font-family: var(--_song); color: var(--_ink); }
  .others { display: flex; flex-wrap: wrap; gap: 8px 24px; margin-top: 28px; padding-top: 12px; border-top: 1px solid var(--_line); font-size: 14px; line-height: 24px; }
  .others span { display: inline-flex; align-items: center; flex-wrap: wrap; }
  .s:not(:lang(zh)) .others span { gap: 4px; }
  .others span:last-child { margin-inline-start: auto; }
  @container (min-width: 720px) {
    .when a { margin-inline-start: auto; }
    .results li { display: grid; grid-template-columns: 15em minmax(0, 1fr); gap: 0 16px; align-items: baseline; }
    .state { display: grid; grid-template-columns: 5em minmax(0, 1fr); }
    .state dt { border-bottom: 1px solid var(--_line); }
    .state dt:last-of-type { border: 0; }
  }
  @media print { .entry, .results li { break-inside: avoid; } .text { font-size: 13px; line-height: 22px; } }
`;
