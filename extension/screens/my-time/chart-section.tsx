/** A section with a picture, the same numbers as a table, and how they were counted. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useWords } from '../../locales/use-words.ts';

export function ChartSection({
  title,
  unit,
  how,
  picture,
  table,
}: {
  readonly title: string;
  readonly unit?: string;
  readonly how: readonly string[];
  readonly picture: ComponentChildren;
  readonly table: ComponentChildren;
}) {
  const words = useWords();
  const [asTable, setAsTable] = useState(false);
  const shown = asTable ? words.common.asChart : words.common.asTable;
  return (
    <section class="chart-section">
      <h2 class="h">
        {title}
        {unit === undefined ? null : <small>{unit}</small>}
      </h2>
      {asTable ? <div class="scroll">{table}</div> : picture}
      <div class="how">
        <button
          type="button"
          class="link"
          aria-label={`${shown}: ${title}`}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {shown}
        </button>
        <details>
          <summary>{words.common.howCounted}</summary>
          {how.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </details>
      </div>
    </section>
  );
}
