// A part of the widget (remote/part.ts): works on a challenge, in a worker where one can be made, else in slices between which the page
// lives. The same file is the worker's script.
import type { Challenge, Solution } from '../shared/api/challenges.ts';
import { type Solve, solved } from './remote/solve.ts';

/** Longest slice on the page. */
const sliceMs = 12;

const solve: Solve = async (challenge, makeWorker, mostMs) => {
  const worker = makeWorker();
  return (worker && (await inWorker(worker, challenge, mostMs))) ?? inSlices(challenge, mostMs);
};

/** Null where the page lets no worker begin, or it did not end in time. */
function inWorker(worker: Worker, challenge: Challenge, mostMs: number): Promise<Solution | null> {
  return new Promise((resolve) => {
    const end = (solution: Solution | null): void => {
      clearTimeout(late);
      worker.terminate();
      resolve(solution);
    };
    const late = setTimeout(() => end(null), mostMs);
    worker.onerror = () => end(null);
    worker.onmessage = ({ data }: MessageEvent<Solution | null>) => end(data);
    worker.postMessage(challenge);
  });
}

function inSlices(challenge: Challenge, mostMs: number): Promise<Solution | null> {
  const end = performance.now() + mostMs;
  let rested = performance.now();
  const rest = (): Promise<void> | null => {
    if (performance.now() - rested < sliceMs) return null;
    return new Promise((resolve) =>
      setTimeout(() => {
        rested = performance.now();
        resolve();
      }),
    );
  };
  return solved(challenge, rest, () => performance.now() > end);
}

if (typeof document === 'undefined')
  addEventListener('message', async ({ data }: MessageEvent<Challenge>) => postMessage(await solved(data)));
else if (document.currentScript) Object.assign(document.currentScript, { sundial: solve });
