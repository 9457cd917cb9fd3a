/** What the grid has to say about the last change: why it was refused, or what it overlaps with and how to end that. Lies over the foot of
 *  the grid, so that nothing jumps. */
import type { ComponentChildren } from 'preact';
import { IconButton } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';

/** Silent for screen readers: the page's one live message says the same. */
export function GridNotice({
  icon,
  closeLabel,
  onClose,
  children,
}: {
  readonly icon: IconName;
  readonly closeLabel?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const words = useWords();
  return (
    <div class="notice">
      <Icon name={icon} />
      <div>{children}</div>
      <IconButton icon="close" label={closeLabel ?? words.common.close} onClick={onClose} />
    </div>
  );
}
