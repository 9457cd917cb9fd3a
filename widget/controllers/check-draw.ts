// The check of one draw: its file by verification.md 9, then the bundle of every drawn unit (section 8: the draw's page fetches them all).
import { verifyDraw } from '../../shared/proof/verify-draw.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import { getBundle, Unreachable } from '../remote/client.ts';
import { loadedBls } from '../remote/drand.ts';
import { checkDiary, rememberedIn, servedHead } from './check.ts';
import type { CheckDraw } from './check-job.ts';

export const checkDraw: CheckDraw = async (job, signal, show) => {
  const { tree, pins, stated, file, draw } = job;
  const served = await servedHead(job, file.proof.checkpoint, signal);
  if ('failure' in served) {
    show({ state: 'failed', ...served });
    return;
  }
  const { seen, note, prove } = served;
  const passed = (step: number): void => {
    if (step < 9) show({ step: step + 1 });
  };
  const options = { stated, want: draw, prove, passed, bls: loadedBls, zones: zoneOffset };
  const verdict = await verifyDraw(file, pins, { seen }, options);
  if (!verdict.ok) {
    show({ state: 'failed', failure: verdict.failure, step: verdict.step });
    return;
  }
  const witnesses = await rememberedIn(job, verdict.head, note ?? verdict.note, signal);
  show({ step: 10, pinned: verdict.pinned, acks: verdict.acks.length, notices: verdict.notices, witnesses });
  const drawn = file.published.length > 0 ? (verdict.drawn ?? []) : [];
  for (const { unit } of drawn) {
    const bundle = await bundleOf(tree, draw, unit, signal);
    if (bundle === null) {
      show({ state: 'failed', failure: 'DRAWN_NOT_PUBLISHED' });
      return;
    }
    const diary = await checkDiary({ ...job, bundle, want: { draw, unit } }, signal, () => {});
    if (diary.state === 'failed') {
      show({ state: 'failed', failure: diary.failure });
      return;
    }
  }
  show({ state: 'passed', step: 11 });
};

/** Null where the server says that there is none; a network that is gone is no finding. */
async function bundleOf(tree: string, draw: string, unit: string, signal: AbortSignal) {
  try {
    return (await getBundle(tree, draw, unit, signal)).value;
  } catch (error) {
    if (error instanceof Unreachable && error.trouble === 'notThere') return null;
    throw error;
  }
}
