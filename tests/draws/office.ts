/** A real server on a free port under a clock that the test moves, 24 units whose devices act by program, and an invitation for an organiser
 *  who acts by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, start } from '../../server/commands/serve.ts';
import { configFrom } from '../../server/config.ts';
import { enrol } from '../../server/demo/cast.ts';
import { Device } from '../../server/demo/device.ts';
import { reviewAll } from '../../server/demo/robots.ts';
import type { World } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { openContext } from '../../server/open-context.ts';
import { getInvitations, postInvitation } from '../../shared/api/accounts.ts';
import { getDraws } from '../../shared/api/draws.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { weekStart } from '../../shared/time/week.ts';
import { freePort } from '../fixtures/served.ts';

const names: Readonly<Record<'department' | 'functionalZone' | 'subdistrict', readonly string[]>> = {
  department: [
    '党政办公室',
    '组织部',
    '经济发展局',
    '科技创新局',
    '规划建设局',
    '环境水务局',
    '城市管理局',
    '应急管理局',
    '民生事业局',
    '行政审批局',
  ],
  functionalZone: ['芦汀智造区', '云帆商务区', '栖川科教区', '鹿鸣湾文旅区'],
  subdistrict: [
    '石埠街道',
    '莲浦街道',
    '双桥街道',
    '枫渚街道',
    '南汀街道',
    '禾墩街道',
    '白荡街道',
    '云渡街道',
    '桃浔街道',
    '鹤洲街道',
  ],
};

/** Ten departments, four zones and ten subdistricts, `u01` to `u24`, as in the pictures of the desk. */
export const unitsOf24 = (['department', 'functionalZone', 'subdistrict'] as const)
  .flatMap((kind) => names[kind].map((zh) => ({ kind, zh })))
  .map(({ kind, zh }, n) => ({ id: `u${String(n + 1).padStart(2, '0')}`, kind, name: { zh, en: `Unit ${n + 1}` } }));

export type Office = Awaited<ReturnType<typeof openOffice>>;

/** Opens it at a moment (Unix seconds), from which the clock goes on; `more`: further settings; `units`: those whose devices act. */
export async function openOffice(from: number, more: Partial<SettingsInput> = {}, units = unitsOf24) {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-office-'));
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const config = configFrom(
    {
      name: { zh: '试验区', en: 'Test Area' },
      origin: 'office.example/log1',
      units,
      terms: units.map(({ id, name }) => ({
        id: `${id}-1`,
        unit: id,
        post: `${name.zh}一把手`,
        from: '2026-01-01',
      })),
      ...more,
    },
    { SUNDIAL_DATA: folder, SUNDIAL_ISSUER: issuer, PORT: String(port) },
  );
  let shiftMs = from * 1000 - Date.now();
  const context = await openContext(config, { now: () => Date.now() + shiftMs });
  const running: Running = await start(context);
  const world: World = { send: (request) => fetch(request), issuer, now: context.now, random: context.random };
  const first = await Device.claim(world, (await firstInvitation(context)).link);
  const reviewer = await enrol(world, first, { name: '保密审查', role: 'reviewer', unit: null });
  const leaders = new Map<string, Device>();
  for (const { id, name } of units)
    leaders.set(id, await enrol(world, first, { name: name.zh, role: 'leader', unit: id }));

  return {
    folder,
    issuer,
    /** The first organiser, who acts by program. */
    first,
    context,
    leaders,
    /** Moves the clock of the server and of all devices to a moment. */
    at: (seconds: number) => {
      shiftMs = seconds * 1000 - Date.now();
    },
    /** Link of an invitation for a second organiser, or a second reviewer. */
    invite: async (role: 'organiser' | 'reviewer' = 'organiser'): Promise<string> => {
      const body = { name: role === 'organiser' ? '王组织' : '吴审查', grants: [{ role, unit: null }] };
      return (await first.call(postInvitation, { body })).link;
    },
    /** Activates whoever has claimed. */
    activate: async (): Promise<void> => {
      for (const row of (await first.call(getInvitations)).rows) if (row.state === 'claimed') await first.activate(row);
    },
    /** These units write a line in a week and seal it. */
    seal: async (week: string, units: readonly string[]): Promise<void> => {
      const day = formatDay(weekStart(week));
      for (const unit of units) {
        const device = leaders.get(unit);
        await device?.put({ kind: 'title', week, text: `${unit} ${week}` });
        const span = { week, day, start: `${day}T08:30`, end: `${day}T10:00` };
        await device?.put({ kind: 'entry', ...span, category: 'meeting', mode: 'collective', text: `${unit}例会` });
        await device?.seal(week);
      }
    },
    /** Devices of these units come online once: they give nonces and acknowledge what they have checked. */
    online: async (units: Iterable<string>): Promise<void> => {
      for (const unit of units) await leaders.get(unit)?.witness();
    },
    /** The reviewer passes every diary that waits. */
    review: () => reviewAll(reviewer),
    rows: async () => (await first.call(getDraws)).rows,
    /** A JSON file of the public tree, as anybody gets it. */
    file: async (path: string): Promise<unknown> => {
      const answer = await fetch(`${issuer}/public/${path}`, { cache: 'no-store' });
      return answer.ok ? answer.json() : null;
    },
    close: async (): Promise<void> => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
