/** Encrypted backup and restore, exports, print. */
import { here } from '../../device/context.ts';
import { backupState } from '../../store/backup-state.ts';
import { useLive } from '../../store/live.ts';
import type { Journal } from '../use-journal.ts';
import { BackupSection } from './backup-section.tsx';
import { ExportSection } from './export-section.tsx';
import { PrintSection } from './print-section.tsx';
import { RestoreSection } from './restore-section.tsx';

export function BackupPanel({ journal }: { readonly journal: Journal }) {
  const state = useLive(() => backupState(here.database), []);
  if (state === undefined) return null;
  return (
    <>
      <BackupSection journal={journal} state={state} />
      <RestoreSection journal={journal} />
      <ExportSection journal={journal} />
      <PrintSection journal={journal} />
    </>
  );
}
