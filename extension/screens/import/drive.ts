/** Runs a reading in slices, so that the page stays alive and can stop it. */
import type { Progress } from '../../../shared/diary/calendar/reading.ts';

const sliceMs = 24;

/** The value of the reading; null where it was stopped. */
export async function drive<Value>(
  reading: Generator<Progress, Value>,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Value | null> {
  let until = performance.now() + sliceMs;
  while (!signal.aborted) {
    const step = reading.next();
    if (step.done === true) return step.value;
    if (performance.now() < until) continue;
    onProgress(step.value);
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + sliceMs;
  }
  return null;
}
