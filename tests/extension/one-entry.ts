/** The one entry that tests of sync write, and the ground that it is withheld for. */
import type { Context } from '../../extension/device/context.ts';
import { entriesOn } from '../../extension/store/queries.ts';

export const day = '2026-11-20';
export const meeting = {
  day,
  start: `${day}T08:30`,
  end: `${day}T10:00`,
  text: '研究部署网格化管理',
  category: 'meeting',
  mode: 'collective' as const,
};
export const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };

/** The first entry of the day as its author sees it. */
export async function only(context: Context) {
  const [written] = await entriesOn(context.database, day);
  if (written === undefined) throw new Error('no entry');
  return written;
}
