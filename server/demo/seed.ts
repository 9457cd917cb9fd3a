/** The demonstration from an empty database: the real flow, request by request, under a clock that runs from July to November 2026. */
import { formatDay } from '../../shared/time/civil.ts';
import { type Week, weekStart } from '../../shared/time/week.ts';
import { createApp } from '../app.ts';
import type { Context } from '../context.ts';
import { runJobs } from '../jobs.ts';
import { type Cast, enrol, enrolCast } from './cast.ts';
import { type DemoSet, readDemoSet } from './demo-set.ts';
import { feedbackSteps } from './feedback.ts';
import { sealWeek } from './robots.ts';
import { type Place, showingSteps } from './showings.ts';
import { at, type Step } from './step.ts';
import type { World } from './world.ts';

/** A clock that the seed sets; the context's `now` reads it. Milliseconds since 1970. */
export interface Clock {
  ms: number;
}

/** When the demonstration begins. */
export const demoBegins = at('2026-07-01T09:00');

/** Fills an empty database. `ended`: the last weeks that are over when it is made; leaders seal each on its Sunday like every other, so that
 *  nobody is late because the set ends before. `clock` is the one that `context.now` reads; `firstLink` the invitation that begins the log; `progress` hears
 *  how many steps of how many are done. */
export async function seedDemo(
  context: Context,
  clock: Clock,
  firstLink: string,
  progress: (done: number, of: number) => void,
  ended: readonly Week[] = [],
): Promise<Cast> {
  // What readers of the demonstration wrote needs no proof; what is written while it runs does.
  const app = createApp({ ...context, config: { ...context.config, proofOfWork: { hashes: 0 } } });
  const world: World = {
    send: async (request) => app.fetch(request),
    issuer: context.config.issuer,
    now: context.now,
    random: context.random,
  };
  const set = readDemoSet();
  const cast = await enrolCast(world, set, firstLink, () => {
    clock.ms += 60_000;
  });
  const places = new Map<string, Place>();
  const jobs = async () => void (await runJobs(context));
  const steps: Step[] = [
    ...ended.map((week) => sealStep(set, cast, week)),
    ...showingSteps(set, cast, places),
    ...feedbackSteps(set, { world, cast, places, jobs }),
    { at: at('2026-10-14T08:30'), act: () => changeHead(world, cast) },
  ].sort((a, b) => a.at - b.at);
  for (const [n, step] of steps.entries()) {
    clock.ms = Math.max(clock.ms + 1, step.at);
    await step.act();
    progress(n + 1, steps.length);
  }
  return cast;
}

function sealStep({ organisation: { units } }: DemoSet, cast: Cast, week: Week): Step {
  const leaders = () =>
    units.flatMap(({ id: unit, kind }) => {
      const device = cast.leaders.get(unit);
      return device === undefined ? [] : [{ unit, kind, device }];
    });
  return { at: at(`${formatDay(weekStart(week) + 6)}T20:30`), act: () => sealWeek(leaders(), week) };
}

/** 莲浦街道 gets a new head on 14 October: a new device and key for the same unit, the old ones end. */
async function changeHead(world: World, cast: Cast): Promise<void> {
  const former = cast.leaders.get('lianpu');
  if (former === undefined) throw new TypeError('lianpu has no leader');
  const person = { name: '莲浦街道党工委书记', role: 'leader', unit: 'lianpu' } as const;
  cast.leaders.set('lianpu', await enrol(world, cast.organiser, person, former.signer('leader').kid));
}
