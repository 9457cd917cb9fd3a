/** The figures as the desk asks for them, over the demonstration's tickets; values from the README beside the data. */
import { describe, expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { demoTicketRows, shanghai, writeTickets } from './ticket-rows.ts';

const all = 'from=2026-07-01&to=2026-11-25';
const summer = 'from=2026-07-01&to=2026-09-30';

const rates = async (desk: Desk, query: string, as = 'org-1') => desk.get(`/api/v1/rates?${query}`, { as });
const list = async (desk: Desk, query: string, as = 'org-1') => desk.get(`/api/v1/rates/tickets?${query}`, { as });
const numbers = (reply: Awaited<ReturnType<typeof list>>): string[] =>
  reply.json.rows.map(({ number }: { readonly number: string }) => number.slice(2));

eachDatabase((_, open) => {
  // Nothing here is changed by a test.
  let shared: Promise<Desk> | undefined;
  const filled = () => {
    shared ??= open().then(openDesk).then(withTickets);
    return shared;
  };
  describe('rates at the desk', () => {
    test('are those worked out by hand, whole and by quarter, and the parts add up to the whole', async () => {
      const desk = await filled();
      const { json } = await rates(desk, all);
      expect(json.all).toMatchObject({
        tickets: 12,
        referred: 1,
        merged: 1,
        silent: 1,
        responseRate: { part: 11, of: 12 },
        onTimeRate: { part: 11, of: 12 },
        resolutionRate: { part: 7, of: 11 },
        satisfactionRate: { part: 5, of: 10 },
        followUpRate: { part: 11, of: 12 },
        reopenRate: { part: 4, of: 12 },
        closureRate: { part: 8, of: 12 },
      });
      expect((await rates(desk, summer)).json.all).toMatchObject({ tickets: 6, resolutionRate: { part: 4, of: 5 } });
      for (const lines of [json.units, json.kinds, json.causes])
        expect(lines.reduce((sum: number, line: { tickets: number }) => sum + line.tickets, 0)).toBe(12);
      expect(json.units.find(({ unit }: { unit: string }) => unit === 'lianpu')).toMatchObject({
        tickets: 3,
        resolutionRate: { part: 2, of: 3 },
        closureRate: { part: 2, of: 3 },
      });
      expect(json.since).toBe('2026-07-30');
      expect((await rates(desk, `${all}&unit=lianpu`)).json.all.tickets).toBe(3);
    });

    test('rank nothing: units stand as the organisation has them, those that it has no more behind', async () => {
      // By tickets 4, 3, 1, 1 (shibu, lianpu, spj, cgj); by name cgj, lianpu, shibu, spj.
      const ids = ['spj', 'lianpu', 'shibu', 'cgj', 'undrawn'];
      const units = ids.map((id) => ({ id, kind: 'subdistrict' as const, name: { zh: id, en: id } }));
      const desk = await withTickets(await openDesk(await open(), { units }));
      const { json } = await rates(desk, all);
      const shown: (string | null)[] = json.units.map(({ unit }: { unit: string | null }) => unit);
      expect(shown.slice(0, 4)).toEqual(['spj', 'lianpu', 'shibu', 'cgj']);
      expect(new Set(shown.slice(4).filter((unit) => unit !== null))).toEqual(new Set(['gjj', 'luting', 'yunfan']));
    });

    test('open the tickets behind them', async () => {
      const desk = await filled();
      expect(numbers(await list(desk, `${all}&figure=onTimeRate&part=rest`))).toEqual(['t-007']);
      expect(numbers(await list(desk, `${all}&figure=responseRate&part=rest`))).toEqual(['t-005']);
      expect(numbers(await list(desk, `${all}&figure=silent&part=part`))).toEqual(['t-006']);
      expect(numbers(await list(desk, `${all}&figure=referred&part=part`))).toEqual(['t-008']);
      const behind = await list(desk, `${all}&figure=resolutionRate&part=part`);
      expect(numbers(behind).sort()).toEqual(['t-001', 't-003', 't-004', 't-007', 't-009', 't-012', 't-013']);
      expect(behind.json).toMatchObject({ total: 7, hidden: 0, next: null });
    });

    test('count the cause of the last reply, by quarter of registration', async () => {
      const desk = await filled();
      const { json } = await rates(desk, `${all}&cause=groupMissed`);
      expect(numbers(await list(desk, `${all}&cause=groupMissed&figure=tickets&part=part`))).toContain('t-004');
      expect(json.quarters).toHaveLength(8);
      const [summerLine, autumn] = json.quarters.slice(-2);
      const sum = ({ from: _, ...counts }: Record<string, number>): number =>
        Object.values(counts).reduce((so, each) => so + each, 0);
      expect([summerLine.from, autumn.from]).toEqual(['2026-07-01', '2026-10-01']);
      expect([sum(summerLine), sum(autumn)]).toEqual([6, 6]);
      expect(json.all.tickets).toBe(summerLine.groupMissed + autumn.groupMissed);
    });

    test('show a handler every figure, and of the tickets those of the own unit', async () => {
      const desk = await filled();
      expect((await rates(desk, all, 'h-cgj')).json.all.tickets).toBe(12);
      const own = await list(desk, `${all}&figure=tickets&part=part`, 'h-lianpu');
      expect(numbers(own).sort()).toEqual(['t-001', 't-010', 't-013']);
      expect(own.json).toMatchObject({ total: 12, hidden: 9 });
    });

    test('go page by page, without a gap', async () => {
      const desk = await openDesk(await open());
      await writeTickets(desk.db, [...Array(9).keys()].flatMap(demoTicketRows));
      desk.set(shanghai('2026-11-25T12:00'));
      const first = await list(desk, `${all}&figure=tickets&part=part`);
      const rest = await list(desk, `${all}&figure=tickets&part=part&after=${first.json.next}`);
      expect([first.json.rows.length, rest.json.rows.length, rest.json.next]).toEqual([100, 8, null]);
      const ids = [...first.json.rows, ...rest.json.rows].map(({ number }: { number: string }) => number);
      expect(new Set(ids).size).toBe(108);
    });

    test('are refused to whom the desk does not show tickets, and for a window that is none', async () => {
      const desk = await filled();
      expect((await rates(desk, all, 'rev-1')).status).toBe(403);
      expect((await rates(desk, 'from=2026-07-02&to=2026-07-01')).json).toMatchObject({ code: 'FIELD_INVALID' });
      expect((await rates(desk, 'from=2026-02-30&to=2026-07-01')).status).toBe(400);
      expect((await rates(desk, 'from=2000-01-01&to=2026-07-01')).status).toBe(400);
    });
  });
});

async function withTickets(desk: Desk): Promise<Desk> {
  await writeTickets(desk.db, demoTicketRows());
  desk.set(shanghai('2026-11-25T12:00'));
  return desk;
}
