/** What a change of a setting changes and touches, before it holds. */
import type { Effect } from '../../../shared/api/settings.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { type CellChange, cellText, type Difference } from './differences.ts';
import type { Cells, Column } from './shape.ts';

export function ChangeDialog({
  name,
  differences,
  effects,
  columns,
  called,
  nameOf,
  busy,
  problem,
  onApply,
  onClose,
}: {
  readonly name: string;
  readonly differences: readonly Difference[];
  readonly effects: readonly Effect[];
  readonly columns: readonly Column[];
  readonly called: (cells: Cells) => string;
  /** What an effect's id is called. */
  readonly nameOf: (id: string) => string;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onApply: () => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const text = words.organisation;
  const isHindered = effects.some(({ code }) => code === 'CATEGORY_SHOWN');
  return (
    <Dialog
      title={text.changeTitle(name)}
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy || isHindered || differences.length === 0} onClick={onApply}>
            {text.apply}
          </Button>
        </>
      }
    >
      {differences.length === 0 ? <p>{text.nothingChanged}</p> : null}
      <ul class="lines">
        {differences.map((difference) => (
          <li key={difference.cells.id ?? ''}>
            <span>
              {difference.kind === 'changed' ? (
                difference.changes.map((change) => <Changed key={change.column.key} change={change} />)
              ) : (
                <Whole cells={difference.cells} columns={columns} />
              )}
            </span>
            <span class="meta nowrap">
              {difference.kind === 'changed' ? called(difference.cells) : text[difference.kind]}
            </span>
          </li>
        ))}
      </ul>
      {effects.map(({ code, id, count }) => (
        <Message key={`${code} ${id}`} tone={code === 'DEADLINES_STAY' || code === 'STILL_WAITING' ? 'plain' : 'amber'}>
          {text.effect[code](id === null ? '' : nameOf(id), count)}
        </Message>
      ))}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}

function Changed({ change: { column, before, after, came, went } }: { readonly change: CellChange }) {
  const words = useWords();
  const text = words.organisation;
  const say = sayOf(words);
  if (column.kind !== 'lines')
    return <p>{text.fromTo(column.label, cellText(column, before, say), cellText(column, after, say))}</p>;
  return (
    <>
      <p class="meta">{column.label}</p>
      {came.length === 0 ? null : (
        <p>
          <b>{text.added}</b> {came.join(words.common.enumeration)}
        </p>
      )}
      {went.length === 0 ? null : (
        <p>
          <b>{text.removed}</b> <s>{went.join(words.common.enumeration)}</s>
        </p>
      )}
    </>
  );
}

function Whole({ cells, columns }: { readonly cells: Cells; readonly columns: readonly Column[] }) {
  const say = sayOf(useWords());
  return (
    <>
      {columns
        .filter(({ key }) => (cells[key] ?? '') !== '')
        .map((column) => cellText(column, cells[column.key] ?? '', say))
        .join(' · ')}
    </>
  );
}

const sayOf = ({ organisation: { yes, no, empty } }: Words) => ({ yes, no, empty });
