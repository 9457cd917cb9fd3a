/** What is wrong with a backup, or with the place where it is made or restored; the command says it in a sentence. */
export type BackupCode =
  | 'CLOSED'
  | 'DAMAGED'
  | 'NEWER'
  | 'EXISTS'
  | 'UNREADABLE'
  | 'UNWRITABLE'
  | 'PASSPHRASE_MISSING'
  | 'PASSPHRASE_GONE'
  | 'PASSPHRASE_SHORT'
  | 'PASSPHRASE_ODD'
  | 'PASSPHRASE_DIFFERS'
  | 'RUNNING'
  | 'FOLDER_FULL'
  | 'DATABASE_FULL'
  | 'LOG_WRONG'
  | 'KEY_WRONG'
  | 'CONFIG_WRONG'
  | 'COUNT_WRONG'
  | 'AUDIT_WRONG'
  | 'SEEN_MISSING'
  | 'SEEN_AWAY'
  | 'SEEN_UNREADABLE'
  | 'SEEN_UNBEGUN'
  | 'SEEN_OTHER';

/** `at`: the file, folder, table or place in the log that it is about. */
export class BackupTrouble extends Error {
  readonly code: BackupCode;
  readonly at: string;

  constructor(code: BackupCode, at: string, cause?: unknown) {
    super(`${code} ${at}`, { cause });
    this.name = 'BackupTrouble';
    this.code = code;
    this.at = at;
  }
}
