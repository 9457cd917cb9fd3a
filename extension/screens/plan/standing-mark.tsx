/** How a unit stands in a week: a mark, its word, and when it sealed. */
import type { Standing } from '../../../shared/organisation/plan.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';

const icons: Readonly<Record<Standing, IconName | null>> = {
  sealed: 'check',
  late: 'clock',
  open: 'clock',
  missing: 'warn',
  resting: null,
  leave: null,
};

export function StandingMark({
  standing,
  sealedAt,
}: {
  readonly standing: Standing;
  readonly sealedAt: number | null;
}) {
  const words = useWords();
  const desk = useDesk();
  const icon = icons[standing];
  return (
    <span class={`standing is-${standing}`}>
      {icon === null ? null : <Icon name={icon} small />}
      {words.plan.standing[standing]}
      {sealedAt === null ? null : <small class="num">{desk.moment(sealedAt)}</small>}
    </span>
  );
}
