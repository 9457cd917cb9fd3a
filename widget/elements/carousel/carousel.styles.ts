import { css } from 'lit';

export const styles = css`
  .bones, section { min-height: 420px; }
  .bones { height: 0; overflow: hidden; }
  header { align-items: center; min-height: 54px; }
  header .demo, .ctl .meta { font-family: var(--_hei); font-weight: 400; }
  .ctl { display: flex; align-items: center; margin-inline-start: auto; }
  .ctl button { background: none; border: 0; padding: 0; width: 44px; height: 44px; display: grid; place-items: center; color: var(--_ink-2); border-radius: var(--_radius); }
  .ctl button:hover { background: var(--_sunk); }
  .ctl .meta { margin-inline-end: 8px; }
  .deck { display: grid; touch-action: pan-y pinch-zoom; border-bottom: 1px solid var(--_line); }
  .slide { grid-area: 1 / 1; visibility: hidden; opacity: 0; padding: 10px 0 18px; display: grid; align-content: start; gap: 0 40px; }
  .slide.on { visibility: visible; opacity: 1; }
  .slide h3 { font: 700 24px/36px var(--_song); text-wrap: balance; white-space: pre-wrap; margin-top: 2px; }
  h3 a { color: inherit; text-decoration: none; }
  h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px; }
  .lede { font: 16px/28px var(--_song); color: var(--_ink-2); margin: 2px 0 6px; white-space: pre-wrap; max-width: 38em; }
  .meta > .nb { display: inline-block; white-space: normal; }
  .week { margin-top: 14px; height: 106px; }
  .col { fill: var(--_sunk); }
  .ten { stroke: var(--_line-strong); stroke-dasharray: 2 2; }
  @media (prefers-reduced-motion: no-preference) { .slide { transition: opacity 200ms, visibility 200ms; } }
  @container (max-width: 520px) { .slide h3 { font-size: 20px; line-height: 30px; } }
  @container (min-width: 720px) { .bones, section { min-height: 240px; } .slide { grid-template-columns: minmax(0, 1fr) 300px; align-items: center; } }
  @media print { .deck { display: block; } .slide { visibility: visible; opacity: 1; transition: none; break-inside: avoid; border-bottom: 1px solid var(--_line); } }
`;
