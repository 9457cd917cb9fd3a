/** Taking a comment in, with everything that belongs to it: proof, budgets, masks, waves, receipt, idempotency. */
import { openFloor } from './floor.ts';
import { figuresOf, median, race, rounded } from './load.ts';
import { writePosts } from './posts.ts';
import { stored } from './reads.ts';
import { hotPath } from './seed.ts';
import { openStand, settings } from './stand.ts';

/** In a round. */
const posted = 1000;

export async function measureWrites(): Promise<object> {
  const stand = await openStand(stored);
  const { folder, database } = stand.server;
  const floor = await openFloor(folder, database, settings, hotPath);
  const taken = await race(
    { ...stand.ours, path: '/api/v1/comments', posts: () => writePosts(stand.ours.address, folder, posted) },
    { ...floor, path: '/', posts: () => writePosts(floor.address, folder, posted, true) },
  );
  await floor.stop();
  await stand.close();
  return { ...figuresOf('commentWrite', taken), p99WriteMs: rounded(median(taken.ours.map(({ p99Ms }) => p99Ms))) };
}
