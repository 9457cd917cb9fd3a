/** What `sundial doctor` found: judged here from what was measured, without I/O. */
import type { KeyProblem } from '../log/key-trouble.ts';

export type Level = 'ok' | 'warn' | 'fail';

/** The checks in the order in which they are told. */
export const checks = [
  'disk',
  'files',
  'database',
  'tables',
  'keys',
  'log',
  'shown',
  'images',
  'clock',
  'address',
  'widget',
  'certificate',
  'backup',
  'jobs',
  'notices',
  'mail',
] as const;
export type Check = (typeof checks)[number];

export interface Finding {
  readonly check: Check;
  readonly level: Level;
  readonly code: Code;
  /** What the sentence of the code names: numbers in the unit of the code, names, paths, codes of the system; never a secret. */
  readonly facts: readonly (string | number)[];
  /** Of keys: what their own catalogue says. */
  readonly key?: KeyProblem;
}

export type Code =
  | 'DISK_OK'
  | 'DISK_LOW'
  | 'DISK_FULL'
  | 'FILES_OK'
  | 'FILES_FEW'
  | 'DATABASE_OK'
  | 'DATABASE_AWAY'
  | 'DATABASE_REFUSED'
  | 'DATABASE_UNKNOWN'
  | 'DATABASE_MISSING'
  | 'DATABASE_DENIED'
  | 'DATABASE_DAMAGED'
  | 'TABLES_OK'
  | 'TABLES_BEHIND'
  | 'TABLES_NEWER'
  | 'TABLES_NONE'
  | 'KEYS_OK'
  | 'KEYS_NONE'
  | 'KEYS_DENIED'
  | 'KEYS_WRONG'
  | 'LOG_OK'
  | 'LOG_WHOLE'
  | 'LOG_NONE'
  | 'LOG_WRONG'
  | 'LOG_BEHIND'
  | 'SHOWN_OK'
  | 'SHOWN_NONE'
  | 'SHOWN_OLD'
  | 'SHOWN_OTHER'
  | 'IMAGES_OK'
  | 'IMAGES_WRONG'
  | 'CLOCK_OK'
  | 'CLOCK_OFF'
  | 'CLOCK_BEHIND'
  | 'CLOCK_ALONE'
  | 'CLOCK_FREE'
  | 'ADDRESS_OK'
  | 'ADDRESS_AWAY'
  | 'ADDRESS_OTHER'
  | 'WIDGET_OK'
  | 'WIDGET_AWAY'
  | 'WIDGET_OTHER'
  | 'CERTIFICATE_OK'
  | 'CERTIFICATE_SOON'
  | 'CERTIFICATE_OVER'
  | 'CERTIFICATE_WRONG'
  | 'CERTIFICATE_NONE'
  | 'BACKUP_OK'
  | 'BACKUP_NONE'
  | 'BACKUP_OLD'
  | 'BACKUP_AHEAD'
  | 'BACKUP_KEYS'
  | 'JOBS_OK'
  | 'JOBS_NONE'
  | 'JOBS_LATE'
  | 'JOBS_FAILING'
  | 'NOTICES_OK'
  | 'NOTICES_STUCK'
  | 'NOTICES_GIVEN_UP'
  | 'MAIL_OK'
  | 'MAIL_OFF'
  | 'MAIL_AWAY';

export const finding = (check: Check, level: Level, code: Code, ...facts: readonly (string | number)[]): Finding => ({
  check,
  level,
  code,
  facts,
});

/** 0 all is well, 1 something wants looking at, 2 something is broken. */
export function exitCode(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ level }) => level === 'fail')) return 2;
  return findings.some(({ level }) => level === 'warn') ? 1 : 0;
}
