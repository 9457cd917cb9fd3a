/** The week in a draw's id: `d-2026-w47-r2` is of `2026-W47` (verification.md 7.2). */
export const weekOfDraw = (draw: string): string => draw.slice(2, 10).toUpperCase();
