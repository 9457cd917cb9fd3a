/** Words of `sundial backup` and `sundial restore`. */
import type { BackupWords } from '../zh/backup.ts';

export const backup: BackupWords = {
  usage: `sundial backup FILE
sundial backup --keep N FOLDER
  The passphrase comes from the file named in SUNDIAL_BACKUP_PASSPHRASE_FILE, or is typed. The server may run.
  --keep N   writes into a folder under the name of its time and keeps the newest N
  --json     one line of JSON
Exit codes: 0 written, 1 not written, 2 wrong usage, configuration or passphrase file`,
  restoreUsage: `sundial restore FILE (--seen SOURCE … | --unseen)
sundial restore --check FILE
sundial restore --seen SOURCE
  Writes into an empty data folder and an empty database (SUNDIAL_DATA, DATABASE_URL).
  --seen SOURCE  what was seen of the log since: address or folder of a public tree, a checkpoint file, a witness.json
  --unseen       nobody has seen a newer head than the backup has
  --check FILE   proves only, writes nowhere
  without FILE   carries the log of a restored server on as far as SOURCE has it
  --json         one line of JSON
Exit codes: 0 done, 1 refused, 2 wrong usage, configuration or passphrase file, 3 done, but leaves of the log are missing`,
  prompt: 'Passphrase of the backup: ',
  promptAgain: 'Once more: ',
  reading: (table, rows) => `${table}: ${rows} rows`,
  made: (path, bytes, rows, leaves, keys) =>
    `Wrote ${path}: ${bytes} bytes, ${rows} rows, ${leaves} leaves of the log, ${keys} keys.`,
  noKeys: 'No key file is in the backup: the keys lie in a signing device; back them up there.',
  dropped: (names) => `Old backups deleted: ${names.join(', ')}`,
  proved: (at, rows, leaves, seals, audit, keys) =>
    `Proved the backup of ${at}: ${rows} rows counted table by table; ${leaves} leaves of the log, every head and signature computed anew; ${seals} seals; ${audit} audit rows, an unbroken chain; ${keys} keys.`,
  carried: (leaves) => `The log was carried on by ${leaves} leaves from the public copy.`,
  missing: (leaves) =>
    `The world has seen ${leaves} more leaves of the log than are here, and they were not found. The server may run and drafts are synced, but it signs nothing and shows no head until they are back. Once there is a copy of the public tree, run: sundial restore --seen SOURCE`,
  epoch: (epoch) => `New epoch ${epoch}: at their next sync devices send again what the server forgot.`,
  reached: 'The log has caught up and may grow again.',
  trouble: {
    CLOSED: (at) =>
      `${at} does not open: the passphrase is wrong, or the file is no backup or damaged at its beginning. Check the passphrase, or take another backup.`,
    DAMAGED: (at) => `The backup is cut or altered (${at}). Nothing was restored; take another one.`,
    NEWER: (at) => `This backup was made by the newer version ${at}. Restore it with that version or a later one.`,
    EXISTS: (at) => `${at} exists and is not overwritten. Give another name, or a folder with --keep N.`,
    UNREADABLE: (at) => `${at} cannot be read. Check the path and its rights.`,
    UNWRITABLE: (at) =>
      `${at} cannot be written. No half backup was left; free some space or check the rights, then try again.`,
    PASSPHRASE_MISSING: (at) =>
      `No passphrase. Put it into a file that only this user can read and name that in ${at}, or run this in a terminal.`,
    PASSPHRASE_GONE: (at) =>
      `There is no passphrase file ${at}. Make it, readable by this user only, or correct SUNDIAL_BACKUP_PASSPHRASE_FILE.`,
    PASSPHRASE_ODD: (at) =>
      `The passphrase has characters that nobody could type from paper: a byte order mark, a line break, blanks at its ends, or another encoding. Nothing was written. Save the file that ${at} names as UTF-8 without BOM, with one line.`,
    PASSPHRASE_SHORT: (at) => `The passphrase needs at least ${at} characters: five random words, say.`,
    PASSPHRASE_DIFFERS: () => 'The two passphrases differ. Try again.',
    RUNNING: (at) =>
      `Another sundial restore is restoring into ${at}. This one has changed nothing; wait until that one is done.`,
    FOLDER_FULL: (at) => `The data folder ${at} is not empty. A restore needs an empty one: move away what is in it.`,
    DATABASE_FULL: (at) =>
      `The database is not empty (${at}). A restore needs an empty one: create it, or move the old file away.`,
    LOG_WRONG: (at) => `The log in the backup does not verify (at ${at}). Nothing was restored; take another backup.`,
    KEY_WRONG: (at) =>
      `The newest head of ${at} was not signed by a key of the backup. If the key lies in a signing device, set SUNDIAL_LOG_SIGNER and SUNDIAL_LOG_VKEY as on the old server.`,
    CONFIG_WRONG: (at) =>
      `The configuration in the backup does not fit the environment (${at}). Set the variables as on the old server.`,
    COUNT_WRONG: (at) =>
      `The database is not what the backup lists (${at}). Nothing was restored; take another backup.`,
    AUDIT_WRONG: (at) =>
      `The audit trail is broken at row ${at}. Nothing was restored; take another backup, and tell the auditor.`,
    SEEN_MISSING: () =>
      'The log may have grown after the backup, and people have seen it. Name with --seen a newer public tree (address or folder), a checkpoint file or a witness.json. Use --unseen only where nobody can have seen a newer head.',
    SEEN_UNREADABLE: (at) => `${at} has no valid head of this log, or is not what its head says. Name another source.`,
    SEEN_AWAY: (at) =>
      `${at} cannot be read: it is not there, or does not answer. See whether the path or the address is right, then try again; nothing was changed.`,
    SEEN_UNBEGUN: (at) =>
      `The log of ${at} had not begun, so it shows no head. If no organiser enrolled a key since, use --unseen instead; else name a newer source.`,
    SEEN_OTHER: (at) =>
      `The log at ${at} and that of the backup are two: both are signed, so one was rewritten. Do not start the server; tell the auditor.`,
  },
};
