/** Short invented weeks for the units of the demonstration whose diaries are not in the set: so that a list has candidates. They are sealed
 *  like any other and never drawn, so nobody reads them. One seed for each unit and week: adding a unit changes no other. */
import type { EntryBody, ReviewBody } from '../../shared/api/journal.ts';
import type { UnitKind } from '../../shared/api/organisation.ts';
import { formatClock, formatDay } from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';

interface Line {
  readonly text: string;
  readonly category: string;
  readonly mode: 'collective' | 'focused' | 'oneToOne';
}

const common: readonly Line[] = [
  { text: '班子例会，通报上周事项', category: 'meeting', mode: 'collective' },
  { text: '批阅文件，签发两件', category: 'paperwork', mode: 'focused' },
  { text: '与一名年轻干部谈话', category: 'talk', mode: 'oneToOne' },
  { text: '读政策汇编，摘要一页', category: 'learning', mode: 'focused' },
  { text: '谋划下月重点，列出三件', category: 'planning', mode: 'focused' },
  { text: '党支部组织生活', category: 'partyBuilding', mode: 'collective' },
];

const special: Readonly<Record<UnitKind, readonly Line[]>> = {
  department: [
    { text: '专题会商，核对数据口径', category: 'meeting', mode: 'collective' },
    { text: '到窗口看办件流程', category: 'fieldVisit', mode: 'collective' },
    { text: '接待来访，逐条记录', category: 'reception', mode: 'collective' },
  ],
  functionalZone: [
    { text: '走访企业，问用工和用电', category: 'enterpriseService', mode: 'collective' },
    { text: '看在建项目进度', category: 'fieldVisit', mode: 'collective' },
    { text: '项目会商，明确节点', category: 'meeting', mode: 'collective' },
  ],
  subdistrict: [
    { text: '走访社区，听居民说', category: 'publicService', mode: 'collective' },
    { text: '看背街小巷保洁', category: 'fieldVisit', mode: 'collective' },
    { text: '网格例会，过一遍未办结事项', category: 'meeting', mode: 'collective' },
  ],
  soe: [{ text: '生产调度会', category: 'meeting', mode: 'collective' }],
  institution: [{ text: '看服务现场', category: 'fieldVisit', mode: 'collective' }],
};

/** The entries and the review of one unit's week: two to three entries on each working day. */
export function fillerWeek(unit: string, kind: UnitKind, week: string): readonly (EntryBody | ReviewBody)[] {
  const random = generator(`${unit}/${week}`);
  const lines = [...common, ...special[kind]];
  const bodies: (EntryBody | ReviewBody)[] = [];
  for (const civilDay of daysOf(week).slice(0, 5)) {
    const day = formatDay(civilDay);
    let minute = 480 + 5 * Math.floor(random() * 12);
    const count = 2 + Math.floor(random() * 2);
    for (let each = 0; each < count; each += 1) {
      const line = lines[Math.floor(random() * lines.length)];
      if (line === undefined) continue;
      const length = 45 + 15 * Math.floor(random() * 6);
      bodies.push({ kind: 'entry', week, day, start: at(day, minute), end: at(day, minute + length), ...line });
      minute += length + 30 + 30 * Math.floor(random() * 4);
    }
  }
  bodies.push({ kind: 'review', week, text: '本周按计划推进，没办完的列入下周。' });
  return bodies;
}

const at = (day: string, minute: number): string => `${day}T${formatClock(minute)}`;

/** A small generator with one stream for each name (FNV-1a seed, mulberry32 steps); numbers in [0, 1). */
function generator(name: string): () => number {
  let state = 0x811c9dc5;
  for (const character of name) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
