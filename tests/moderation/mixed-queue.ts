/** A mixed queue, the same for a seed, and a moderator who decides it by keyboard alone and counts the keys. */
import type { Page } from 'playwright-core';
import type { CommentState } from '../../shared/feedback/comment.ts';
import { randomOf } from '../fixtures/random.ts';
import type { Written } from './moderator-desk.ts';

/** What the moderator makes of a text, and by which keys. */
const habits = {
  plain: { keys: ['p'], state: 'published' },
  ticket: { keys: ['t'], state: 'published' },
  home: { keys: ['m', 'p'], state: 'published' },
  abuse: { keys: ['r', '1'], state: 'rejected' },
  accusation: { keys: ['r', '3'], state: 'rejected' },
  advertising: { keys: ['r', '2'], state: 'rejected' },
} as const satisfies Record<string, { keys: readonly string[]; state: CommentState }>;
type Habit = keyof typeof habits;

export interface Mixed {
  readonly comment: Written;
  readonly habit: Habit;
}

/** How a comment ends that is decided by its habit. */
export const endOf = ({ habit }: Mixed): CommentState => habits[habit].state;

const places = ['莲浦路东头的路灯', '棉纺新村的充电棚', '夜市三号摊的喇叭', '中学门口的斑马线', '河边步道的护栏'];
const beginnings = [
  '各位好，我住在附近',
  '下了夜班路过看见',
  '替隔壁阿婆问一声',
  '刚搬来三个月',
  '外卖跑这一片的',
  '昨天带客人走了一趟',
  '小区群里都在说',
];
const happenings = [
  '从上个星期起就坏着',
  '到了半夜也没人来管',
  '下雨天根本走不过去',
  '孩子上学要绕很远',
  '老人摔过两次了',
  '打过电话没有下文',
];
const wishes = [
  '请先派人看一眼',
  '能不能给个准日子',
  '希望写进下周安排',
  '不如换个新的算了',
  '最好贴个告示说明',
  '我可以带路去看',
  '有结果了回个话',
];

/** `count` comments in an order of the seed: of twenty eleven are plain, three want a ticket, one names a home, two are rejected, three are copies
 *  of one text. */
export function mixedQueue(count: number, seed: number): readonly Mixed[] {
  const random = randomOf(seed);
  const turns = Array.from({ length: count }, (_, n) => n % 20)
    .map((turn) => [random(), turn] as const)
    .sort(([a], [b]) => a - b);
  return turns.map(([, turn], n): Mixed => {
    // Up to 210 each combination once: two comments share two of four parts at most, which makes no copies.
    const part = (some: readonly string[], by: number) => some[Math.floor(n / by) % some.length] ?? '';
    const about = `${part(beginnings, 1)}，${part(places, 1)}${part(happenings, 5)}，${part(wishes, 30)}`;
    const said = (habit: Habit, kind: Written['kind'], text: string): Mixed => ({
      habit,
      comment: { kind, text, nickname: `读者${n + 1}`, item: n % 3 === 0 ? null : 1 + (n % 2) },
    });
    if (turn < 9) return said('plain', turn % 2 === 0 ? 'sympathy' : 'question', about);
    if (turn < 11) return said('plain', 'suggestion', `${about}，电话138${10_000_000 + n}`);
    if (turn < 14) return said('ticket', 'report', about);
    if (turn < 15) return said('home', 'complaint', `${about}，就在${n + 1}幢102`);
    if (turn < 16) return said('abuse', 'complaint', `${about}，都是混账`);
    if (turn < 17) return said('accusation', 'complaint', `${about}，肯定有人拿了钱`);
    return said('advertising', 'sympathy', '代办营业执照，加微信马上办好，不成功不收费，全区都能办');
  });
}

/** Decides everything that waits, looking at nothing but the page; gives how many keys that took. */
export async function decideAll(page: Page, mixed: readonly Mixed[]): Promise<number> {
  const known = new Map(mixed.map(({ comment, habit }) => [comment.text, habit]));
  const text = page.locator('textarea[data-selectable]');
  let keys = 0;
  let left = mixed.length;
  await text.waitFor();
  while (left > 0) {
    const said = await text.inputValue();
    const habit = known.get(said);
    if (habit === undefined) throw new Error(`nobody wrote ${said}`);
    const together = page.locator('.item [aria-pressed]');
    const copies = (await together.count()) === 0 ? 1 : Number.parseInt((await together.textContent()) ?? '', 10);
    if (copies > 1)
      await page
        .locator('.context li')
        .nth(copies - 2)
        .waitFor();
    for (const key of copies > 1 ? ['a', ...habits[habit].keys] : habits[habit].keys) {
      await page.keyboard.press(key);
      keys += 1;
    }
    left -= copies;
    if (left > 0) await changed(page, said);
  }
  await page.locator('.empty').waitFor();
  await page.locator('.sending').waitFor({ state: 'detached' });
  return keys;
}

/** Comes back once another text stands there. */
const changed = (page: Page, said: string): Promise<unknown> =>
  page.waitForFunction((before) => {
    const area = document.querySelector('textarea[data-selectable]');
    return area instanceof HTMLTextAreaElement && area.value !== before;
  }, said);
