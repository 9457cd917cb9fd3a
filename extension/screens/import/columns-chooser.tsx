/** What the columns of a table are, with its first row below them. */
import { useState } from 'preact/hooks';
import { type ColumnRole, roles } from '../../../shared/diary/calendar/columns.ts';
import type { Separator } from '../../../shared/diary/calendar/table.ts';
import { parseDay } from '../../../shared/time/civil.ts';
import { RadioGroup, Tick } from '../../components/choice.tsx';
import { SelectField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { type Cut, cutBy, type Opened } from './open-file.ts';

const separators = { comma: ',', semicolon: ';', tab: '\t', none: null } as const satisfies Record<string, Separator>;
type SeparatorName = keyof typeof separators;
const names: readonly SeparatorName[] = ['comma', 'semicolon', 'tab', 'none'];

export function ColumnsChooser({
  opened,
  today,
  onChange,
}: {
  readonly opened: Extract<Opened, { readonly kind: 'table' }>;
  readonly today: string;
  readonly onChange: (cut: Cut) => void;
}) {
  const words = useWords();
  const text = words.imports;
  const { cut, table } = opened;
  const { columns, rows, order } = cut;
  const [isOpen] = useState(order === null);
  const first = rows[columns.header ? 1 : 0]?.cells ?? [];
  const head = columns.header ? (rows[0]?.cells ?? []) : [];
  const assign = (column: number, role: ColumnRole | null) => {
    // Only words may come from several columns.
    const isSingle = role !== null && role !== 'text' && role !== 'detail';
    const of = columns.of.map((each, n) => (n === column ? role : isSingle && each === role ? null : each));
    onChange({ ...cut, columns: { ...columns, of } });
  };
  return (
    <details open={isOpen}>
      <summary>{text.columns}</summary>
      <div class="stack">
        <p class="meta">{text.columnsHint}</p>
        <div class="fields">
          <SelectField
            label={text.separator}
            value={names.find((name) => separators[name] === cut.separator) ?? 'none'}
            onChange={({ currentTarget: { value } }) => {
              const name = names.find((each) => each === value) ?? 'none';
              onChange(cutBy(table.text, separators[name], parseDay(today) ?? 0));
            }}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {text.separators[name]}
              </option>
            ))}
          </SelectField>
        </div>
        <Tick checked={columns.header} onChange={(header) => onChange({ ...cut, columns: { ...columns, header } })}>
          {text.headerRow}
        </Tick>
        <div class="fields">
          {columns.of.map((role, column) => {
            const name = head[column] ?? '';
            const label = name === '' ? text.columnNumber(column + 1) : text.column(name);
            return (
              <SelectField
                key={label}
                label={label}
                value={role ?? ''}
                {...((first[column] ?? '') === '' ? {} : { hint: [...(first[column] ?? '')].slice(0, 40).join('') })}
                onChange={({ currentTarget: { value } }) =>
                  assign(column, roles.find((each) => each === value) ?? null)
                }
              >
                <option value="">{text.roleNone}</option>
                {roles.map((each) => (
                  <option key={each} value={each}>
                    {text.role[each]}
                  </option>
                ))}
              </SelectField>
            );
          })}
        </div>
        {order === undefined ? null : (
          <RadioGroup
            label={text.order(dateIn(cut))}
            value={order}
            options={[
              { value: 'dayFirst', label: text.orders.dayFirst },
              { value: 'monthFirst', label: text.orders.monthFirst },
            ]}
            onChoose={(chosen) => onChange({ ...cut, order: chosen })}
          />
        )}
      </div>
    </details>
  );
}

// The first date whose order matters, as it stands there.
function dateIn({ rows }: Cut): string {
  for (const { cells } of rows)
    for (const cell of cells) {
      const found = /\d{1,2}([-/.])\d{1,2}\1\d{2,4}/.exec(cell);
      if (found !== null) return found[0];
    }
  return '';
}
