import { css } from 'lit';

/** The ground of an outermost element: nothing that a page says to all its elements gets in, size in px alone: the host keeps
 *  its box, and inside `all: initial` ends what would be inherited. The page's background shows through; light and dark follow its
 *  `color-scheme`. */
export const host = css`
  :host { display: block !important; position: static !important; float: none !important; overflow: visible !important; box-sizing: border-box !important; opacity: 1 !important; visibility: visible !important; transform: none !important; filter: none !important; clip-path: none !important; columns: auto !important; max-height: none !important; height: auto !important; min-width: 0 !important; padding: 0 !important; border: 0 !important; outline: 0; direction: ltr !important; writing-mode: horizontal-tb !important; text-decoration: none !important; rotate: none !important; scale: none !important; translate: none !important; aspect-ratio: auto !important; mask: none !important; mix-blend-mode: normal !important; transition: none !important; animation: none !important; pointer-events: auto !important; contain: none !important; content-visibility: visible !important; }
  :host([hidden]) { display: none !important; }
  .s { all: initial; color-scheme: inherit; direction: ltr; display: block; container-type: inline-size; color: var(--_ink); --_hei: var(--_zh); font: 16px/26px var(--_hei); line-break: strict; overflow-wrap: anywhere; text-autospace: normal; text-wrap: pretty; text-spacing-trim: trim-start; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
  .s:not(:lang(zh)) { --_hei: var(--_en); }
  .s:has(> slot:only-child, > div > slot:only-child) { all: unset; display: contents; }
  @media print { .s { color-scheme: light; font-size: 13px; } }
`;
