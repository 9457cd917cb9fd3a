/** Words of `sundial verify`, in English. */
import type { VerifyWords } from '../zh/verify.ts';

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

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
    BUNDLE_MALFORMED: 'the proof is incomplete',
    CHECKPOINT_INVALID: "the log's signature is wrong",
    LOG_REWRITTEN: 'the log was rewritten',
    NOT_IN_LOG: 'this is not in the log',
    KEY_NOT_VALID: 'the key was not enrolled or has ended',
    SIGNATURE_INVALID: 'the signature is wrong',
    TEXT_ALTERED: 'the text differs from what was signed',
    DIARY_INVALID: 'the diary breaks the format',
    HOLD_INVALID: 'ground or signer of a withheld item is not allowed',
    ENTRY_MISSING: 'an item is gone without a reason',
    LIST_INVALID: 'the candidate list breaks the rules',
    SEAL_LATE: 'sealed after the list was frozen',
    SEAL_NOT_LISTED: 'not the seal that took part',
    LIST_NOT_LOCKED: 'no proof that the list stood before the numbers',
    RANDOMNESS_INVALID: 'the source of the numbers is wrong',
    DRAW_MISMATCH: 'the draw computed anew gives another result',
    NOT_DRAWN: 'this diary was not drawn',
    DRAWN_NOT_PUBLISHED: 'not all drawn diaries are published',
    LOG_INCOMPLETE: 'the log is not complete',
    LIST_OMITS_SEAL: 'the list omits a sealed unit or uses an old seal',
    LIST_DUPLICATED: 'two lists for one draw',
    DRAW_DUPLICATED: 'two results for one draw',
    DRAW_ABANDONED: 'a list was left without a result',
    REST_WRONG: 'the list of resting units is wrong',
    NONCE_OMITTED: 'a revealed nonce was not used',
    KEY_HISTORY_CONFLICT: 'a key was replaced without saying so',
    TREE_INCOMPLETE: 'a public file is missing or has a wrong shape',
    IMAGE_ALTERED: 'the image differs from what was signed',
    IMAGE_MISSING: 'the image could not be fetched',
    ARCHIVE_MALFORMED: 'a list or statement of the archive breaks the format',
    ARCHIVE_ALTERED: 'the file differs from the list of the archive',
    ARCHIVE_INCOMPLETE: 'the file is on the list of the archive and not there',
    ARCHIVE_SURPLUS: 'the file is not on the list of the archive',
  },
  notPinned:
    'Keys not pinned: only inner consistency was checked. These keys were used; compare them with a source you trust, then pin them with --vkey and --organiser.',
  awaited: (draw) => `${draw} is drawn and not published yet.`,
  reading: (leaves) => `read ${many(leaves, 'log leaf', 'log leaves')}`,
  verifying: (diaries) => `checked ${many(diaries, 'diary', 'diaries')}`,
  unreadable: (source) => `Cannot read ${source}. Check the address or folder.`,
  seenDamaged: (file) => `${file} was not written by sundial verify. Choose another file.`,
};
