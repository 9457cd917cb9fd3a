/** Encrypted backup and restore, exports, print. */
import { type Journal, useJournal } from '../use-journal.ts';
import { BackupSection } from './backup-section.tsx';
import { ExportSection } from './export-section.tsx';
import { PrintSection } from './print-section.tsx';
import { RestoreSection } from './restore-section.tsx';

export function BackupPanel() {
  const journal = useJournal();
  return journal === undefined ? null : <Sections journal={journal} />;
}

function Sections({ journal }: { readonly journal: Journal }) {
  return (
    <>
      <BackupSection journal={journal} />
      <RestoreSection journal={journal} />
      <ExportSection journal={journal} />
      <PrintSection journal={journal} />
    </>
  );
}
