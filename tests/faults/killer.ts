/** Kills a server at chosen moments of chosen requests, with many others under way, and counts where the kills fell. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Flight, Line } from './line.ts';

export type Aim = 'before' | 'between' | 'after';

export interface Kill {
  /** Where it fell, by the request that it was aimed at: before it was sent, between sending and answer, after the answer. */
  readonly fell: Aim;
  readonly path: string;
  /** Requests without an answer at the kill, and how many of them were wholly sent. */
  readonly underway: number;
  readonly sent: number;
  /** Of these, how many the server had done all the same. */
  readonly done: number;
  /** From the start after it until the server is ready. */
  readonly backMs: number;
}

export interface Siege {
  readonly line: Line;
  /** Kills with SIGKILL whatever is to fall. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same data; comes back when the server is ready. */
  readonly revive: () => Promise<void>;
  /** How many of the requests the database has done; asked while the server is back and nothing is sent. */
  readonly doneOf: (flights: readonly Flight[]) => Promise<number>;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** Fewest requests under way at a kill, the aimed one not counted. */
export const crowd = 8;

/** The aims of `n` kills: two thirds between sending and answer, the rest before and after by turns; shuffled. */
export function aims(n: number, random: () => number): Aim[] {
  const rest = Math.floor(n / 3);
  const turn = random() < 0.5 ? 0 : 1;
  const made = Array.from({ length: n }, (_, i): Aim => (i >= rest ? 'between' : i % 2 === turn ? 'before' : 'after'));
  return made
    .map((aim) => ({ aim, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ aim }) => aim);
}

/** One kill: lets the work run for a while, waits for a request at the moment aimed at, kills with SIGKILL, counts, starts the server again. */
export async function killOnce(aim: Aim, siege: Siege): Promise<Kill> {
  const { line, random } = siege;
  await sleep(50 + random() * 350);
  const { flight, fell, underway, dead } = await strike(aim, siege);
  const sent = underway.filter(({ state }) => state === 'sent');
  await dead;
  const began = performance.now();
  await siege.revive();
  const backMs = performance.now() - began;
  const done = await siege.doneOf(sent);
  line.mend();
  return { fell, path: flight.path, underway: underway.length, sent: sent.length, done, backMs };
}

interface Struck {
  readonly flight: Flight;
  readonly fell: Aim;
  readonly underway: readonly Flight[];
  readonly dead: Promise<void>;
}

const moments = { before: 'made', between: 'sent', after: 'answered' } as const;
const fallen = { made: 'before', sent: 'between', answered: 'after' } as const;

function strike(aim: Aim, { line, kill, random }: Siege): Promise<Struck> {
  return new Promise((resolve) => {
    let skip = Math.floor(random() * 12);
    let aimed: Flight | null = null;
    const others = (flight: Flight): number => line.underway.size - (line.underway.has(flight) ? 1 : 0);
    const now = (flight: Flight): void => {
      line.heard = () => undefined;
      const dead = kill();
      const underway = line.cut();
      resolve({ flight, fell: fallen[flight.state], underway, dead });
    };
    line.heard = (flight, moment) => {
      if (moment !== moments[aim] || aimed !== null || !isWork(flight) || others(flight) < crowd) return;
      if (skip > 0) {
        skip -= 1;
        return;
      }
      if (aim !== 'between') {
        now(flight);
        return;
      }
      aimed = flight;
      // Somewhere on the way to its answer; where that has come meanwhile, another one is waited for.
      setTimeout(
        () => {
          aimed = null;
          if (flight.state === 'sent' && line.underway.has(flight) && others(flight) >= crowd) now(flight);
        },
        random() * 1.5 * line.usualMs,
      );
    };
  });
}

/** Requests that change something. */
const isWork = ({ path }: Flight): boolean => /\/(push|seals|comments)$/.test(path);
