/** The real records and the mappings that ship, for tests of old diaries. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Known } from '../../server/import/diaries.ts';
import { Mapping } from '../../server/import/mapping.ts';
import { parseDay, zoneOffset } from '../../shared/time/civil.ts';

export const record = (name: string) => readFileSync(new URL(`../fixtures/old-diaries/${name}`, import.meta.url));
export const mappingAt = (name: string) => new URL(`../../docs/import/${name}.json`, import.meta.url);
export const mappingOf = (name: string) => v.parse(Mapping, JSON.parse(readFileSync(mappingAt(name), 'utf8')));

export const unitsIn = ({ unit }: Mapping) => Object.values(unit.map ?? { all: unit.constant ?? '' });

/** What the organisation of a mapping has, on 2026-11-20. */
export function knownBy(mapping: Mapping, units: readonly string[] = unitsIn(mapping)): Known {
  const zone = mapping.zone ?? 'Asia/Shanghai';
  const modes = new Map(['meeting', 'fieldVisit', 'ceremony'].map((id) => [id, 'collective'] as const));
  const today = parseDay('2026-11-20') ?? 0;
  return { units: new Set(units), modes, zone, offset: zoneOffset(zone) ?? (() => 0), today };
}
