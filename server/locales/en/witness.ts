/** Words of `sundial witness`, in English. */
import type { WitnessProblem } from '../../../shared/api/witness.ts';
import type { WitnessWords } from '../zh/witness.ts';

const refusals: Readonly<Record<WitnessProblem, string>> = {
  WITNESS_UNKNOWN:
    'Its configuration does not name this key yet. Give the vkey above to the operator, for "witnesses" in sundial.config.json.',
  HEAD_UNKNOWN: 'It says that it has no such head.',
  SIGNATURE: 'It says that the signature does not fit that head: the log it keeps is not the one it shows.',
  CLOCK: 'The clocks are more than 10 minutes apart. Set the clock of this machine.',
  OLDER: 'It has a newer signature of this witness. Does another process use the same key?',
};

export const witness: WitnessWords = {
  usage: `sundial witness URL --vkey V [--name N] [--key FILE] [--state FILE] [--every SECONDS] [--once]

URL is the address of the server (https://diary.example), V the vkey of its log; two may stand there, with a blank between.
  --name    what readers see, archive.example for instance; fixed on the first run, else the name of this machine
  --key     the key of this witness, witness.key; made where there is none
  --state   the newest head signed, witness.json; without it a rewritten log may go unseen
  --every   seconds between two looks, 60; at most 86400, a day
  --once    looks once

Exit codes: 0 signed, or stopped; 1 the log was rewritten; 2 wrong usage or an unusable file; 3 (--once) not signed this time.`,
  own: (vkey) => `Key of this witness, for the operator of the log and for your own site:\n${vkey}`,
  keyProblem: {
    KEY_FILE_OPEN: (file) => `Others can read ${file}. Run chmod 600 ${file} first.`,
    KEY_FILE_DAMAGED: (file) => `${file} is no witness key. Put the right file back or name another.`,
    NAME_INVALID: () => 'A name has no blank and no plus sign, and at most 100 characters.',
  },
  named: (file, name) =>
    `The key in ${file} is named ${name} and keeps that name. For another name make another key, with --key.`,
  noVkey: (text) =>
    `“${text}” is no key of a log; perhaps characters are missing, as the key carries a checksum. Copy it once more from where it is published.`,
  signed: (size) => `Witnessed up to record ${size}.`,
  known: (size) => `Nothing new; witnessed up to record ${size}.`,
  refused: (size, reason) =>
    `Record ${size} was not taken (${reason}). ${new Map(Object.entries(refusals)).get(reason) ?? ''}`.trim(),
  older: (size, signed) =>
    `The log shows ${size} records and ${signed} are witnessed: an old copy, perhaps. Not signed.`,
  unsigned: 'What came is no log signed by this key. Not signed. Check --vkey and the address.',
  empty: 'The log has not begun.',
  damaged: (file) =>
    `${file} is damaged or not a witness's. Stopped, so that nothing is signed twice. Restore it from a backup.`,
  running: (file) =>
    `Another sundial witness uses ${file}. A key and its memory are for one process: stop that one, or give this one a key and a memory of its own (--key and --state).`,
  rewritten: (signed, file) =>
    `!! THE LOG WAS REWRITTEN !! The head of ${signed} records that was witnessed is no part of the log shown now. Nothing is signed, and this witness stops. Both heads, each with the log's own signature, are kept in ${file}: anybody can check them. Keep the file, and publish it.`,
  away: (why, seconds) => `No answer (${why}); trying again in ${seconds} s.`,
  awayOnce: (why) => `No answer (${why}).`,
};
