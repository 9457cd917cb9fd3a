import { css } from 'lit';

/** The ground of an outermost element: nothing that a page says to all its elements gets in, size in px alone (immune.md). The page's
 *  background shows through; light and dark follow its `color-scheme`. */
export const host = css`
  :host { display: block !important; position: static !important; float: none !important; overflow: visible !important; box-sizing: border-box !important; opacity: 1 !important; visibility: visible !important; transform: none !important; filter: none !important; clip-path: none !important; columns: auto !important; max-height: none !important; height: auto !important; min-width: 0 !important; padding: 0 !important; border: 0 !important; outline: 0; direction: ltr; pointer-events: auto !important; contain: none !important; content-visibility: visible !important; }
  :host([hidden]) { display: none !important; }
  .s { container-type: inline-size; color: var(--_ink); font: 400 16px/26px var(--_zh); font-style: normal; letter-spacing: normal; word-spacing: normal; text-transform: none; text-indent: 0; text-align: start; text-shadow: none; white-space: normal; word-break: normal; hyphens: manual; cursor: auto; user-select: auto; line-break: strict; overflow-wrap: anywhere; text-autospace: normal; text-spacing-trim: trim-start; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; writing-mode: horizontal-tb; }
  .s:lang(en) { font-family: var(--_en); }
  @media print { .s { color-scheme: light; font-size: 13px; } }
`;
