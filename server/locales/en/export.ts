/** Words of `sundial export`, in English. */
import type { ExportWords } from '../zh/export.ts';

export const exportWords: ExportWords = {
  usage: `Usage: sundial export DIR [--json]
       sundial export --archive YEAR DIR [--json]

Writes the public files into a folder that any web server can serve. Only what changed is written; what was taken down is removed.
  --archive  writes one year: diaries, draws, images, the log, public keys and the SHA-256 of every file, to be checked
             without this system. The year is that of the week that was drawn. The folder must be new or empty.
  --json     prints JSON
Exit codes: 0 written, 2 wrong usage or configuration, or nothing can be written`,
  done: (files, written, removed, folder) => `${folder}: ${files} files, ${written} written, ${removed} removed.`,
  archived: (year, files, bytes, folder) => `${folder}: archive of ${year}, ${files} files, ${bytes} bytes.`,
  archivedWhat: (diaries, draws, leaves) => `Diaries: ${diaries}, draws: ${draws}, log leaves: ${leaves}.`,
  notOver: (year) =>
    `${year} is not over, and what comes is not in it. Write it again once the last week of the year has been drawn and published, and hand that one over.`,
  deed: 'Put these three lines into the transfer record; they prove the archive later:',
  archiveProblem: {
    NOT_EMPTY: (folder) => `${folder} is not empty. Choose another folder.`,
    YEAR_EMPTY: (_, year) => `${year} has no draw, so there is nothing to archive.`,
    BUSY: () => 'The log kept changing while the archive was written, so none was made. Try again in a while.',
  },
  behind:
    'The log is shorter here than the world has seen it, so nothing was exported: a longer copy of the tree is needed to carry it on. Find one, stop the server, and run sundial restore --seen COPY.',
  foreign: (folder, example) =>
    `${folder} has files of something else (${example}) in the place of the public tree. They would be deleted as taken down, so nothing was written. Name a folder that is new or empty.`,
  running: (folder) =>
    `Another sundial export is writing ${folder}. This one has written nothing; wait until that one is done.`,
  writing: (files) => `${files} files done`,
};
