/** Encrypted backup and restore, exports, print. */
import { here } from '../../device/context.ts';
import { type BackupState, backupState } from '../../store/backup-state.ts';
import { useLive } from '../../store/live.ts';
import { type Journal, useJournal } from '../use-journal.ts';
import { BackupSection } from './backup-section.tsx';
import { ExportSection } from './export-section.tsx';
import { PrintSection } from './print-section.tsx';
import { RestoreSection } from './restore-section.tsx';

export function BackupPanel() {
  const journal = useJournal();
  const state = useLive(() => backupState(here.database), []);
  return journal === undefined || state === undefined ? null : <Sections journal={journal} state={state} />;
}

function Sections({ journal, state }: { readonly journal: Journal; readonly state: BackupState }) {
  return (
    <>
      <BackupSection journal={journal} state={state} />
      <RestoreSection journal={journal} />
      <ExportSection journal={journal} />
      <PrintSection journal={journal} />
    </>
  );
}
