/** A pointer on the grid: it takes hold, drags after 4 px, drops. A finger drags after a long press, so that scrolling stays scrolling. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Aim, type Spot, spotAt } from './band.ts';

const slackPx = 4;
const fingerSlackPx = 8;
const longPressMs = 400;

/** What the grid does with a drag. */
export interface Grip {
  /** What a pointer takes hold of, null where nothing is to be had. */
  readonly aimAt: (target: Element, spot: Spot) => Aim | null;
  /** A drag begins; false refuses it. */
  readonly begin: (aim: Aim) => boolean;
  readonly drag: (aim: Aim, spot: Spot) => void;
  readonly drop: (aim: Aim, spot: Spot) => void;
  readonly cancel: () => void;
}

interface Hold {
  readonly aim: Aim;
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  /** Waits for a finger to rest; null of a mouse or pen. */
  readonly timer: ReturnType<typeof setTimeout> | null;
  dragging: boolean;
}

/** Listens on `surface`, the frame of the seven columns. Escape gives a drag up. */
export function useGesture(surface: RefObject<HTMLElement | null>, grip: Grip): void {
  const latest = useRef(grip);
  latest.current = grip;
  useEffect(() => {
    const frame = surface.current;
    return frame === null ? undefined : listen(frame, () => latest.current);
  }, [surface]);
}

function listen(frame: HTMLElement, grip: () => Grip): () => void {
  let hold: Hold | null = null;

  const spotOf = (event: PointerEvent): Spot => {
    const { left, width } = frame.getBoundingClientRect();
    const top = frame.querySelector('.grid')?.getBoundingClientRect().top ?? 0;
    return spotAt({ x: event.clientX, y: event.clientY }, { left, top, width });
  };
  const release = () => {
    const ended = hold;
    hold = null;
    if (ended?.timer != null) clearTimeout(ended.timer);
    if (ended !== null && frame.hasPointerCapture(ended.pointer)) frame.releasePointerCapture(ended.pointer);
    return ended;
  };
  const giveUp = () => {
    if (release()?.dragging === true) grip().cancel();
  };
  const begin = () => {
    if (hold === null) return;
    if (!grip().begin(hold.aim)) return void release();
    hold.dragging = true;
    frame.setPointerCapture(hold.pointer);
    grip().drag(hold.aim, hold.aim.spot);
  };

  const down = (event: PointerEvent) => {
    if (!event.isPrimary || event.button !== 0 || !(event.target instanceof Element)) return;
    giveUp(); // One that was let go outside of the frame.
    const aim = grip().aimAt(event.target, spotOf(event));
    if (aim === null) return;
    const timer = event.pointerType === 'touch' ? setTimeout(begin, longPressMs) : null;
    hold = { aim, pointer: event.pointerId, x: event.clientX, y: event.clientY, timer, dragging: false };
  };
  // A finger that stops a page which glides: its touch cannot be cancelled, and the browser goes on to scroll by it.
  const stopped = (event: Event) => {
    if (!event.cancelable) giveUp();
  };
  const move = (event: PointerEvent) => {
    if (hold === null || event.pointerId !== hold.pointer) return;
    if (!hold.dragging) {
      const way = Math.hypot(event.clientX - hold.x, event.clientY - hold.y);
      if (hold.timer !== null) return void (way > fingerSlackPx && release());
      if (way < slackPx) return;
      begin();
    }
    if (hold !== null) grip().drag(hold.aim, spotOf(event));
  };
  const up = (event: PointerEvent) => {
    if (hold === null || event.pointerId !== hold.pointer) return;
    const { dragging, aim } = hold;
    release();
    if (dragging) grip().drop(aim, spotOf(event));
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || hold?.dragging !== true) return;
    event.preventDefault();
    event.stopPropagation();
    giveUp();
  };
  // While a finger drags, the page must not scroll away under it.
  const keepStill = (event: Event) => {
    if (hold?.dragging === true) event.preventDefault();
  };
  // The browser's own long press may come before ours: its menu would take the finger away.
  const keepShut = (event: Event) => {
    if (hold?.dragging === true || hold?.timer != null) event.preventDefault();
  };

  const stop = new AbortController();
  const { signal } = stop;
  frame.addEventListener('pointerdown', down, { signal });
  frame.addEventListener('pointermove', move, { signal });
  frame.addEventListener('pointerup', up, { signal });
  frame.addEventListener('pointercancel', giveUp, { signal });
  frame.addEventListener('lostpointercapture', giveUp, { signal });
  frame.addEventListener('touchstart', stopped, { signal, passive: true });
  frame.addEventListener('touchmove', keepStill, { signal, passive: false });
  frame.addEventListener('contextmenu', keepShut, { signal });
  window.addEventListener('keydown', key, { signal, capture: true });
  return () => {
    giveUp();
    stop.abort();
  };
}
