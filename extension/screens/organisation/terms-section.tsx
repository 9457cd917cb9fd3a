/** The term base: its editor, with files in and out and where its words stand in published diaries. */
import { useState } from 'preact/hooks';
import { getTermUsage } from '../../../shared/api/settings.ts';
import { tableText } from '../../../shared/diary/calendar/table.ts';
import type { DeskSettings } from '../../../shared/organisation/config.ts';
import { takeTerms, termLines, termTable } from '../../../shared/organisation/term-table.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { download } from '../backup/download.ts';
import { useAnswer } from '../use-answer.ts';
import { FileButton } from './file-button.tsx';
import { SettingSection, type Standing } from './setting-section.tsx';
import { termsShape } from './shape.ts';

export function TermsSection({
  standing,
  again,
}: {
  readonly standing: Standing<'termBase'>;
  readonly again: () => Promise<void>;
}) {
  const words = useWords();
  const text = words.organisation;
  const shape = termsShape(words);
  const usage = useAnswer(() => call(getTermUsage), [standing.revision]);
  const counted = usage.answer.state === 'ready' ? usage.answer.value : null;
  const byId = new Map(counted?.rows.map((row) => [row.id, row]));
  return (
    <div class="stack">
      <SettingSection
        shape={shape}
        standing={standing}
        again={again}
        beside={{
          label: text.usage,
          of: (id) => {
            const row = byId.get(id);
            if (row === undefined) return null;
            return (
              <>
                <p class="nowrap">{text.usageCount(row.preferred)}</p>
                {row.aliases.map(({ word, diaries }) => (
                  <p key={word}>{text.aliasCount(word, diaries)}</p>
                ))}
              </>
            );
          },
        }}
        tools={(_, change) => <Files standing={standing} take={(terms) => change(shape.rows(terms))} />}
      />
      {counted === null || counted.diaries === 0 ? null : <p class="cap">{text.usageOf(counted.diaries)}</p>}
    </div>
  );
}

/** Lines of a table that are named one by one; after mending them the rest is seen. */
const mostNamed = 10;

function Files({
  standing,
  take,
}: {
  readonly standing: Standing<'termBase'>;
  readonly take: (terms: DeskSettings['termBase']) => void;
}) {
  const words = useWords();
  const text = words.organisation;
  const [problem, say] = useSaying();
  const [isTaken, setTaken] = useState(false);
  const read = (bytes: Uint8Array) => {
    const table = tableText(bytes);
    const terms = table === null ? null : takeTerms(standing.value, table.text);
    const lines = table === null || terms?.ok !== true ? [] : termLines(table.text);
    const wrong = lines.flatMap(({ line, mistake }) => (mistake === null ? [] : [{ line, mistake }]));
    setTaken(terms?.ok === true && wrong.length === 0);
    if (wrong.length > 0)
      say(({ organisation }) =>
        [
          organisation.importWrong(wrong.length),
          ...wrong.slice(0, mostNamed).map(({ line, mistake }) => organisation.termMistake(line, mistake)),
        ].join('\n'),
      );
    else if (terms?.ok === true) {
      say(null);
      take([...terms.value]);
    } else
      say(({ organisation }) =>
        terms === null
          ? organisation.notText
          : terms.problem === 'EMPTY'
            ? organisation.tableEmpty
            : organisation.columnsMissing,
      );
  };
  return (
    <>
      <div class="row">
        <FileButton label={text.importCsv} accept=".csv,.tsv,.txt,text/csv,text/plain" take={read} />
        <Button
          onClick={() =>
            download(`${text.setting.termBase}.csv`, new Blob([termTable(standing.value)], { type: 'text/csv' }))
          }
        >
          {text.exportCsv}
        </Button>
      </div>
      {isTaken ? <Message role="status">{text.importedTerms}</Message> : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          <span class="prose">{problem}</span>
        </Message>
      )}
    </>
  );
}
