/** The demonstration's fourteen tickets as their file has them, and the rates that its README worked out by hand. */
import { describe, expect, it } from 'vitest';
import { readDemoSet } from '../../server/demo/demo-set.ts';
import { type CountedTicket, percentOf, ratesOf } from '../../shared/feedback/rates.ts';
import { demoDue } from './demo-due.ts';

/** Seconds of a minute in Shanghai; a due day ends with its working hours. */
const at = (text: string): number => Date.parse(`${text.length === 10 ? `${text}T17:30` : text}:00+08:00`) / 1000;

const { tickets } = readDemoSet();
const asOf = at('2026-11-25T12:00');

function counted(ids: readonly string[]): CountedTicket[] {
  return tickets
    .filter(({ id }) => ids.includes(id))
    .map(({ id, events, followUps }) => {
      const first = (is: (event: (typeof events)[number]) => boolean) => events.find(is)?.at;
      const contacted = first(({ firstContact }) => firstContact === true);
      const replied = first(({ to }) => to === 'replied');
      const answered = followUps.findLast(({ answeredAt }) => typeof answeredAt === 'string');
      const { contact, due } = demoDue(id);
      return {
        state: events.at(-1)?.to ?? 'registered',
        contactDue: at(contact),
        contactedAt: contacted === undefined ? null : at(contacted),
        due: at(due),
        repliedAt: replied === undefined ? null : at(replied),
        reopened: events.filter(({ to }) => to === 'reopened').length,
        isAsked: followUps.length > 0,
        answer: answered === undefined ? null : { solved: answered.solved === true, rating: answered.rating ?? null },
        followedUp: events.findLast(({ followedUp }) => followedUp !== undefined)?.followedUp ?? null,
      };
    });
}

const all = tickets.map(({ id }) => id);
const summer = ['t-003', 't-004', 't-005', 't-006', 't-012', 't-013'];
const lianpu = ['t-001', 't-010', 't-013'];

describe('the closed-loop rates of the demonstration', () => {
  it.each([
    // Column "all (12)" and "registered Jul–Sep" of the README beside the data.
    ['responseRate', [11, 12, 91.7], [5, 6, 83.3]],
    ['onTimeRate', [11, 12, 91.7], [6, 6, 100]],
    ['resolutionRate', [7, 11, 63.6], [4, 5, 80]],
    ['satisfactionRate', [5, 10, 50], [3, 5, 60]],
    ['followUpRate', [11, 12, 91.7], [5, 6, 83.3]],
    ['reopenRate', [4, 12, 33.3], [2, 6, 33.3]],
    ['closureRate', [8, 12, 66.7], [5, 6, 83.3]],
  ] as const)('%s is as it was worked out by hand', (rate, ofAll, ofSummer) => {
    const shown = (ids: readonly string[]) => {
      const share = ratesOf(counted(ids), asOf)[rate];
      return [share.part, share.of, percentOf(share)];
    };
    expect(shown(all)).toEqual(ofAll);
    expect(shown(summer)).toEqual(ofSummer);
  });

  it('leaves referred and merged tickets out and counts them beside, and what the clock closed', () => {
    expect(ratesOf(counted(all), asOf)).toMatchObject({ tickets: 12, referred: 1, merged: 1, silent: 1 });
  });

  it('gives counts and no percentage below five cases', () => {
    const rates = ratesOf(counted(lianpu), asOf);
    const share = (part: number) => ({ part, of: 3 });
    expect(rates).toMatchObject({
      responseRate: share(3),
      onTimeRate: share(3),
      resolutionRate: share(2),
      satisfactionRate: share(2),
      reopenRate: share(1),
      closureRate: share(2),
    });
    for (const name of ['responseRate', 'onTimeRate', 'resolutionRate', 'closureRate'] as const)
      expect(percentOf(rates[name])).toBeNull();
  });

  it('rounds as one does by hand, halves up: 201 of 400 are 50.25 %', () => {
    for (let of = 5; of <= 2000; of += 5)
      for (let part = 0; part <= of; part += 1) {
        // In tenths of a percent by whole numbers alone.
        const tenths = Math.floor((part * 2000 + of) / (2 * of));
        if (percentOf({ part, of }) !== tenths / 10)
          expect([part, of, percentOf({ part, of })]).toEqual([part, of, tenths / 10]);
      }
    expect(percentOf({ part: 201, of: 400 })).toBe(50.3);
  });

  it('gives a percentage of five cases and none of four', () => {
    expect([percentOf({ part: 4, of: 5 }), percentOf({ part: 4, of: 4 }), percentOf({ part: 0, of: 0 })]).toEqual([
      80,
      null,
      null,
    ]);
  });

  it('counts a ticket as due once its date has passed, or it was answered before', () => {
    const [open] = counted(['t-001']).map((ticket) => ({
      ...ticket,
      contactedAt: null,
      repliedAt: null,
      state: 'assigned' as const,
    }));
    const rates = (text: string) => ratesOf(open === undefined ? [] : [open], at(text));
    expect(rates('2026-10-09T17:30')).toMatchObject({ responseRate: { part: 0, of: 0 }, onTimeRate: { of: 0 } });
    expect(rates('2026-10-09T17:31')).toMatchObject({ responseRate: { part: 0, of: 1 }, onTimeRate: { of: 0 } });
    expect(rates('2026-10-22T09:00')).toMatchObject({
      onTimeRate: { part: 0, of: 1 },
      closureRate: { part: 0, of: 1 },
    });
  });
});
