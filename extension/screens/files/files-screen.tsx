/** What goes in and out as a file: calendars read in, backups, exports. */
import { useWords } from '../../locales/use-words.ts';
import { BackupPanel } from '../backup/backup-panel.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { ImportPanel } from '../import/import-panel.tsx';

export function FilesScreen() {
  const words = useWords();
  return (
    <div class="narrow stack wide-gap">
      <PageHead title={words.desk.menu.files} />
      <ImportPanel />
      <BackupPanel />
    </div>
  );
}
