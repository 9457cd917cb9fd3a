/** Until when a confirmation of the person counts; gone when the browser closes. */
import { browser } from 'wxt/browser';

const name = 'personSeenUntil';
const countsForMs = 5 * 60_000;

/** Whether the person was confirmed a short while ago. */
export async function isPersonSeen(nowMs: number): Promise<boolean> {
  const { [name]: until } = await browser.storage.session.get(name);
  return typeof until === 'number' && nowMs < until && until <= nowMs + countsForMs;
}

/** Notes that the person was confirmed now. */
export async function notePersonSeen(nowMs: number): Promise<void> {
  await browser.storage.session.set({ [name]: nowMs + countsForMs });
}
