import { describe, expect, test } from 'vitest';
import { exitCode, finding } from '../../server/doctor/finding.ts';
import {
  judgeBackup,
  judgeCertificate,
  judgeClock,
  judgeDisk,
  judgeFiles,
  judgeImages,
  judgeJobs,
  judgeNotices,
  judgeShown,
  judgeVersion,
} from '../../server/doctor/judge.ts';
import { doctor as en } from '../../server/locales/en/doctor.ts';
import { doctor as zh } from '../../server/locales/zh/doctor.ts';

const gib = 1024 ** 3;
const day = 86_400;
const now = 1_796_000_000;

describe('a measurement becomes a finding', () => {
  test.each([
    [200 * gib, 1000 * gib, 'DISK_OK'],
    [2 * gib, 10 * gib, 'DISK_OK'],
    [2 * gib - 1, 10 * gib, 'DISK_LOW'],
    [99 * gib, 1000 * gib, 'DISK_LOW'],
    [19 * gib, 1000 * gib, 'DISK_FULL'],
    [gib / 4 - 1, gib, 'DISK_FULL'],
  ])('%d of %d bytes free: %s', (free, total, code) => {
    expect(judgeDisk({ free, total }).code).toBe(code);
  });

  test.each([
    [null, 'FILES_OK'],
    [1024, 'FILES_FEW'],
    [4096, 'FILES_OK'],
  ])('%s files: %s', (limit, code) => {
    expect(judgeFiles(limit).code).toBe(code);
  });

  test.each([
    [0, null, null, 'CLOCK_OK', 'ok'],
    [60, now, true, 'CLOCK_OK', 'ok'],
    [-61, null, true, 'CLOCK_OFF', 'fail'],
    [null, null, true, 'CLOCK_ALONE', 'warn'],
    [null, now + 61, true, 'CLOCK_BEHIND', 'fail'],
    [0, now + 60, null, 'CLOCK_OK', 'ok'],
    [0, now, false, 'CLOCK_FREE', 'warn'],
    [null, null, false, 'CLOCK_FREE', 'warn'],
    [-61, null, false, 'CLOCK_OFF', 'fail'],
  ] as const)('a clock %s s off, the newest record at %s, kept %s: %s', (offset, head, isKept, code, level) => {
    expect(judgeClock(now, offset, head, isKept)).toMatchObject({ code, level });
  });

  test.each([
    ['the newest head', { size: 9, root: 'r9' }, 'r9', null, 'SHOWN_OK', [9]],
    ['one that the log outgrew ten minutes ago', { size: 7, root: 'r7' }, 'r7', now - 600, 'SHOWN_OK', [7]],
    ['one that it outgrew earlier', { size: 7, root: 'r7' }, 'r7', now - 7200, 'SHOWN_OLD', [7, 9, 120]],
    ['another one of the same size', { size: 9, root: 'x9' }, 'r9', null, 'SHOWN_OTHER', [9, 9]],
    ['one of a longer log', { size: 12, root: 'r12' }, null, null, 'SHOWN_OTHER', [12, 9]],
  ] as const)('the address shows %s', (_, shown, root, outgrown, code, facts) => {
    const level = code === 'SHOWN_OK' ? 'ok' : 'fail';
    expect(judgeShown(now, shown, root, 9, outgrown)).toMatchObject({ level, code, facts });
  });

  test.each([
    [now + 21 * day, null, 'CERTIFICATE_OK', 21],
    [now + 21 * day - 1, null, 'CERTIFICATE_SOON', 20],
    [now - 1, 'CERT_HAS_EXPIRED', 'CERTIFICATE_OVER', 1],
    [now + day, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CERTIFICATE_WRONG', 1],
  ])('a certificate until %d, refused for %s: %s', (ends, refused, code, days) => {
    const found = judgeCertificate(now, ends, refused);
    expect([found.code, found.facts.at(-1)]).toEqual([code, days]);
  });

  test('pictures that are not what they were are counted, and the first are named', () => {
    expect(judgeImages({ count: 7, wrong: [] })).toMatchObject({ level: 'ok', code: 'IMAGES_OK', facts: [7] });
    expect(judgeImages({ count: 7, wrong: ['a', 'b', 'c'] }).facts).toEqual([3, 'a, b, c']);
    const four = judgeImages({ count: 7, wrong: ['a', 'b', 'c', 'd'] });
    expect(four).toMatchObject({ level: 'fail', code: 'IMAGES_WRONG', facts: [4, 'a, b, c, …'] });
  });

  test('a backup counts only with every key in it, and for a week', () => {
    const keys = { 'identity.key': 'aa', 'next/checkpoint-p256.pem': 'bb' };
    const record = (days: number, held: Readonly<Record<string, string>> = keys) => ({
      at: now - days * day,
      logSize: 1,
      keys: held,
    });
    expect(judgeBackup(now, null, keys)).toMatchObject({ level: 'fail', code: 'BACKUP_NONE' });
    expect(judgeBackup(now, record(1), keys)).toMatchObject({ level: 'ok', code: 'BACKUP_OK' });
    expect(judgeBackup(now, record(2), keys)).toMatchObject({ level: 'warn', code: 'BACKUP_OLD' });
    expect(judgeBackup(now, record(8), keys)).toMatchObject({ level: 'fail', code: 'BACKUP_OLD' });
    expect(judgeBackup(now, record(-1 / 1440), keys)).toMatchObject({ level: 'ok', code: 'BACKUP_OK' });
    // now is 2026-11-30T00:53:20Z.
    expect(judgeBackup(now, record(-365), keys)).toMatchObject({
      level: 'fail',
      code: 'BACKUP_AHEAD',
      facts: ['2027-11-30T00:53:20.000Z'],
    });
    const changed = judgeBackup(now, record(0, { ...keys, 'identity.key': 'cc' }), keys);
    expect(changed).toMatchObject({ level: 'fail', code: 'BACKUP_KEYS', facts: ['identity.key'] });
    const unheld = judgeBackup(now, record(0, { 'identity.key': 'aa' }), keys);
    expect(unheld.facts).toEqual(['next/checkpoint-p256.pem']);
  });

  test('jobs that fail are told before those that are late, and a house that never ran is no fault yet', () => {
    const job = { everySeconds: 60, due: now, lastOk: null, lastError: 'ECONNREFUSED', lastErrorAt: now, attempts: 4 };
    const of = (...states: readonly ('ok' | 'late' | 'failing' | 'new')[]) =>
      judgeJobs(states.map((state, n) => ({ ...job, name: `j${n}`, state })));
    expect(of('ok', 'late', 'failing')).toMatchObject({ code: 'JOBS_FAILING', facts: ['j2 (ECONNREFUSED)'] });
    expect(of('late', 'ok', 'late')).toMatchObject({ level: 'fail', code: 'JOBS_LATE', facts: ['j0, j2'] });
    expect(of('new', 'new')).toMatchObject({ level: 'warn', code: 'JOBS_NONE' });
    expect(of('ok')).toMatchObject({ level: 'ok', code: 'JOBS_OK' });
  });

  test.each([
    [0, null, 0, 'NOTICES_OK'],
    [3, now - 3599, 0, 'NOTICES_OK'],
    [3, now - 3600, 2, 'NOTICES_STUCK'],
    [0, null, 2, 'NOTICES_GIVEN_UP'],
  ])('%d waiting since %s, %d given up: %s', (waiting, oldest, givenUp, code) => {
    expect(judgeNotices(now, waiting, oldest, givenUp).code).toBe(code);
  });

  test.each([
    [{ at: '', own: '2', pending: ['1', '2'], unknown: [] }, 'TABLES_NONE'],
    [{ at: '1', own: '2', pending: ['2'], unknown: [] }, 'TABLES_BEHIND'],
    [{ at: '3', own: '2', pending: [], unknown: ['3'] }, 'TABLES_NEWER'],
    [{ at: '2', own: '2', pending: [], unknown: [] }, 'TABLES_OK'],
  ])('%j: %s', (version, code) => {
    expect(judgeVersion(version).code).toBe(code);
  });
});

test('the exit code is that of the worst', () => {
  const [ok, warn, fail] = (['ok', 'warn', 'fail'] as const).map((level) => finding('disk', level, 'DISK_OK', 1));
  const code = (...all: readonly (typeof ok)[]) => exitCode(all.flatMap((one) => one ?? []));
  expect([code(ok), code(ok, warn), code(warn, fail, ok), code()]).toEqual([0, 1, 2, 0]);
});

test('every finding is a whole sentence in both languages, with what it names in it', () => {
  for (const { said } of [zh, en])
    for (const [code, sentence] of Object.entries(said)) {
      const text = sentence('⟨a⟩', '⟨b⟩', '⟨c⟩');
      expect(text, code).toMatch(/[。.]$/);
      expect(text, code).not.toContain('undefined');
      if (sentence.length > 0) expect(text, code).toContain('⟨a⟩');
    }
});
