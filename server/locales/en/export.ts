/** Words of `sundial export`, in English. */
import type { ExportWords } from '../zh/export.ts';

export const exportWords: ExportWords = {
  usage: `Usage: sundial export DIR [--json]

Writes the public files into a folder that any web server can serve. Only what changed is written; what was taken down is removed.`,
  done: (files, written, removed, folder) => `${folder}: ${files} files, ${written} written, ${removed} removed.`,
  writing: (files) => `${files} files done`,
};
