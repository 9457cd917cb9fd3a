/** README.txt of a year's archive, in English. */
import type { ArchiveFacts } from '../zh/archive.ts';

export const archiveReadme = (at: ArchiveFacts): string => `${at.name}: archive of the working diaries of ${at.year}

Content: diaries that were drawn and published (${at.diaries}), draws (${at.draws}), the first ${at.size} leaves of the log.
Diaries that were not drawn and texts that were withheld are not in it; the log has only their digests.
${at.licence === null ? '' : `Licence for reuse: ${at.licence}\n`}
To check
  sundial verify THIS-FOLDER --vkey '${at.vkey}' --organiser '${at.organiser}'
  Without Sundial: sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt, then follow HOW-TO-CHECK.md.
  The whole format of seal, log and draw, for another program: FORMAT.md.
  Both keys should be those in the transfer record, which should also have the SHA-256 of tagmanifest-sha256.txt.
  For several years add --seen FILE and go from the oldest to the newest: it shows that the log only grew.

Files
  manifest-sha256.txt      SHA-256 of every file in data/
  tagmanifest-sha256.txt   SHA-256 of the others
  bag-info.txt             source, date, amount (BagIt, RFC 8493)
  data/archive.json        year, public keys, size and root of the log
  data/d/                  diaries as pages, to be opened and printed
  data/draw/               each draw, and the proof of each diary
  data/blob/               images, named by SHA-256
  data/data/               tables: diaries.csv, diaries.json
  data/checkpoint data/tile/   the log, C2SP tlog-tiles
  data/index.json data/feed/   lists

Log   ${at.origin}
Size  ${at.size}
Root  ${at.root}
`;
