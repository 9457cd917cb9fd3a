/** A dossier taken along: printed, as a spreadsheet, or as the very JSON whose digest stands in the audit trail. */
import type { Dossier } from '../../../shared/api/dossiers.ts';
import { Button } from '../../components/button.tsx';
import { useLanguage, useWords, type Words } from '../../locales/use-words.ts';
import { download } from '../backup/download.ts';
import { useAct } from '../use-act.ts';
import { contentOf } from './dossier-sheet.tsx';
import { whatOf } from './faces.tsx';
import { howOf, nameOf, numberOf, sourceNumbers } from './say-figure.ts';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function ExportDossier({ dossier }: { readonly dossier: Dossier }) {
  const words = useWords();
  const language = useLanguage();
  const { busy, act } = useAct();
  const text = words.portrait;
  const content = contentOf(dossier);
  const name = text.fileName(content.unit.name[language], content.from, content.to);
  return (
    <fieldset class="row no-print" aria-label={text.exportLabel}>
      <Button small icon="file" onClick={() => print(name)}>
        {text.print}
      </Button>
      <Button
        small
        disabled={busy}
        onClick={() =>
          void act(async () => download(`${name}.xlsx`, new Blob([await sheetsOf(dossier, words)], { type: xlsxType })))
        }
      >
        {text.xlsx}
      </Button>
      <Button small onClick={() => download(`${name}.json`, new Blob([dossier.content], { type: 'application/json' }))}>
        {text.json}
      </Button>
    </fieldset>
  );
}

/** The browser's print dialog; a file made there gets the name. */
function print(name: string): void {
  const title = document.title;
  document.title = name;
  window.addEventListener(
    'afterprint',
    () => {
      document.title = title;
    },
    { once: true },
  );
  window.print();
}

/** Figures, notes and sources on a sheet each. The packing code comes with the first file. */
async function sheetsOf(dossier: Dossier, words: Words) {
  const { workbookOf } = await import('../../../shared/base/spreadsheet.ts');
  const { portrait } = words;
  const { heads, faces, sources } = contentOf(dossier);
  const { columns } = portrait;
  return workbookOf([
    {
      name: portrait.dossier,
      widths: [8, 16, 24, 34, 60, 14],
      rows: [
        [columns.head, columns.face, columns.figure, columns.value, columns.how, columns.sources],
        ...heads.flatMap(({ head, faces: own }) =>
          faces
            .filter(({ face }) => own.includes(face))
            .flatMap(({ face, figures }) =>
              figures.map((figure) => [
                portrait.head[head],
                portrait.face[face],
                nameOf(figure, words),
                numberOf(figure, words),
                howOf(figure, words),
                sourceNumbers(figure.sources, words),
              ]),
            ),
        ),
      ],
    },
    {
      name: portrait.note,
      widths: [90],
      rows: [[portrait.note], ...dossier.notes.map(({ text }) => [text])],
    },
    {
      name: portrait.sources,
      widths: [6, 40, 10, 48, 16],
      rows: [
        [portrait.sourceNumber, portrait.sourceWhat, 'index', 'seal', 'draw'],
        ...sources.map((source, place) => [
          place + 1,
          whatOf(source, words),
          source.kind === 'seal' ? source.index : null,
          source.kind === 'seal' ? source.seal : null,
          source.kind === 'seal' || source.kind === 'diary' ? source.draw : null,
        ]),
      ],
    },
  ]);
}
