/** Takes units and heads from a table: every line with what it does or what is wrong with it, then all of it at once. */
import { useState } from 'preact/hooks';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { Organisation } from '../../../shared/api/organisation.ts';
import type { postUnitTable } from '../../../shared/api/settings.ts';
import { tableText } from '../../../shared/diary/calendar/table.ts';
import { csvOf } from '../../../shared/diary/export/csv.ts';
import { type JudgedLine, judgeUnits, readUnitTable, type UnitLine } from '../../../shared/organisation/unit-table.ts';
import { importUnits } from '../../commands/organisation.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextArea } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { download } from '../backup/download.ts';
import { useAct } from '../use-act.ts';
import { FileButton } from './file-button.tsx';

export function ImportDialog({
  known,
  onClose,
  onDone,
}: {
  readonly known: Organisation;
  readonly onClose: () => void;
  readonly onDone: (done: Answer<typeof postUnitTable>) => void;
}) {
  const words = useWords();
  const text = words.organisation;
  const [typed, setTyped] = useState('');
  const [notRead, setNotRead] = useState(false);
  const { busy, problem, act } = useAct();
  const read = typed.trim() === '' ? null : readUnitTable(typed);
  const judged = read?.ok === true ? judgeUnits(read.value, known) : [];
  const wrong = judged.filter(({ problems }) => problems.length > 0).length;
  const take = (bytes: Uint8Array) => {
    const table = tableText(bytes);
    setNotRead(table === null);
    if (table !== null) setTyped(table.text);
  };
  const apply = (lines: readonly UnitLine[]) => act(async () => onDone(await importUnits(lines)));
  return (
    <Dialog
      title={text.importTitle}
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            kind="primary"
            disabled={busy || read?.ok !== true || wrong > 0}
            onClick={() => (read?.ok === true ? void apply(read.value) : undefined)}
          >
            {text.importApply}
          </Button>
        </>
      }
    >
      <p>{text.importHow}</p>
      <div class="row">
        <FileButton label={text.choose} accept=".csv,.tsv,.txt,text/csv,text/plain" take={take} />
        <Button kind="text" onClick={() => download(`${text.importUnits}.csv`, new Blob([exampleTable]))}>
          {text.example}
        </Button>
      </div>
      <TextArea
        label={text.paste}
        value={typed}
        rows={4}
        error={
          notRead
            ? text.notText
            : read?.ok === false
              ? read.problem === 'EMPTY'
                ? text.tableEmpty
                : text.importColumnsMissing
              : null
        }
        onInput={(event) => {
          setNotRead(false);
          setTyped(event.currentTarget.value);
        }}
      />
      {judged.length === 0 ? null : (
        <>
          <Message tone={wrong === 0 ? 'plain' : 'amber'} role="status">
            {wrong > 0
              ? text.importWrong(wrong)
              : text.importRight(
                  judged.filter(({ effect }) => effect === 'add').length,
                  judged.filter(({ effect }) => effect === 'change').length,
                  judged.filter(({ begins }) => begins !== null).length,
                )}
          </Message>
          <Lines judged={judged} />
        </>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}

function Lines({ judged }: { readonly judged: readonly JudgedLine[] }) {
  const words = useWords();
  const text = words.organisation;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.line}</th>
          <th scope="col">{text.unitId}</th>
          <th scope="col">{text.nameZh}</th>
          <th scope="col">{text.unitKind}</th>
          <th scope="col">{text.what}</th>
        </tr>
      </thead>
      <tbody>
        {judged.map(({ line, cells, unit, effect, problems, before, begins, ends }) => (
          <tr key={line}>
            <td class="num">{line}</td>
            <td class="code">{cells.id}</td>
            <td>
              {before !== null && effect === 'change' ? (
                <>
                  <s>{before.name.zh}</s>{' '}
                </>
              ) : null}
              {cells.zh}
            </td>
            <td>{unit === null ? cells.kind : words.domain.unitKind[unit.kind]}</td>
            <td>
              {problems.length === 0 ? (
                <>
                  <p>{text.lineEffect[effect]}</p>
                  {begins === null ? null : <p class="cap">{text.begins(begins.post, begins.from)}</p>}
                  {ends === null ? null : <p class="cap">{text.ends(ends.post, ends.to ?? '')}</p>}
                </>
              ) : (
                problems.map(({ column, code }) => (
                  <p key={column} class="bad">
                    <Icon name="warn" small /> {text.problem[code]}
                  </p>
                ))
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const exampleTable = csvOf([
  ['编号', '类别', '名称', '英文名称', '职务', '任职日期'],
  ['soe-01', '国有企业', '示例城投公司', 'Example City Company', '董事长', '2026-03-01'],
  ['sub-01', '街道', '示例街道', 'Example Subdistrict', '', ''],
]);
