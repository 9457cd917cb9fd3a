import { css } from 'lit';

export const styles = css`
  .line { margin-top: 20px; }
  .line .steps { padding-top: 4px; }
  .steps li { display: grid; grid-template-columns: 16px 1fr; gap: 0 8px; font-size: 13px; line-height: 20px; color: var(--_ink-2); padding: 4px 0; }
  .steps .i { margin-top: 2px; color: var(--_ink-3); }
  .steps .ok .i, .stages .ok > .i, .msg.ok > .i { color: var(--_ok); }
  .steps .bad .i, .stages .bad > .i { color: var(--_fail); }
  .steps .amber .i, .stages .amber > .i { color: var(--_amber); }
  .msg.ok { border-color: var(--_ok); background: var(--_ok-wash); }
  header .byline:lang(zh) { word-break: keep-all; }
  .void { margin-top: 20px; }
  .stages { margin-top: 24px; }
  .stages li { display: grid; grid-template-columns: 16px max-content 1fr; gap: 0 8px; padding: 8px 0; border-bottom: 1px solid var(--_line); font-size: 14px; line-height: 22px; }
  .stages > li > .i { margin-top: 3px; color: var(--_ink-3); }
  .stages b { font-weight: 600; min-width: 4.2em; }
  .s:not(:lang(zh)) .stages b { min-width: 0; }
  .stages time { color: var(--_ink-2); }
  .stages p { grid-column: 2 / -1; color: var(--_ink-2); font-size: 13px; line-height: 20px; }
  .stages .wait b, .stages .wait p { color: var(--_ink-3); }
  .stages .bad b { color: var(--_fail); }
  .replay { border: 1px solid var(--_line); border-radius: 8px; padding: 20px; margin-top: 28px; }
  .replay h3 { font: 700 20px/30px var(--_song); display: flex; flex-wrap: wrap; gap: 0 12px; justify-content: space-between; align-items: baseline; }
  .replay h3 small { font: 13px/20px var(--_hei); color: var(--_ink-3); font-variant-numeric: tabular-nums; }
  .group { margin-top: 24px; }
  .group h4 { font: 700 17px/28px var(--_song); }
  .ctl { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 12px; }
  .balls { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 8px; font-size: 13px; line-height: 20px; color: var(--_ink-2); }
  .balls li { display: flex; gap: 6px; align-items: center; white-space: nowrap; }
  .balls b { width: 34px; height: 34px; border: 1.5px solid var(--_line-strong); border-radius: 50%; display: grid; place-items: center; font: 600 15px/1 var(--_zh); color: var(--_ink); font-variant-numeric: tabular-nums; }
  .balls .blue b { border: 4px double var(--_line-strong); }
  .word { font: 13px/20px var(--_code); overflow-wrap: anywhere; margin-top: 6px; }
  .plain { display: grid; grid-template-columns: 16px 1fr; gap: 0 6px; font-size: 13px; line-height: 20px; color: var(--_ink-2); margin-top: 8px; }
  .plain .i { margin-top: 2px; }
  .pool { display: grid; grid-template-columns: repeat(auto-fill, minmax(116px, 1fr)); gap: 6px; margin-top: 10px; }
  .s:not(:lang(zh)) .pool { grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); }
  .pool li { border: 1px solid var(--_line-strong); border-radius: var(--_radius); padding: 6px 10px; min-height: 56px; font-size: 14px; line-height: 22px; display: flex; flex-direction: column; justify-content: center; }
  .pool small { font-size: 12px; line-height: 18px; color: var(--_ink-3); font-variant-numeric: tabular-nums; }
  .pool .out { border-style: dashed; color: var(--_ink-3); }
  .pool .gone { border-color: var(--_line); color: var(--_ink-3); }
  .pool .gone span { text-decoration: line-through; text-decoration-thickness: 1px; }
  .pool .won { border: 2px solid var(--_accent); padding: 5px 9px; background: var(--_accent-wash); color: var(--_accent); font-weight: 600; }
  .pool .won small { color: inherit; }
  .pool .mine { outline: 2px solid var(--_ink); outline-offset: 1px; }
  .sums { display: grid; gap: 6px; margin-top: 8px; }
  .sum { background: var(--_sunk); border: 1px solid transparent; border-radius: var(--_radius); padding: 12px 14px; font-size: 14px; line-height: 22px; }
  .sum.on { border-color: var(--_accent); }
  .sum .code { font: 12px/20px var(--_code); color: var(--_ink-2); overflow-wrap: anywhere; }
  .sum .eq { font-weight: 600; font-size: 16px; line-height: 28px; font-variant-numeric: tabular-nums; }
  .yet { visibility: hidden; }
  .wide { overflow-x: auto; }
  .wide table { min-width: 560px; margin-top: 4px; }
  .wide th, .wide td:not(.code), .tight { white-space: nowrap; }
  .wide th, .wide td { padding-inline: 0 16px; }
  .link { text-align: start; }
  .wide .code, .from .code { font: 12px/20px var(--_code); }
  .from .code { overflow-wrap: anywhere; margin: 4px 0; }
  .outcome { margin-top: 24px; }
  .after { margin-top: 12px; }
  .history { margin-top: 40px; }
  .history table { font-size: 13px; line-height: 20px; overflow-wrap: break-word; }
  .legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 10px 0 4px; font-size: 13px; line-height: 20px; color: var(--_ink-2); }
  .legend li { display: flex; gap: 6px; align-items: center; }
  .multi > li { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 6px 0; border-bottom: 1px solid var(--_line); font-size: 14px; line-height: 22px; }
  .multi svg { grid-column: 1 / -1; max-width: 100%; }
  .multi .mine { font-weight: 600; }
  .marks { display: block; overflow: visible; }
  .marks path { stroke-width: 1; }
  .marks .d { fill: var(--_accent); }
  .marks .p { fill: var(--_ink-3); opacity: .55; }
  .marks .r { fill: none; stroke: var(--_line-strong); }
  .marks .a { fill: none; stroke: var(--_ink-2); stroke-width: 1.5; }
  .marks .here { fill: var(--_sunk); }
  @container (max-width: 320px) { .s:not(:lang(zh)) .stages time { grid-column: 2; } .balls { gap: 4px; } .balls b { width: 28px; height: 28px; font-size: 13px; } }
  @container (max-width: 520px) { .replay { padding: 16px 14px; } .s:not(:lang(zh)) .multi > li { grid-template-columns: minmax(0, 1fr); } }
  @container (min-width: 640px) {
    .multi > li { grid-template-columns: minmax(8em, 12em) minmax(0, 1fr) auto; align-items: center; }
    .multi svg { grid-column: 2; grid-row: 1; }
    .multi .meta { grid-column: 3; }
  }
  @container (min-width: 820px) {
    .stages { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 16px; }
    .stages li { border: 0; border-top: 2px solid var(--_line-strong); grid-template-columns: 16px 1fr; align-content: start; }
    .stages .ok { border-top-color: var(--_ok); }
    .stages .bad { border-top-color: var(--_fail); }
    .stages .amber { border-top-color: var(--_amber); }
    .stages time, .stages p { grid-column: 1 / -1; }
  }
  @media print { .yet { visibility: visible; } .sum { break-inside: avoid; } }
`;
