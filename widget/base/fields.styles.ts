import { css } from 'lit';

/** Fields, choices and their errors. */
export const fields = css`
  .field { margin-top: 20px; }
  form, .slip { max-width: 620px; }
  .sub { font: 700 18px/28px var(--_song); padding-top: 4px; }
  .field > label:not(.tick), legend { font-weight: 600; font-size: 15px; line-height: 24px; display: block; }
  .hint { font-size: 13px; line-height: 20px; color: var(--_ink-3); margin-top: 4px; }
  .err { font-weight: 600; font-size: 14px; line-height: 22px; color: var(--_fail); display: flex; gap: 6px; align-items: flex-start; margin-top: 4px; }
  .err .i { margin-top: 3px; }
  input[type='text'], textarea { width: 100%; font: 16px/26px var(--_hei); color: var(--_ink); background: var(--_paper); border: 1px solid var(--_line-strong); border-radius: var(--_radius); padding: 8px 12px; margin: 6px 0 0; min-height: 44px; display: block; box-shadow: none; appearance: none; }
  input[type='file'] { font: inherit; font-size: 14px; color: var(--_ink-2); min-height: 44px; max-width: 100%; display: block; margin-top: 6px; }
  ::file-selector-button { font: inherit; font-size: 15px; line-height: 24px; color: var(--_accent); background: none; border: 1px solid var(--_line-strong); border-radius: var(--_radius); padding: 9px 18px; margin-inline-end: 12px; cursor: pointer; }
  .shot canvas { display: block; max-width: 100%; max-height: 220px; width: auto; height: auto; border-radius: var(--_radius); margin-top: 8px; }
  @media (hover: none) { .keys { display: none; } }
  #words { min-height: 72px; }
  input[type='text'], textarea { unicode-bidi: plaintext; }
  textarea { min-height: 132px; resize: vertical; field-sizing: content; max-height: 60vh; }
  .invalid input, .invalid textarea { border: 2px solid var(--_fail); padding: 7px 11px; }
  .under { display: flex; gap: 4px 12px; flex-wrap: wrap; align-items: baseline; margin-top: 4px; min-height: 20px; font-size: 13px; line-height: 20px; color: var(--_ink-3); }
  .under .count { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
  .under .over { color: var(--_fail); font-weight: 600; }
  .choices { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px; }
  .choices label { display: inline-flex; align-items: center; gap: 8px; border: 1px solid var(--_line-strong); border-radius: var(--_radius); padding: 7px 12px; font-size: 14px; line-height: 22px; min-height: 44px; cursor: pointer; }
  .choices label:hover { background: var(--_sunk); }
  .choices label:has(:checked), .stars label:has(:checked) { border-color: var(--_accent); box-shadow: inset 0 0 0 1px var(--_accent); background: var(--_accent-wash); }
  .choices label:has(:focus-visible), .stars label:has(:focus-visible) { outline: 2px solid var(--_focus); outline-offset: 2px; }
  .choices input, .tick input { accent-color: var(--_accent); margin: 0; width: 18px; height: 18px; flex: none; }
  .choices input:focus-visible { outline: 0; }
  .tick { display: flex; gap: 10px; align-items: flex-start; font-size: 14px; line-height: 22px; padding: 11px 0; min-height: 44px; cursor: pointer; width: fit-content; }
  .tick input { margin-top: 2px; }
  .quote { border-inline-start: 2px solid var(--_line-strong); padding-inline-start: 12px; margin-top: 10px; font-size: 14px; line-height: 22px; color: var(--_ink-2); white-space: pre-wrap; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
  @media (forced-colors: active) { .choices label:has(:checked), .stars label:has(:checked) { outline: 3px solid Highlight; } }
`;
