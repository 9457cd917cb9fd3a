/** A drawn chart at its real size: it scrolls inside itself where it is wider than its place, and its letters never shrink. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

type Charts = typeof import('./plot-charts.ts');

/** `label` says in words what it shows; `least` is the smallest width in which it can be read; `draw` is called again when `of` changes. */
export function Chart({
  label,
  height,
  least,
  seen,
  of,
  draw,
}: {
  readonly label: string;
  readonly height: number;
  readonly least: number;
  /** Part of the width, 0 to 1, up to which there is something: shown first where the chart scrolls. */
  readonly seen: number;
  readonly of: readonly unknown[];
  readonly draw: (charts: Charts, width: number) => Element;
}) {
  const charts = useCharts();
  const place = useRef<HTMLDivElement>(null);
  const placed = useRef(false);
  const room = useRoom(place);
  const width = Math.max(least, room);
  useLayoutEffect(() => {
    if (charts === null || room === 0) return;
    const drawn = draw(charts, width);
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', label);
    place.current?.replaceChildren(drawn);
    if (place.current !== null && !placed.current) {
      place.current.scrollLeft = seen * width - room + 24;
      placed.current = true;
    }
  }, [charts, width, label, ...of]);
  const scrolls = room > 0 && width > room;
  return (
    <div
      ref={place}
      class="scroll chart"
      style={{ minHeight: `${height}px` }}
      {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    />
  );
}

/** The drawing code comes with the first chart, not with the desk. */
function useCharts(): Charts | null {
  const [charts, setCharts] = useState<Charts | null>(null);
  useEffect(() => {
    void import('./plot-charts.ts').then(setCharts);
  }, []);
  return charts;
}

/** Width of an element's place, followed. */
function useRoom(place: { readonly current: HTMLElement | null }): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    setRoom(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return room;
}
