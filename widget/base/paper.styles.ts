import { css } from 'lit';

/** Type, rules, marks, links, buttons, messages: what all parts share. */
export const paper = css`
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset, legend { margin: 0; padding: 0; border: 0; font: inherit; min-width: 0; }
  ul, ol { list-style: none; }
  a { color: var(--_accent); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
  a:hover { color: var(--_accent-strong); text-decoration-thickness: 2px; }
  :focus-visible { outline: 2px solid var(--_focus); outline-offset: 2px; border-radius: 2px; }
  [tabindex='-1']:focus:not(:focus-visible) { outline: 0; }
  [lang|='zh'] { font-family: var(--_zh); }
  time, .num, table { font-variant-numeric: tabular-nums lining-nums; }
  .i { width: 20px; height: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; vertical-align: -4px; }
  .i.sm { width: 16px; height: 16px; vertical-align: -3px; }
  .dashed { stroke-dasharray: 3 2.6; }
  .i .solid, .i.solid { fill: currentColor; stroke: none; }
  .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .nb { white-space: nowrap; }
  .meta { font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .label { font-size: 14px; line-height: 22px; }
  .demo { font-size: 12px; line-height: 18px; color: var(--_ink-3); border: 1px solid var(--_line); border-radius: 2px; padding: 0 6px; }
  .kicker { font-size: 14px; line-height: 22px; color: var(--_ink-2); display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; }
  .title { font: 700 28px/40px var(--_song); text-wrap: balance; margin-top: 4px; white-space: pre-wrap; unicode-bidi: plaintext; }
  .byline { font-size: 14px; line-height: 22px; color: var(--_ink-2); margin-top: 4px; }
  .sec { font: 700 20px/30px var(--_song); border-top: 2px solid var(--_ink); padding-top: 8px; display: flex; flex-wrap: wrap; gap: 0 12px; align-items: baseline; }
  .sec small { font: 13px/20px var(--_hei); color: var(--_ink-3); }
  .row { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin-top: 16px; }
  .row:has(> .bare) { column-gap: 20px; }
  button { font: inherit; color: inherit; cursor: pointer; }
  .btn { font-weight: 600; font-size: 15px; line-height: 24px; border: 1px solid var(--_accent); background: var(--_accent); color: var(--_on-accent); border-radius: var(--_radius); padding: 9px 18px; min-height: 44px; display: inline-flex; align-items: center; justify-content: center; gap: 8px; text-decoration: none; transition: background-color var(--_quick); }
  .btn:hover { background: var(--_accent-strong); color: var(--_on-accent); }
  .btn.quiet { background: none; color: var(--_accent); border-color: var(--_line-strong); font-weight: 400; }
  .btn.quiet:hover { background: var(--_accent-wash); }
  .btn.bare { background: none; color: var(--_accent); border-color: transparent; border-inline: 0; padding-inline: 0; font-weight: 400; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
  .btn[aria-disabled='true'] { opacity: .6; cursor: default; }
  .link { background: none; border: 0; padding: 0; color: var(--_accent); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; min-height: 24px; }
  .msg { display: grid; grid-template-columns: 20px 1fr; gap: 2px 10px; padding: 12px 14px; border-radius: var(--_radius); border: 1px solid var(--_line); font-size: 14px; line-height: 22px; background: var(--_sunk); color: var(--_ink); }
  .msg .i { margin-top: 1px; }
  .msg b { font-weight: 600; display: block; }
  .msg.fail { border-color: var(--_fail); background: var(--_fail-wash); }
  .msg.fail > .i { color: var(--_fail); }
  .msg.amber { border-color: var(--_amber); background: var(--_amber-wash); }
  .msg.amber > .i { color: var(--_amber); }
  summary { cursor: pointer; }
  details.fold > summary { color: var(--_accent); min-height: 28px; font-size: 14px; line-height: 22px; padding: 3px 0; width: fit-content; }
  table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 22px; }
  th { text-align: start; font-weight: 400; color: var(--_ink-3); }
  th, td { padding: 5px 8px 5px 0; border-bottom: 1px solid var(--_line); vertical-align: top; }
  td.n, th.n { text-align: end; padding-inline-end: 0; padding-inline-start: 8px; white-space: nowrap; }
  tfoot td { font-weight: 600; border-bottom: 0; }
  .chips { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 6px; font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .chips > * { display: inline-flex; align-items: center; gap: 4px; min-height: 24px; }
  svg.bar, svg.strip, svg.week { display: block; width: 100%; overflow: visible; }
  svg text { font: 11px/1 var(--_hei); fill: var(--_ink-3); font-variant-numeric: tabular-nums; }
  .f-collective { fill: var(--_collective); }
  .f-collective-deep { fill: var(--_collective-deep); }
  .f-collective-soft { fill: var(--_collective-soft); }
  .f-focused { fill: var(--_focused); }
  .f-focused-deep { fill: var(--_focused-deep); }
  .f-oneToOne { fill: var(--_one-to-one); }
  .f-emergency { fill: var(--_emergency); }
  .f-neutral, .f-none { fill: var(--_paper); stroke: var(--_neutral); stroke-width: 1.5; }
  .f-none { stroke-dasharray: 2 2; }
  .edge-held { stroke: var(--_held); }
  .pl { stroke: var(--_paper); }
  .pd { fill: var(--_paper); }
  .ph { stroke: var(--_held); }
  .defs { position: absolute; width: 0; height: 0; overflow: hidden; }
  .mark { display: inline-grid; place-items: center; width: 20px; height: 20px; flex: none; border: 1.5px solid; border-radius: 2px; font-weight: 600; font-size: 12px; line-height: 1; vertical-align: -4px; color: var(--_ink-3); }
  .m-collective { color: var(--_collective); }
  .m-focused { color: var(--_amber); border-color: var(--_focused); border-radius: 50%; }
  .m-oneToOne { color: var(--_one-to-one); border-style: double; border-width: 3px; }
  .m-emergency { color: var(--_emergency); border-width: 2.5px; }
  .m-neutral, .m-held, .m-none { border-style: dashed; }
  @container (max-width: 520px) { .title { font-size: 24px; line-height: 34px; } }
  @media (forced-colors: active) { .btn { forced-color-adjust: none; } }
  @media print { .no-print, details.fold:not([open]) { display: none !important; } a { color: inherit; } }
`;
