/** Words of `sundial upgrade` and of a start with an older or newer database, in English. */
import type { UpgradeWords } from '../zh/upgrade.ts';

export const upgrade: UpgradeWords = {
  usage: `sundial upgrade [--without-backup]
  Brings the database up to this version. An embedded one is copied beside itself first; PostgreSQL needs a backup of the last 24 hours
  (sundial backup).
  --without-backup  does not ask for it, where you have a snapshot
Exit codes: 0 up to date or upgraded, 1 not upgraded, 2 wrong usage or configuration
`,
  trouble: (problem) => {
    switch (problem.code) {
      case 'NEWER':
        return `The database is of a newer version (${problem.at}); this program goes up to ${problem.own} and cannot run on it. Go back to the newer program, or restore the backup from before the upgrade.`;
      case 'BEHIND':
        return `The database is at ${problem.at}; this program needs ${problem.own}. Stop every server process, make a backup (sundial backup), then run sundial upgrade.`;
      case 'SERVED':
        return `Another sundial serve runs on ${problem.at}; an embedded database has one server. Stop that one, then try again; several servers need PostgreSQL.`;
      case 'COPY_FAILED':
        return `The copy before the upgrade, ${problem.copy}, could not be made (${problem.why}); the database was left alone. Make room or mend the permissions, then start again.`;
      case 'UPGRADE_FAILED':
        return `The upgrade from ${problem.at} did not succeed and was taken back; the data are as before (${problem.why}). Go back to the older program and send this line to the developers.`;
      case 'UPGRADE_DAMAGED':
        return `After the upgrade from ${problem.at} something did not fit (${problem.what}), so it was taken back; the data are as before${problem.copy === null ? '' : `, and a copy from before is ${problem.copy}`}. Go back to the older program and send this line to the developers.`;
    }
  },
  unopened: {
    FULL: (said) =>
      `A disk is full (${said}): that of the data, or of the folder that is written to (restore --check: TMPDIR). What was taken is still there; make room, then start again.`,
    UNWRITABLE: (said) =>
      `The disk that holds the data takes no writes (${said}). What was taken is still there; see whether the disk has become read-only and whether the server's user may write, then start again.`,
    BUSY: (said) => `The database is busy (${said}). See whether another program holds it, then start again.`,
    AWAY: (said) =>
      `The database does not answer (${said}). See whether it runs and whether DATABASE_URL is right, then start again.`,
    DAMAGED: (said) =>
      `The database file is damaged (${said}). Keep a copy of the file as it is, then bring the last backup back with sundial restore.`,
  },
  denied: (path, user) =>
    `The user ${user} may not open ${path}. Everything in the data folder belongs to the service's user (chown -R), who runs all commands too; mend that, then start again.`,
  misplaced: (path, code) =>
    `${path} cannot be used (${code}). See whether the path is right, and a file where a file is asked for, or a folder.`,
  unlistened: (at, code) => {
    if (code === 'EADDRINUSE')
      return `Another program uses ${at}, perhaps another sundial serve. Stop it, or take another port with PORT.`;
    if (code === 'EACCES')
      return `This user may not use ${at}. Take a port above 1024 with PORT, and let a proxy pass on to it.`;
    return `${at} cannot be used (${code}). See whether HOST is an address of this machine, and PORT is right.`;
  },
  done: ({ from, to, copy, leaves, audited }) =>
    `The database was upgraded from ${from} to ${to} and checked: ${leaves} leaves of the log and ${audited} audit rows are there${copy === null ? '' : `; the copy from before is ${copy}`}.`,
  current: (at) => `The database is up to date (${at}).`,
  noBackup: (at) =>
    `${at === null ? 'There is no record of a backup' : `The last backup is dated ${at}, not within these 24 hours`}. Run sundial backup first, or use --without-backup where you have a snapshot.`,
  others: (count) =>
    `Note: ${count} other connections use this database. Stop every server process first: the old program does not know the new tables.`,
};
