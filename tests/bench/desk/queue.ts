/** How soon the moderation page can be worked on with 50,000 waiting, against 50, in real Chromium; and how many keys 200 decisions take. */

import { decideAll, mixedQueue } from '../../moderation/mixed-queue.ts';
import type { ModeratorDesk } from '../../moderation/moderator-desk.ts';
import { draw, openModeratorDesk } from '../../moderation/moderator-desk.ts';
import { median, rounded } from '../extension/store.ts';

const times = 15;
const decided = 200;
const seed = 20_260_923;

/** `queue50kVsEmpty`: median of the one over median of the other, opened in turns; milliseconds from the navigation until the first item, its
 *  surroundings and the list were painted. */
export async function measureQueue(): Promise<object> {
  const full = await openModeratorDesk();
  const few = await openModeratorDesk();
  try {
    await fill(full, 50_000);
    await fill(few, 50);
    for (const desk of [full, few]) await desk.profile.context.addInitScript(watchQueue);
    const [fullMs, fewMs]: [number[], number[]] = [[], []];
    for (let n = 0; n <= times; n += 1)
      for (const [desk, spent] of [
        [full, fullMs],
        [few, fewMs],
      ] as const) {
        const ms = await ready(desk);
        if (n > 0) spent.push(ms);
      }
    return {
      queue50kVsEmpty: rounded(median(fullMs) / median(fewMs)),
      queueReady50kMs: rounded(median(fullMs)),
      queueReady50Ms: rounded(median(fewMs)),
    };
  } finally {
    await full.close();
    await few.close();
  }
}

/** `keysPerDecision`: every key that a moderator presses over a mixed queue, by the number of comments that it decides. */
export async function measureKeys(): Promise<object> {
  const desk = await openModeratorDesk();
  try {
    const mixed = mixedQueue(decided, seed);
    for (const { comment } of mixed) await desk.write(comment);
    const keys = await decideAll(await desk.openQueue(), mixed);
    return { keysPerDecision: rounded(keys / decided), keysPressed: keys };
  } finally {
    await desk.close();
  }
}

/** Puts comments straight into the table, a minute apart, each a wave of its own. */
async function fill({ context }: ModeratorDesk, count: number): Promise<void> {
  const now = Math.floor(context.now() / 1000);
  const batch = 500;
  for (let from = 0; from < count; from += batch) {
    const rows = Array.from({ length: Math.min(batch, count - from) }, (_, n) => {
      const nth = from + n;
      const id = `waiting-${String(nth).padStart(6, '0')}`;
      return {
        id,
        number: `1${String(nth).padStart(8, '0')}`,
        code_hash: '',
        draw,
        unit: 'lianpu',
        item: 1 + (nth % 2),
        parent: null,
        place: null,
        unproven: 0,
        kind: 'suggestion' as const,
        state: 'waiting' as const,
        version: 1,
        nickname: `读者${nth}`,
        text: `第${nth}条：建议夜里十二点以后电价减半，大家错峰充电，棚子也不会挤`,
        original: null,
        at: now,
        queued_at: now,
        decide_by: now + 60 * nth,
        wave: id,
        sender: `n.读者${nth}`,
      };
    });
    await context.database.db.insertInto('comment').values(rows).execute();
  }
}

async function ready(desk: ModeratorDesk): Promise<number> {
  const page = await desk.openQueue();
  const ms = await page.evaluate(() => window.sundialQueueReady);
  await page.close();
  return ms;
}

declare global {
  interface Window {
    /** Milliseconds from the navigation until the queue, its first item and what stands around it were painted. */
    sundialQueueReady: Promise<number>;
  }
}

/** Runs in the page before its own scripts. */
function watchQueue(): void {
  window.sundialQueueReady = new Promise((resolve) => {
    const look = () => {
      const isThere = ['.queue li', '.item textarea', '.context section + section'].every(
        (selector) => document.querySelector(selector) !== null,
      );
      if (!isThere) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { subtree: true, childList: true });
  });
}
