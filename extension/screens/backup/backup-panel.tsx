/** Encrypted backup and restore, exports, print. */
export function BackupPanel() {
  return null;
}
