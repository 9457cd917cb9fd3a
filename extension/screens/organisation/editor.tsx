/** Edits the rows of a setting: a table whose rows come and go, or fields. */
import { type ComponentChildren, Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { Button, IconButton } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Cells, Column, Shape, Wrong } from './shape.ts';

interface Editing {
  readonly shape: Pick<Shape<never>, 'columns' | 'blank' | 'called' | 'kind'>;
  readonly rows: readonly Cells[];
  readonly wrong: readonly Wrong[];
  readonly change: (rows: readonly Cells[]) => void;
  /** One more column of a list, by the row's id. */
  readonly beside?: { readonly label: string; readonly of: (id: string) => ComponentChildren };
}

export function Editor(editing: Editing) {
  return editing.shape.kind === 'list' ? <Rows {...editing} /> : <Fields {...editing} />;
}

/** Rows at most in the table at once; the filter finds the others. */
const mostShown = 100;

function Rows({ shape, rows, wrong, change, beside }: Editing) {
  const words = useWords();
  const text = words.organisation;
  const [filter, setFilter] = useState('');
  const { columns } = shape;
  const wanted = filter.trim().toLowerCase();
  const isWrong = new Set(wrong.map(({ row, key }) => `${row} ${key}`));
  const wrongRows = new Set(wrong.map(({ row }) => row));
  const matching = rows
    .map((cells, n) => ({ cells, n }))
    .filter(
      ({ cells, n }) =>
        wrongRows.has(n) ||
        wanted === '' ||
        columns.some(({ key }) => (cells[key] ?? '').toLowerCase().includes(wanted)) ||
        columns.every(({ key }) => (cells[key] ?? '') === ''),
    );
  const shown = matching.slice(-mostShown);
  const set = (n: number, key: string, value: string) =>
    change(rows.map((row, at) => (at === n ? { ...row, [key]: value } : row)));
  return (
    <>
      {rows.length > 12 ? (
        <div class="row ends">
          <div class="short">
            <TextField label={text.filter} value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
          </div>
          <span class="meta" role="status">
            {text.shownOf(shown.length, rows.length)}
          </span>
        </div>
      ) : null}
      <div class="scroll">
        <table class="cells-table stacks">
          <thead>
            <tr>
              {columns.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
              {beside === undefined ? null : <th scope="col">{beside.label}</th>}
              <th scope="col">
                <span class="vh">{words.common.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ cells, n }) => (
              <tr key={cells.id}>
                {columns.map((column) => (
                  <td key={column.key} data-name={column.label}>
                    <Cell
                      column={column}
                      label={text.cellOf(column.label, n + 1)}
                      value={cells[column.key] ?? ''}
                      isWrong={isWrong.has(`${n} ${column.key}`)}
                      set={(value) => set(n, column.key, value)}
                    />
                  </td>
                ))}
                {beside === undefined ? null : <td class="cap beside-cells">{beside.of(cells.id ?? '')}</td>}
                <td>
                  <IconButton
                    icon="remove"
                    label={text.removeRow(shape.called(cells))}
                    onClick={() => change(rows.filter((_, at) => at !== n))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <Button kind="text" icon="plus" onClick={() => change([...rows, shape.blank(rows)])}>
          {text.addRow}
        </Button>
      </p>
    </>
  );
}

function Cell({
  column,
  label,
  value,
  isWrong,
  set,
}: {
  readonly column: Column;
  readonly label: string;
  readonly value: string;
  readonly isWrong: boolean;
  readonly set: (value: string) => void;
}) {
  const wrong = isWrong ? { 'aria-invalid': true } : {};
  switch (column.kind) {
    case 'select':
      return (
        <select aria-label={label} value={value} {...wrong} onChange={(event) => set(event.currentTarget.value)}>
          {column.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    case 'tick':
      return (
        <input
          type="checkbox"
          aria-label={label}
          checked={value !== ''}
          onChange={(event) => set(event.currentTarget.checked ? '1' : '')}
        />
      );
    case 'text':
    case 'number':
    case 'lines':
      return (
        <input
          type="text"
          aria-label={label}
          value={value}
          {...wrong}
          onInput={(event) => set(event.currentTarget.value)}
        />
      );
  }
}

function Fields({ shape, rows, wrong, change }: Editing) {
  const words = useWords();
  const [row = {}] = rows;
  const errorOf = (key: string) => (wrong.some((each) => each.key === key) ? words.organisation.wrongCell : null);
  const set = (key: string, value: string) => change([{ ...row, [key]: value }]);
  return (
    <div
      class={
        shape.columns.every(({ kind }) => kind === 'number' || kind === 'select')
          ? 'setting-fields ends'
          : 'setting-fields'
      }
    >
      {shape.columns.map((column) => {
        const shared = {
          label: column.label,
          value: row[column.key] ?? '',
          error: errorOf(column.key),
          ...(column.hint === undefined ? {} : { hint: column.hint }),
        };
        return (
          <Fragment key={column.key}>
            {column.kind === 'lines' ? (
              <TextArea {...shared} rows={10} onInput={(event) => set(column.key, event.currentTarget.value)} />
            ) : column.kind === 'tick' ? (
              <Tick checked={shared.value !== ''} onChange={(checked) => set(column.key, checked ? '1' : '')}>
                {column.label}
                {column.hint === undefined ? null : <span class="cap"> {column.hint}</span>}
              </Tick>
            ) : column.kind === 'select' ? (
              <SelectField {...shared} onChange={(event) => set(column.key, event.currentTarget.value)}>
                {column.options?.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </SelectField>
            ) : (
              <TextField
                {...shared}
                {...(column.kind === 'number' ? { type: 'number' as const, min: '0' } : {})}
                onInput={(event) => set(column.key, event.currentTarget.value)}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}
