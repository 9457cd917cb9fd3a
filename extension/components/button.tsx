/** Buttons. One primary button a screen (look.md 9). */
import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Native = Omit<JSX.IntrinsicElements['button'], 'icon' | 'children'>;

/** A button with words; `kind` is its weight. */
export function Button({
  kind = 'quiet',
  small = false,
  icon,
  children,
  ...native
}: Native & {
  readonly kind?: 'primary' | 'quiet' | 'text' | 'danger';
  readonly small?: boolean;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) {
  const weight = kind === 'primary' ? 'btn' : `btn ${kind}`;
  return (
    <button type="button" {...native} class={small ? `${weight} small` : weight}>
      {icon === undefined ? null : <Icon name={icon} small />}
      {children}
    </button>
  );
}

/** A button that is a symbol alone; `label` is its name. */
export function IconButton({ icon, label, ...native }: Native & { readonly icon: IconName; readonly label: string }) {
  return (
    <button type="button" {...native} class="icb" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
