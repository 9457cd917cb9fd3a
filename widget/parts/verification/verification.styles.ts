import { css } from 'lit';

export const styles = css`
  :host { display: block; }
  .verify { border: 1px solid var(--_line); border-radius: var(--_radius); }
  .verify > summary { display: flex; gap: 8px; align-items: flex-start; padding: 9px 11px; list-style: none; min-height: 44px; border-radius: 3px; color: var(--_ink-2); }
  .verify > summary::-webkit-details-marker { display: none; }
  .verify[open] > summary { border-radius: 3px 3px 0 0; }
  .say { flex: 1; font-weight: 600; font-size: 15px; line-height: 24px; }
  /* Chinese is parted between its parts; words of English wrap. No box of their own: screen readers would hear a gap. */
  .say .nb { white-space: normal; word-break: keep-all; overflow-wrap: anywhere; }
  @container (max-width: 320px) { .say { font-size: 14px; } }
  .sign, .more { line-height: 24px; }
  .more { color: var(--_ink-2); }
  .verify[open] .more { rotate: 180deg; height: 24px; }
  .ok { border-color: var(--_ok); }
  .ok > summary { background: var(--_ok-wash); color: var(--_ok); }
  .amber { border-color: var(--_amber); }
  .amber > summary { background: var(--_amber-wash); color: var(--_amber); }
  .bad { border: 2px solid var(--_fail); }
  .bad > summary { background: var(--_fail-wash); color: var(--_fail); padding: 8px 10px; }
  .off { border-style: dashed; border-color: var(--_line-strong); }
  .body { padding: 4px 12px 14px; }
  .how { font-size: 14px; line-height: 22px; padding: 8px 0 4px; }
  .notice { display: grid; grid-template-columns: 20px 1fr; gap: 0 10px; font-size: 14px; line-height: 22px; padding: 8px 12px 0; }
  .notice .i { color: var(--_amber); margin-top: 3px; }
  .notice.plain .i { color: var(--_ink-2); }
  .pending { visibility: hidden; }
`;
