/** From the zone that a calendar names to its offsets: what the file defines, an IANA name, a name of Windows, the offset in the name. */
import { type ZoneOffset, zoneOffset } from '../../time/civil.ts';
import type { Block } from './blocks.ts';
import { readProperty } from './property.ts';
import { definedOffset } from './vtimezone.ts';
import { windowsZone } from './windows-zones.ts';

/** A zone as it is reckoned with. `assumed`: it is unknown and the user's own stands for it; `byOffset`: only the offset in its name is
 *  known. `name` is what the calendar called it, null of a time that names none. */
export interface Zone {
  readonly name: string | null;
  readonly offset: ZoneOffset;
  readonly doubt: 'assumed' | 'byOffset' | null;
}

export interface Zones {
  readonly user: Zone;
  readonly utc: Zone;
  readonly named: (name: string) => Zone;
}

/** The zones of one calendar. A definition in the file counts where a time refers to it by its very name. */
export function zonesOf(blocks: readonly Block[], userOffset: ZoneOffset): Zones {
  const defined = new Map<string, Block>();
  for (const block of blocks) {
    const name = block.lines.map(readProperty).find((property) => property?.name === 'tzid')?.text;
    if (name !== undefined) defined.set(name.trim(), block);
  }
  const known = new Map<string, Zone>();
  const find = (name: string): Zone => {
    const block = defined.get(name);
    const offset = (block === undefined ? null : definedOffset(block)) ?? namedOffset(name);
    if (offset !== null) return { name, offset, doubt: null };
    const fixed = fixedOffset(name);
    return fixed === null
      ? { name, offset: userOffset, doubt: 'assumed' }
      : { name, offset: () => fixed, doubt: 'byOffset' };
  };
  return {
    user: { name: null, offset: userOffset, doubt: null },
    utc: { name: 'UTC', offset: () => 0, doubt: null },
    named: (name) => {
      const zone = known.get(name) ?? find(name);
      known.set(name, zone);
      return zone;
    },
  };
}

// Abbreviations are no names: CST is China and Chicago. A prefix as in /mozilla.org/20050126_1/Asia/Shanghai is taken away.
function namedOffset(name: string): ZoneOffset | null {
  const parts = name.split('/');
  const tails = parts.map((_, from) => parts.slice(from).join('/')).filter((tail) => tail.includes('/'));
  const whole = /^[A-Za-z]{1,5}$/.test(name) && !plainNames.test(name) ? [] : [name];
  for (const each of [...whole, ...tails]) {
    const offset = zoneOffset(each);
    if (offset !== null) return offset;
  }
  const windows = windowsZone(name);
  return windows === null ? null : zoneOffset(windows);
}

const plainNames = /^(?:UTC|GMT|Zulu|PRC|ROC|ROK|Japan|Iran|Egypt|Eire|Cuba)$/i;

/** Minutes east of UTC in a name such as `(UTC+08:00) …`, `GMT+0800`, `UTC+8`. */
function fixedOffset(name: string): number | null {
  const found = /^\(?(?:UTC|GMT)\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?(?:\)|\s*$)/i.exec(name.trim());
  if (found === null) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return minutes > 14 * 60 ? null : found[1] === '+' ? minutes : -minutes;
}
