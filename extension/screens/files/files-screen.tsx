/** What goes in and out as a file: calendars read in, backups, exports. */
import { useWords } from '../../locales/use-words.ts';
import { BackupPanel } from '../backup/backup-panel.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { ImportPanel } from '../import/import-panel.tsx';
import { useJournal } from '../use-journal.ts';

export function FilesScreen() {
  const words = useWords();
  const journal = useJournal();
  return (
    <div class="narrow stack wide-gap">
      <PageHead title={words.desk.menu.files} />
      {journal === undefined ? null : (
        <>
          <ImportPanel journal={journal} />
          <BackupPanel journal={journal} />
        </>
      )}
    </div>
  );
}
