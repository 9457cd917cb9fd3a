/** Units in a grid, each with how it stands in words. */
import type { getDraws } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';
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

/** When devices of leaders signed in last, by unit; empty for who may not know. */
export type Devices = Answer<typeof getDraws>['devices'];

/** Units of which something is awaited, first, then those that have given it. */
export function standings(
  units: readonly string[],
  have: readonly string[],
  { given, waiting }: { readonly given: string; readonly waiting: (unit: string) => string },
): readonly UnitStanding[] {
  const missing = units.filter((unit) => !have.includes(unit));
  return [
    ...missing.map((unit): UnitStanding => ({ unit, word: waiting(unit), tone: 'waits' })),
    ...units.filter((unit) => have.includes(unit)).map((unit): UnitStanding => ({ unit, word: given, tone: 'done' })),
  ];
}

/** What is known of a device that is awaited: when it was here last. */
export function useDeviceWord(devices: Devices): (unit: string) => string {
  const words = useWords();
  const desk = useDesk();
  return (unit) => {
    const device = devices.find((each) => each.unit === unit);
    if (device === undefined) return words.draws.devices.waiting;
    return device.lastSeen === null
      ? words.draws.devices.never
      : words.draws.devices.seen(desk.moment(device.lastSeen));
  };
}

/** Names in a sentence; of many the first few and how many more. */
export function useNames(): (units: readonly string[]) => string {
  const words = useWords();
  const desk = useDesk();
  return (units) => {
    const names = units.slice(0, mostNames).map((unit) => desk.unitName(unit));
    const listed = names.join(words.desk.listSeparator);
    return units.length > mostNames ? words.draws.devices.andMore(listed, units.length) : listed;
  };
}

const mostNames = 6;

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
