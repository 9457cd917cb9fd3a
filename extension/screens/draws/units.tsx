/** Units in a grid, each with how it stands in words. */
import { Icon, type IconName } from '../../components/icon.tsx';
import { useDesk } from '../desk/use-desk.ts';

export interface UnitStanding {
  readonly unit: string;
  readonly word: string;
  /** `done`: has done its part; `waits`: is awaited; `off`: takes no part; `drawn`: chosen. */
  readonly tone: 'done' | 'waits' | 'off' | 'drawn';
}

const icons: Readonly<Record<UnitStanding['tone'], IconName>> = {
  done: 'check',
  waits: 'wait',
  off: 'close',
  drawn: 'lot',
};

export function UnitGrid({ rows, label }: { readonly rows: readonly UnitStanding[]; readonly label: string }) {
  const desk = useDesk();
  return (
    <ul class="units" aria-label={label}>
      {rows.map(({ unit, word, tone }) => (
        <li key={unit} class={tone}>
          <Icon name={icons[tone]} small />
          <span>{desk.unitName(unit)}</span>
          <small>{word}</small>
        </li>
      ))}
    </ul>
  );
}

/** How many of how many, with the least that is needed as a line. */
export function Progress({
  have,
  of,
  least = null,
  label,
}: {
  readonly have: number;
  readonly of: number;
  readonly least?: number | null;
  readonly label: string;
}) {
  const percent = (n: number) => `${of === 0 ? 0 : Math.min(100, (n / of) * 100)}%`;
  return (
    <svg class="progress" role="img" aria-label={label} height="12">
      <rect class="ground" width="100%" height="12" />
      <rect class="have" width={percent(have)} height="12" />
      {least === null ? null : <line x1={percent(least)} x2={percent(least)} y1="0" y2="12" />}
    </svg>
  );
}
