import { css } from 'lit';

export const styles = css`
  /* While files are on their way the browser finds the faces of the text: its first line needs them at once. */
  .bones::before, .bones::after, .bones i:first-of-type::before { content: '日1'; position: absolute; visibility: hidden; font: 700 28px var(--_song); }
  .bones::after { font: 600 15px var(--_zh); }
  .bones i:first-of-type::before { font: 17px var(--_song); }
  .s:not(:lang(zh)) .entry { --_say: 100px; }
  .times { display: flex; flex-wrap: wrap; gap: 2px 20px; margin-top: 8px; font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .times > div { display: flex; flex-wrap: wrap; gap: 0 6px; }
  .times dd { color: var(--_ink-2); font-variant-numeric: tabular-nums; }
  .pending { visibility: hidden; }
  .two { margin-top: 20px; }
  .hours { margin-top: 24px; }
  .hours-top { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; }
  .hours-top strong { font-size: 24px; line-height: 34px; font-variant-numeric: tabular-nums; }
  .hours-top strong small { font-weight: 400; font-size: 14px; margin: 0 1px; }
  .how { font-size: 13px; }
  .hours table { overflow-wrap: break-word; }
  .method li { font-size: 13px; line-height: 20px; color: var(--_ink-2); padding: 2px 0 2px 12px; position: relative; }
  .method li::before { content: '·'; position: absolute; left: -1px; }
  .bar { height: 20px; margin-top: 6px; }
  .ratio { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13px; line-height: 20px; color: var(--_ink-2); margin-top: 8px; }
  .ratio li { display: flex; align-items: center; gap: 6px; }
  .share { margin-top: 4px; }
  .sw { flex: none; }
  .strip { height: 34px; margin-top: 8px; }
  .base, .tick { stroke: var(--_line); }
  .mid { stroke: var(--_line-strong); }
  .day { margin-top: 36px; }
  .day-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; border-top: 2px solid var(--_ink); padding-top: 8px; }
  .day-head h3 { font: 700 20px/30px var(--_song); }
  .day-head h3 small { font: 400 14px/30px var(--_hei); color: var(--_ink-2); margin-inline-start: 8px; }
  .day-head .meta { margin-inline-start: auto; }
  .entry { padding: 14px 0; border-top: 1px solid var(--_line); scroll-margin-top: 80px; }
  .strip + .entries > .entry:first-child, .day-head + .entries > .entry:first-child { border-top: 0; }
  .entry:focus { outline: 0; }
  .entry.here { box-shadow: -12px 0 0 var(--_paper), -14px 0 0 var(--_accent); }
  .when, .kind { display: flex; flex-wrap: wrap; align-items: center; gap: 0 6px; font-size: 13px; line-height: 22px; color: var(--_ink-2); }
  .when time { font-weight: 600; color: var(--_ink); white-space: nowrap; }
  .when .at { display: inline-flex; align-items: center; gap: 2px; }
  .arrow { display: inline-flex; align-items: center; justify-content: center; min-width: 24px; min-height: 24px; color: var(--_ink-3); text-decoration: none; border-radius: 2px; }
  .arrow:hover { color: var(--_accent); background: var(--_sunk); }
  .review h4 .arrow { margin-inline-start: 2px; vertical-align: -1px; }
  dfn { font-style: normal; cursor: help; text-decoration: underline dotted var(--_line-strong) 1.5px; text-underline-offset: 5px; }
  dfn:hover, dfn[aria-expanded='true'] { text-decoration-color: var(--_accent); }
  .note { background: var(--_sunk); border: 1px solid transparent; border-radius: var(--_radius); padding: 7px 11px; margin: 4px 0; color: var(--_ink-2); }
  .note b { font-weight: 600; color: var(--_ink); margin-inline-end: 12px; }
  .late { margin-top: 12px; display: flex; flex-wrap: wrap; gap: 4px 8px; }
  .ways { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; margin-top: 40px; border-top: 2px solid var(--_ink); padding-top: 12px; min-height: 90px; }
  .ways a { display: flex; gap: 6px; align-items: center; color: var(--_ink-2); text-decoration: none; font-size: 13px; line-height: 20px; min-height: 44px; }
  .ways .right { justify-content: end; text-align: end; }
  .ways b { display: block; font: 700 17px/28px var(--_song); color: var(--_ink); }
  .ways a:hover b { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
  .ways small { display: block; font-size: inherit; color: var(--_ink-3); }
  .source { display: none; }
  .when sup { font-size: 11px; line-height: 1; }
  .cat { display: inline-flex; gap: 6px; align-items: center; }
  .tag { color: inherit; border: 1px solid var(--_line-strong); border-radius: 2px; padding: 0 5px; font-size: 12px; line-height: 18px; }
  .text { font-size: 17px; line-height: 30px; margin-top: 2px; white-space: pre-wrap; max-width: 38em; unicode-bidi: plaintext; }
  .more { display: grid; grid-template-columns: minmax(3.6em, max-content) minmax(0, 1fr); gap: 4px 8px; margin-top: 8px; }
  .more dt { font-size: 13px; line-height: 26px; color: var(--_ink-3); }
  .more dd { color: var(--_ink-2); white-space: pre-wrap; unicode-bidi: plaintext; }
  .what > .msg { margin-top: 6px; }
  .more .result { color: var(--_ink); }
  .more .thinking { font-family: var(--_song); color: var(--_ink); }
  .held { margin-top: 6px; border: 1px dashed var(--_held); border-radius: var(--_radius); padding: 10px 12px 10px 24px; position: relative; overflow: hidden; }
  .held::before { content: ''; position: absolute; inset: 0 auto 0 0; width: 10px; background: repeating-linear-gradient(135deg, var(--_held) 0 1px, transparent 1px 5px); border-inline-end: 1px solid var(--_held); forced-color-adjust: none; print-color-adjust: exact; }
  .held b { font-weight: 600; font-size: 16px; line-height: 26px; }
  .held p { font-size: 13px; line-height: 20px; color: var(--_ink-2); }
  .review { border-top: 1px solid var(--_line); padding: 14px 0; }
  .day-head + .review { border-top: 0; }
  .review h4 { font-weight: 600; font-size: 14px; line-height: 30px; color: var(--_ink-2); }
  .review .text { font-family: var(--_song); margin: 0; }
  .speak { background: none; border: 0; padding: 0; min-width: 56px; min-height: 24px; display: inline-flex; align-items: center; gap: 4px; font-size: 13px; line-height: 20px; color: var(--_ink-3); text-align: start; margin-inline-start: auto; }
  .speak.some { color: var(--_accent); }
  .speak:hover span { text-decoration: underline; text-underline-offset: 3px; }
  .top-row { display: flex; gap: 4px; align-items: flex-start; }
  .top-row .when { flex: 1; }
  .read > .closed { margin-top: 24px; }
  .foot { margin-top: 32px; padding-top: 12px; border-top: 1px solid var(--_line); }
  @container (max-width: 339px) { .ways b { font-size: 15px; white-space: nowrap; } }
  @container (max-width: 639px) { .kind .num { order: 1; } }
  @container (min-width: 640px) {
    .entry, .review { display: grid; grid-template-columns: 164px minmax(0, 1fr); column-gap: 20px; }
    .top-row { display: contents; }
    .entry > .top-row > .when { grid-column: 1; align-content: flex-start; }
    .entry .when time { font-size: 14px; line-height: 30px; }
    .entry .when .at { flex-basis: 100%; }
    .what { grid-column: 2; grid-row: 1; display: grid; grid-template-columns: minmax(0, 1fr) var(--_say, 64px); column-gap: 12px; }

    .what > * { grid-column: 1; }
    .entry > .top-row > .speak { grid-column: 2; grid-row: 1; justify-self: end; align-self: start; margin-top: 3px; z-index: 1; }
    .entry > sundial-talk { grid-column: 2; }
    .text, .held, .what > .msg { margin-top: 0; }
  }
  @container (min-width: 900px) {
    .two { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 0 56px; align-items: start; }
    .two > aside { order: 2; margin-top: 16px; }
    .two > .read > .day:first-child { margin-top: 16px; }
  }
  @media print { .speak { display: none; } .source { display: inline; } dfn { text-decoration: none; } .day-head, h3 { break-after: avoid; } .two { display: block !important; } .text, .more { font-size: 13px; line-height: 22px; } .entry { break-inside: avoid; } }
`;
