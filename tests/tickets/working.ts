/** A ticket that lianpu works on, and how it goes on from there. */
import type { Desk } from '../fixtures/desk.ts';

export const answered = {
  resolutionKind: 'fixed',
  rootCause: 'workGap',
  note: '喇叭22时起停用',
  public: true,
} as const;

/** What is done on tickets of a desk that is opened later. */
export function workOn(desk: () => Desk) {
  /** A ticket in `inProgress` of lianpu, with its receipt. */
  async function working(clock = 'standard') {
    const opened = await desk().ticket({ kind: 'report' }, clock);
    await desk().move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
    await desk().move(opened.ticket, 'h-lianpu', { to: 'accepted' });
    await desk().move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '已电话联系', public: true });
    return opened;
  }
  const reply = (number: string) => desk().move(number, 'h-lianpu', { to: 'replied', ...answered });
  const followUp = (receipt: { number: string; code: string }, solved: boolean, words: string | null = null) =>
    desk().post('/api/v1/receipt/follow-up', { solved, rating: solved ? 5 : 1, words }, { receipt });

  return { working, reply, followUp };
}
