/** From a measurement to a finding. Pure; times are Unix seconds, sizes bytes. */
import type { Head } from '../../shared/proof/checkpoint.ts';
import type { BackupRecord } from '../backup/record.ts';
import type { Version } from '../database/version.ts';
import type { JobState } from '../jobs/state.ts';
import { type Finding, finding } from './finding.ts';
import type { Images } from './images.ts';

const gib = 2 ** 30;
const day = 86_400;

/** Room where the data lie. SQLite writes a copy of itself before an upgrade, so that a little is soon too little. */
export function judgeDisk({ free, total }: { readonly free: number; readonly total: number }): Finding {
  const shown = Number((free / gib).toFixed(1));
  if (free < gib / 4 || free < total * 0.02) return finding('disk', 'fail', 'DISK_FULL', shown);
  if (free < 2 * gib || free < total * 0.1) return finding('disk', 'warn', 'DISK_LOW', shown);
  return finding('disk', 'ok', 'DISK_OK', shown);
}

/** Files that the process may have open: one for each connection. Null where the system does not say. */
export function judgeFiles(limit: number | null): Finding {
  if (limit !== null && limit < 4096) return finding('files', 'warn', 'FILES_FEW', limit);
  return finding('files', 'ok', 'FILES_OK', limit ?? 0);
}

export function judgeVersion({ at, own, pending, unknown }: Version): Finding {
  if (unknown.length > 0) return finding('tables', 'fail', 'TABLES_NEWER', at, own);
  if (at === '') return finding('tables', 'warn', 'TABLES_NONE');
  return pending.length > 0
    ? finding('tables', 'fail', 'TABLES_BEHIND', at, own)
    : finding('tables', 'ok', 'TABLES_OK', at);
}

/** How far this clock may be from another: a token of a device lives for minutes. */
const slackSeconds = 60;

/** `offset`: this clock minus that of whoever answered, null where nobody did; a proxy on the same machine has the same clock, so it counts
 *  besides whether the clock is kept, null where the system does not say. `head`: when the newest head of the log was signed. */
export function judgeClock(now: number, offset: number | null, head: number | null, isKept: boolean | null): Finding {
  if (head !== null && head > now + slackSeconds) return finding('clock', 'fail', 'CLOCK_BEHIND', head - now);
  if (offset !== null && Math.abs(offset) > slackSeconds) return finding('clock', 'fail', 'CLOCK_OFF', offset);
  if (isKept === false) return finding('clock', 'warn', 'CLOCK_FREE');
  return offset === null ? finding('clock', 'warn', 'CLOCK_ALONE') : finding('clock', 'ok', 'CLOCK_OK', offset);
}

/** How long a proxy or a CDN may show an older log, in seconds: it may keep a file for a minute. */
const keptElsewhereSeconds = 600;

/** `shown`: the head at the public address. `root`: of the log here at that size, null where it has no such head; `size` of the newest; `outgrown`:
 *  when the log grew beyond what is shown, null where it did not. */
export function judgeShown(
  now: number,
  shown: Head,
  root: string | null,
  size: number,
  outgrown: number | null,
): Finding {
  if (shown.root !== root) return finding('shown', 'fail', 'SHOWN_OTHER', shown.size, size);
  const late = outgrown === null ? 0 : now - outgrown;
  return late > keptElsewhereSeconds
    ? finding('shown', 'fail', 'SHOWN_OLD', shown.size, size, Math.floor(late / 60))
    : finding('shown', 'ok', 'SHOWN_OK', shown.size);
}

/** `ends`: until when the certificate is good; `refused`: why a browser would not take it, a code of OpenSSL. */
export function judgeCertificate(now: number, ends: number, refused: string | null): Finding {
  const days = Math.floor((ends - now) / day);
  if (days < 0) return finding('certificate', 'fail', 'CERTIFICATE_OVER', -days);
  if (refused !== null) return finding('certificate', 'fail', 'CERTIFICATE_WRONG', refused, days);
  return finding('certificate', days < 21 ? 'warn' : 'ok', days < 21 ? 'CERTIFICATE_SOON' : 'CERTIFICATE_OK', days);
}

/** How many names of pictures are told; the rest are counted. */
const mostNames = 3;

export function judgeImages({ count, wrong }: Images): Finding {
  if (wrong.length === 0) return finding('images', 'ok', 'IMAGES_OK', count);
  const more = wrong.length > mostNames ? ', …' : '';
  return finding('images', 'fail', 'IMAGES_WRONG', wrong.length, `${wrong.slice(0, mostNames).join(', ')}${more}`);
}

/** `keys`: hashes of the key files that lie here now; what differs from the record's has no backup. */
export function judgeBackup(now: number, record: BackupRecord | null, keys: Readonly<Record<string, string>>): Finding {
  if (record === null) return finding('backup', 'fail', 'BACKUP_NONE');
  const missing = Object.entries(keys).flatMap(([path, hash]) => (record.keys[path] === hash ? [] : [path]));
  if (missing.length > 0) return finding('backup', 'fail', 'BACKUP_KEYS', missing.join(', '));
  // It would count as new until then.
  if (record.at > now + slackSeconds)
    return finding('backup', 'fail', 'BACKUP_AHEAD', new Date(record.at * 1000).toISOString());
  const days = Math.floor((now - record.at) / day);
  if (days >= 8) return finding('backup', 'fail', 'BACKUP_OLD', days);
  return finding('backup', days >= 2 ? 'warn' : 'ok', days >= 2 ? 'BACKUP_OLD' : 'BACKUP_OK', days);
}

export function judgeJobs(states: readonly JobState[]): Finding {
  const named = (wanted: JobState['state']) => states.filter(({ state }) => state === wanted).map(({ name }) => name);
  const failing = states.filter(({ state }) => state === 'failing');
  if (failing.length > 0)
    return finding(
      'jobs',
      'fail',
      'JOBS_FAILING',
      failing.map(({ name, lastError }) => `${name} (${lastError})`).join(', '),
    );
  const late = named('late');
  if (late.length > 0) return finding('jobs', 'fail', 'JOBS_LATE', late.join(', '));
  return named('new').length > 0
    ? finding('jobs', 'warn', 'JOBS_NONE')
    : finding('jobs', 'ok', 'JOBS_OK', states.length);
}

/** `oldest`: since when the oldest delivery waits, null where none does. */
export function judgeNotices(now: number, waiting: number, oldest: number | null, givenUp: number): Finding {
  const minutes = oldest === null ? 0 : Math.floor((now - oldest) / 60);
  if (minutes >= 60) return finding('notices', 'fail', 'NOTICES_STUCK', waiting, minutes);
  if (givenUp > 0) return finding('notices', 'warn', 'NOTICES_GIVEN_UP', givenUp);
  return finding('notices', 'ok', 'NOTICES_OK', waiting);
}
