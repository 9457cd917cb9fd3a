/** Words of `sundial verify`, in English. */
import { words as shared } from '../../../shared/locales/en.ts';
import { many } from '../../../shared/locales/plain-en.ts';
import type { VerifyWords } from '../zh/verify.ts';

export const verify: VerifyWords = {
  usage: `Usage: sundial verify SOURCE --vkey KEY --organiser KID [--seen FILE] [--json]
       sundial verify --vectors FILE

SOURCE is an address (https://…/public/) or a folder (as written by sundial export, or a year's archive).
  --vkey       public key of the log; two may stand there, separated by a blank
  --organiser  kid of the organiser's first key; two may stand there
  --seen       keeps the last head, to check next time that the log only grew
  --json       prints JSON
  --vectors    checks this program against test data

Exit code: 0 all good; 1 something failed; 2 wrong usage or unreadable; 3 good, but keys not pinned.`,
  archive: ({ year, files, bytes }) =>
    `Archive of ${year ?? 'an unknown year'}: ${many(files, 'file', 'files')}, ${many(bytes, 'byte', 'bytes')}.`,
  imported: (diaries) =>
    `${many(diaries, 'diary was', 'diaries were')} imported from older records and not sealed: nothing of them can be checked.`,
  checked: (diaries, draws, leaves) =>
    `Checked ${many(diaries, 'diary', 'diaries')}, ${many(draws, 'draw', 'draws')}, ${many(leaves, 'log leaf', 'log leaves')}.`,
  images: (images) => `Compared ${many(images, 'image', 'images')}.`,
  passed: 'All good.',
  failed: (count) => `${many(count, 'check', 'checks')} failed:`,
  failure: {
    ...shared.failure,
    LOG_INCOMPLETE: 'The log is not complete',
    LIST_OMITS_SEAL: 'The list omits a sealed unit or uses an old seal',
    LIST_DUPLICATED: 'Two lists for one draw',
    DRAW_DUPLICATED: 'Two results for one draw',
    DRAW_ABANDONED: 'A list was left without a result',
    REST_WRONG: 'The list of resting units is wrong',
    NONCE_OMITTED: 'A revealed nonce was not used',
    KEY_HISTORY_CONFLICT: 'A key was replaced without saying so',
    TREE_INCOMPLETE: 'A public file is missing or has a wrong shape',
    IMAGE_ALTERED: 'The image differs from what was signed',
    IMAGE_MISSING: 'The image could not be fetched',
    ARCHIVE_MALFORMED: 'A list or statement of the archive breaks the format',
    ARCHIVE_ALTERED: 'The file differs from the list of the archive',
    ARCHIVE_INCOMPLETE: 'The file is on the list of the archive and not there',
    ARCHIVE_SURPLUS: 'The file is not on the list of the archive',
  },
  notice: shared.notice,
  notPinned:
    'Keys not pinned: only inner consistency was checked. These keys were used; compare them with a source you trust, then pin them with --vkey and --organiser.',
  awaited: (draw) => `${draw} is drawn and not published yet.`,
  reading: (leaves) => `read ${many(leaves, 'log leaf', 'log leaves')}`,
  verifying: (diaries) => `checked ${many(diaries, 'diary', 'diaries')}`,
  again: (seconds) =>
    `Something did not fit. It may have changed while it was read, so it is read again in ${seconds} seconds:`,
  unreadable: (source) => `Cannot read ${source}. Check the address or folder.`,
  noVkey: (text) =>
    `“${text}” is no key of a log; perhaps characters are missing, as the key carries a checksum. Copy it once more, two with a blank between.`,
  noKid: (text) => `“${text}” is no key id (43 characters). Copy it once more.`,
  noTree:
    'There is no index at the source. Give the address of the public files (https://…/public/) or a folder as sundial export writes it.',
  seenDamaged: (file) => `${file} was not written by sundial verify. Choose another file.`,
};
