// Categories of work and the modes they count as (design.md 4, marks of look.md 3).

/** How an entry was spent. Only `collective` and `focused` enter the ratio. */
export type Mode = 'collective' | 'focused' | 'oneToOne' | 'emergency' | 'neutral';

/** The modes in the order in which they are drawn. */
export const modes: readonly Mode[] = ['collective', 'focused', 'oneToOne', 'emergency', 'neutral'];

/** A category. `mode: null` means that it is taken from how the entry was done. `markZh` is one character, `markEn` one
 *  letter or sign, for the small seal beside the word. An organisation may rename categories and add its own. */
export type Category = {
  readonly id: string;
  readonly mode: Mode | null;
  readonly zh: string;
  readonly en: string;
  readonly markZh: string;
  readonly markEn: string;
};

/** The categories an organisation starts with. */
export const categories: readonly Category[] = [
  { id: 'meeting', mode: 'collective', zh: '会议', en: 'Meeting', markZh: '会', markEn: 'M' },
  { id: 'fieldVisit', mode: 'collective', zh: '调研走访', en: 'Field visit', markZh: '访', markEn: 'V' },
  { id: 'reception', mode: 'collective', zh: '接待会见', en: 'Reception', markZh: '待', markEn: 'R' },
  { id: 'ceremony', mode: 'collective', zh: '活动仪式', en: 'Ceremony', markZh: '仪', markEn: 'C' },
  { id: 'partyBuilding', mode: 'collective', zh: '党建', en: 'Party building', markZh: '党', markEn: 'P' },
  { id: 'paperwork', mode: 'focused', zh: '批阅签批', en: 'Paperwork', markZh: '批', markEn: 'W' },
  { id: 'planning', mode: 'focused', zh: '思考谋划', en: 'Planning', markZh: '谋', markEn: 'T' },
  { id: 'enterpriseService', mode: null, zh: '服务企业', en: 'Enterprise service', markZh: '企', markEn: 'E' },
  { id: 'publicService', mode: null, zh: '服务群众', en: 'Public service', markZh: '民', markEn: 'S' },
  { id: 'learning', mode: null, zh: '学习', en: 'Learning', markZh: '学', markEn: 'L' },
  { id: 'talk', mode: 'oneToOne', zh: '谈心谈话', en: 'One-to-one talk', markZh: '谈', markEn: '1' },
  { id: 'emergency', mode: 'emergency', zh: '应急值守', en: 'Emergency duty', markZh: '急', markEn: '!' },
  { id: 'travel', mode: 'neutral', zh: '在途', en: 'Travel', markZh: '途', markEn: '→' },
  { id: 'leave', mode: 'neutral', zh: '休假', en: 'Leave', markZh: '休', markEn: '–' },
];

/** The category with this id, or `null` when the table has none: a reader then shows the id as it is, mark 其 ·. */
export function categoryOf(id: string, table: readonly Category[] = categories): Category | null {
  return table.find((category) => category.id === id) ?? null;
}

/** Marks of a category that the table does not have. */
export const unknownMark = { markZh: '其', markEn: '·' } as const;

/** Is this word a mode? A sealed diary of a later version may carry another; it stands outside the ratio. */
export function isMode(word: string): word is Mode {
  return modes.some((mode) => mode === word);
}

/** The mode of an entry: its own where it has one, else that of its category, else `null` (not known). */
export function modeOf(
  entry: { readonly category?: string | null | undefined; readonly mode?: string | null | undefined },
  table: readonly Category[] = categories,
): Mode | null {
  if (typeof entry.mode === 'string') return isMode(entry.mode) ? entry.mode : null;
  return typeof entry.category === 'string' ? (categoryOf(entry.category, table)?.mode ?? null) : null;
}
