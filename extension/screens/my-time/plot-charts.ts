/** The charts of one's time by Observable Plot, loaded when first drawn. Colours and patterns come by class from base.css and my-time.css,
 *  so that dark and forced colours follow without drawing again. */
import {
  axisX,
  axisY,
  barY,
  dot,
  gridY,
  line,
  type Markish,
  type PlotOptions,
  plot,
  ruleY,
  text,
} from '@observablehq/plot';
import { type Kind, kinds } from '../../../shared/diary/my-time.ts';
import type { Column } from './columns.ts';

/** Kinds whose fill has a pattern over it (look.md 3). */
const patterned: ReadonlySet<Kind> = new Set(['focused', 'oneToOne', 'emergency']);
/** On the axis every column, or every fourth of many. */
const manyColumns = 20;

interface Part {
  readonly key: string;
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

/** Hours of each column, stacked by kind, the union on top. */
export function drawColumns(columns: readonly Column[], width: number): Element {
  const parts = columns.flatMap(partsOf);
  const tops = columns.flatMap(({ key, time }) => {
    const top = Math.max(0, ...parts.filter((part) => part.key === key).map(({ to }) => to));
    return time.minutes === 0 ? [] : [{ key, top, hours: Math.round(time.minutes / 60) }];
  });
  return drawn(columns, {
    width,
    height: 220,
    y: { domain: [0, Math.max(8, ...tops.map(({ top }) => top)) * 1.05], nice: true, label: null },
    marks: [
      gridY({ ticks: 5, className: 'grid-line' }),
      axisY({ ticks: 5, tickSize: 0, label: null }),
      ...kinds.flatMap((kind) => barsOf(parts, kind)),
      text(tops, { x: 'key', y: 'top', text: 'hours', dy: -8, className: 'top-number' }),
    ],
  });
}

/** The focused share of each column in percent, and the own target as a named dashed line. */
export function drawShare(
  columns: readonly Column[],
  target: { readonly percent: number; readonly name: string } | null,
  width: number,
): Element {
  const points = columns.map(({ key, time }) => ({
    key,
    percent: time.focusedShare === null ? Number.NaN : time.focusedShare * 100,
  }));
  const known = points.filter(({ percent }) => !Number.isNaN(percent));
  const highest = Math.max(40, target?.percent ?? 0, ...known.map(({ percent }) => percent));
  return drawn(columns, {
    width,
    height: 170,
    y: { domain: [0, Math.min(100, highest * 1.1)], nice: highest < 90, label: null },
    marks: [
      gridY({ ticks: 5, className: 'grid-line' }),
      axisY({ ticks: 5, tickSize: 0, label: null, tickFormat: (percent: number) => `${percent}%` }),
      ...(target === null ? [] : [ruleY([target.percent], { className: 'target-line' })]),
      line(points, { x: 'key', y: 'percent', className: 'share-line' }),
      dot(known, { x: 'key', y: 'percent', r: 3.5, className: 'share-point' }),
      // Last, so that the line does not run through its letters.
      ...(target === null
        ? []
        : [
            text([target.name], {
              frameAnchor: 'left',
              y: () => target.percent,
              text: (name: string) => name,
              textAnchor: 'start',
              dx: 4,
              dy: -8,
              className: 'target-name',
            }),
          ]),
    ],
  });
}

function drawn(columns: readonly Column[], options: PlotOptions & { readonly marks: Markish[] }): Element {
  const labels = new Map(columns.map(({ key, label }) => [key, label]));
  const ticks = columns.filter((_, n) => columns.length <= manyColumns || n % 4 === 0).map(({ key }) => key);
  const svg = plot({
    className: 'plot',
    marginLeft: 38,
    marginRight: 6,
    marginTop: 22,
    marginBottom: 24,
    x: { type: 'band', domain: columns.map(({ key }) => key), label: null, paddingInner: 0.36, paddingOuter: 0.3 },
    ...options,
    marks: [
      ...options.marks,
      axisX({ ticks, tickSize: 0, tickFormat: (key: string) => labels.get(key) ?? key, label: null }),
    ],
  });
  // Its inline style sheet would be refused by the page's policy; my-time.css says the same.
  svg.querySelector('style')?.remove();
  // Groups bear no names (WAI-ARIA 1.2, 5.2.8.6): the picture as a whole has one.
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  return svg;
}

function partsOf({ key, time }: Column): readonly Part[] {
  let from = 0;
  return kinds.flatMap((kind) => {
    const hours = time.byKind[kind] / 60;
    if (hours === 0) return [];
    const part = { key, kind, from, to: from + hours };
    from = part.to;
    return [part];
  });
}

/** Blocks of a kind, a pixel of paper between them; the pattern lies over the fill. */
function barsOf(parts: readonly Part[], kind: Kind): readonly Markish[] {
  const own = parts.filter((part) => part.kind === kind);
  if (own.length === 0) return [];
  const place = { x: 'key', y1: 'from', y2: 'to', insetTop: 0.5, insetBottom: 0.5 };
  const fill = barY(own, { ...place, className: `f-${kind}` });
  return patterned.has(kind) ? [fill, barY(own, { ...place, className: `t-${kind}` })] : [fill];
}
