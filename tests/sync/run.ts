/** Runs one history to rest and holds it against the invariants. */
import { act, sync } from './act.ts';
import type { History, Step } from './history.ts';
import type { House } from './house.ts';
import { checkRest, checkStep, clocksChangeNothing, outcomeOf } from './invariants.ts';
import { fair, inWeather } from './network.ts';
import type { Variant } from './variants.ts';
import type { Stage, World } from './world.ts';

/** What was run so far. */
export interface Count {
  runs: number;
  steps: number;
}

/** Throws `Broken` where an invariant does not hold. With a variant the world is that of the variant, and clocks are not compared. */
export async function runHistory(
  stage: Stage,
  history: History,
  count: Count,
  variant: ((house: House) => Variant) | null = null,
): Promise<void> {
  const outcome = await outcomeAfter(stage, history, history.steps, count, variant);
  if (variant !== null || !history.steps.some(({ act }) => act === 'clock')) return;
  const isRestored = history.steps.some(({ act }) => act === 'restore' || act === 'carry');
  if (history.steps.some((step) => dependsOnClocks(step) || (isRestored && isTypedInto(step)))) return;
  const right = history.steps.map((step): Step => (step.act === 'clock' ? { ...step, minutes: 0 } : step));
  clocksChangeNothing(outcome, await outcomeAfter(stage, history, right, count, null));
}

/** Two copies make the same ids only as long as their clocks agree; and a run writes more often when a clock made it sign in anew. */
function dependsOnClocks(step: Step): boolean {
  return step.act === 'copy' || ('weather' in step && step.weather.fault?.what === 'write');
}

/** A restored server knows no token from before: whether the device's still holds by its clock decides how many requests come before the one at
 *  which somebody types. */
const isTypedInto = (step: Step): boolean => 'weather' in step && step.weather.typing !== null;

async function outcomeAfter(
  stage: Stage,
  { seed, devices }: History,
  steps: readonly Step[],
  count: Count,
  variant: ((house: House) => Variant) | null,
): Promise<string> {
  const world = await stage.begin(seed, devices, variant);
  count.runs += 1;
  try {
    for (const step of steps) {
      count.steps += 1;
      await checkStep(world, await act(world, step));
    }
    await comeToRest(world);
    await checkRest(world);
    if (world.house.server.reported.length > 0) throw new AggregateError(world.house.server.reported.splice(0));
    return await outcomeOf(world);
  } finally {
    for (const device of world.devices) device.close();
  }
}

/** Fair weather until nothing waits and every device has seen every row. */
async function comeToRest(world: World): Promise<void> {
  for (let round = 0; round < 4; round += 1)
    for (const device of world.devices) {
      await inWeather(
        device,
        fair,
        () => sync(device),
        () => Promise.resolve(),
      );
      await checkStep(world, [device]);
    }
}
