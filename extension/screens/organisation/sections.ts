/** The pages of the organisation in the order of their links. */
import type { Words } from '../../locales/use-words.ts';

export type SectionId = keyof Words['organisation']['section'];

export const sectionIds = [
  'units',
  'categories',
  'themes',
  'terms',
  'secrecy',
  'deadlines',
  'calendar',
  'rules',
] as const satisfies readonly SectionId[];
