/** Words of `sundial doctor`, in English. */
import type { JobState } from '../../jobs/state.ts';
import type { DoctorWords } from '../zh/doctor.ts';

const jobState: Readonly<Record<JobState['state'], string>> = {
  ok: 'ok     ',
  running: 'running',
  late: 'late   ',
  failing: 'failing',
  new: 'new    ',
};

const time = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');

export const doctor: DoctorWords = {
  usage: `usage: sundial doctor [--whole | --jobs] [--json]

Looks at the whole installation and says what to do, item by item. Changes nothing; the server may run or not.
  --whole  computes the log and the audit trail anew from their first row, and compares every picture
  --jobs   the jobs alone: when each is due, when it last ended well, how often it failed since, and why
  --json   prints JSON

Exit codes: 0 all is well; 1 something wants looking at; 2 something is broken, or the configuration does not fit.`,
  check: {
    disk: 'disk',
    files: 'files',
    database: 'database',
    tables: 'tables',
    keys: 'keys',
    log: 'log',
    shown: 'log shown',
    images: 'pictures',
    clock: 'clock',
    address: 'address',
    widget: 'script',
    certificate: 'certificate',
    backup: 'backup',
    jobs: 'jobs',
    notices: 'notices',
    mail: 'mail',
  },
  level: { ok: 'ok  ', warn: 'look', fail: 'act ' },
  said: {
    DISK_OK: (gb) => `${gb} GB are free where the data lie.`,
    DISK_LOW: (gb) =>
      `Only ${gb} GB are free where the data lie. Make room or take a larger disk: copies before an upgrade and backups need it too.`,
    DISK_FULL: (gb) =>
      `The disk is nearly full: ${gb} GB are free, and writing may fail any moment. Make room now: old backups, copies from before an upgrade (sundial.sqlite.before-…), the system's journal; or take a larger disk.`,
    FILES_OK: (limit) =>
      limit === 0 ? 'This system sets no limit of open files.' : `Up to ${limit} files may be open.`,
    FILES_FEW: (limit) =>
      `Only ${limit} files may be open; many readers could not connect. Set LimitNOFILE=65536 in the service unit.`,
    DATABASE_OK: (kind) => `${kind} opens.`,
    DATABASE_AWAY: (why) =>
      `The database does not open (${why}). See whether it runs, and whether DATABASE_URL and SUNDIAL_DATA are right.`,
    DATABASE_REFUSED: (code) =>
      `PostgreSQL does not take this user or password (${code}). Check DATABASE_URL and pg_hba.conf.`,
    DATABASE_UNKNOWN: (code) =>
      `PostgreSQL has no database of the name in DATABASE_URL (${code}). Check the name; on a new installation make it first (createdb), and where it was lost bring a backup back into a new, empty one with sundial restore.`,
    DATABASE_MISSING: (path) =>
      `There is no database file ${path}. On a new installation run sundial init; else check SUNDIAL_DATA and DATABASE_URL, and where the file is really lost bring a backup back with sundial restore.`,
    DATABASE_DENIED: (path) =>
      `This user may not read and write ${path}. Everything in the data folder belongs to the service's user (chown -R), who runs all commands too.`,
    DATABASE_DAMAGED: (what) =>
      `The database file is damaged: ${what}. Stop the server, keep a copy of the file, then bring a backup back with sundial restore.`,
    TABLES_OK: (at) => `The tables are at ${at}, as the program wants them.`,
    TABLES_BEHIND: (at, own) => `The tables are at ${at}, the program wants ${own}. Run sundial upgrade.`,
    TABLES_NEWER: (at, own) =>
      `The tables were upgraded to ${at}, the program knows ${own} at most. Install the newer program again; do not run the old one.`,
    TABLES_NONE: () => 'There are no tables yet. Run sundial init.',
    KEYS_OK: (ids) => `The keys of the log are here and sign: ${ids}.`,
    KEYS_NONE: (folder) =>
      `No key of the log lies in ${folder}. On a new installation run sundial init; else take the key out of a backup now, and do not make another.`,
    KEYS_DENIED: (path) =>
      `This user may not read ${path}. Everything in the data folder belongs to the service's user (chown -R), who runs all commands too.`,
    KEYS_WRONG: () => 'The keys cannot be used.',
    LOG_OK: (size) =>
      `${size} records; the newest root and its signature are right. --whole computes all of them anew.`,
    LOG_WHOLE: (size, seals, rows) =>
      `${size} records computed anew from the first, ${seals} seals and ${rows} rows of the audit trail: all right.`,
    LOG_NONE: () => 'It has not begun yet.',
    LOG_BEHIND: (size, seen) =>
      `It has ${size} records, and the world has seen ${seen}: nothing is signed and no head is shown until the rest is back. Find a newer copy of the public tree, stop the server, and run sundial restore --seen COPY.`,
    LOG_WRONG: (at) =>
      `The log does not fit: ${at}. Stop the server and write nothing; look at backups with sundial restore --check, then decide which to bring back.`,
    SHOWN_OK: (size) => `The address shows ${size} records, as they are here.`,
    SHOWN_NONE: () =>
      'The address shows no head of the log (/public/checkpoint), so readers can check nothing. See whether the server runs, and whether proxy and CDN let /public/ through.',
    SHOWN_OLD: (shown, size, minutes) =>
      `The address still shows ${shown} records where the log has ${size}, for ${minutes} minutes: readers see what is old, and perhaps what is withheld since. Clear the cache of the proxy or CDN, and let it keep a file for a minute at most (docs/deploy/nginx.conf).`,
    SHOWN_OTHER: (shown, size) =>
      `The head that the address shows (${shown} records) is not in this database (${size}): either the address leads to another server, or this database is old or was altered. Stop the server and check the name; if the database is old, carry it forward as docs/for-operators.md says under "Restore".`,
    CLOCK_OK: (seconds) => `${seconds} seconds from the clock of the public address.`,
    IMAGES_OK: (count) => `All ${count} pictures are there.`,
    IMAGES_WRONG: (count, names) =>
      `${count} pictures are missing or damaged (${names}); readers do not see them. Stop the server and bring back a backup that has them with sundial restore; --seen carries the log on from there.`,
    CLOCK_OFF: (seconds) =>
      `${seconds} seconds from the clock of the public address: devices cannot sign in. Switch time synchronisation on (timedatectl set-ntp true).`,
    CLOCK_BEHIND: (seconds) =>
      `The newest record of the log is ${seconds} seconds ahead: the clock of this machine is slow. Set it before anything is written.`,
    CLOCK_ALONE: () => 'There is no other clock to compare: the public address does not answer.',
    CLOCK_FREE: () =>
      'Nothing keeps the clock of this machine right: it will drift until devices cannot sign in. Switch time synchronisation on (timedatectl set-ntp true).',
    ADDRESS_OK: (address) => `${address} answers, with this log.`,
    ADDRESS_AWAY: (address, why) =>
      `${address} does not answer (${why}). See whether the server runs, and whether proxy and name are right.`,
    ADDRESS_OTHER: (address, origin) =>
      `${address} answers with another log (${origin}). Check the name and SUNDIAL_ISSUER.`,
    WIDGET_OK: (name) => `${name} is the one that is installed here.`,
    WIDGET_AWAY: (address, why) =>
      `${address} is not to be had (${why}): pages show nothing. After an upgrade start the server again; then look at the proxy.`,
    WIDGET_OTHER: (address) =>
      `${address} is not the one that is installed here, so pages with an integrity do not run it. Start the server again, and clear this file from the proxy or CDN.`,
    CERTIFICATE_OK: (days) => `Good for ${days} days.`,
    CERTIFICATE_SOON: (days) => `Good for ${days} days only. Renew it, and see why that was not done by itself.`,
    CERTIFICATE_OVER: (days) =>
      `It ended ${days} days ago, and no browser takes it. Renew it now, and see why that was not done by itself.`,
    CERTIFICATE_WRONG: (why, days) =>
      `A browser will not take it (${why}, ${days} days left). Put one for this name in its place, with its intermediate certificates; of an authority of your own, name the root certificate in NODE_EXTRA_CA_CERTS and look again.`,
    CERTIFICATE_NONE: () =>
      'The public address is not https: browsers of readers cannot check, and passwords can be read on the way. Set up a certificate.',
    BACKUP_OK: (days) => `The last one is ${days} days old and has all keys.`,
    BACKUP_NONE: () => 'There is none yet. Run sundial backup, and have it run each day.',
    BACKUP_OLD: (days) =>
      `The last one is ${days} days old. See why the timer did not make one, and make one by hand first.`,
    BACKUP_AHEAD: (moment) =>
      `The last one is dated ${moment}, which has not come yet: the clock of this machine is behind now or was ahead then, and nobody knows how old it is. Check the clock first, then make one.`,
    BACKUP_KEYS: (names) =>
      `These keys are not in the last backup: ${names}. Once lost they cannot be had again: run sundial backup now.`,
    JOBS_OK: (count) => `All ${count} jobs ran in their time.`,
    JOBS_NONE: () => 'No server has run the jobs yet. Start sundial serve.',
    JOBS_LATE: (names) =>
      `These jobs are due and nobody runs them: ${names}. See whether the server runs; sundial doctor --jobs tells each.`,
    JOBS_FAILING: (names) =>
      `These jobs fail again and again: ${names}. The reason is in the server's log; sundial doctor --jobs says since when and how often.`,
    NOTICES_OK: (count) => (count === 0 ? 'Nothing waits.' : `${count} under way.`),
    NOTICES_STUCK: (count, minutes) =>
      `${count} cannot be sent; the oldest has waited ${minutes} minutes. See to the mail server and the webhooks.`,
    NOTICES_GIVEN_UP: (count) => `${count} were given up. sundial notices says why, and sends them again with --retry.`,
    MAIL_OK: () => 'The mail server lets us in.',
    MAIL_OFF: () => 'No mail server is set: officials get no mail.',
    MAIL_AWAY: (why) => `The mail server does not let us in (${why}). Check SUNDIAL_SMTP_URL.`,
  },
  job: ({ name, state, everySeconds, due, lastOk, lastError, lastErrorAt, attempts }) =>
    [
      `${jobState[state]} ${name}: every ${everySeconds} s`,
      ...(due === null ? [] : [`due ${time(due)}`]),
      ...(lastOk === null ? [] : [`last ended well ${time(lastOk)}`]),
      ...(attempts === 0 ? [] : [`${attempts} tries since`]),
      ...(lastError === null ? [] : [`last failed ${time(lastErrorAt ?? 0)} (${lastError})`]),
    ].join(', '),
  end: (count) => (count === 0 ? 'All is well.' : `${count} to look at.`),
};
