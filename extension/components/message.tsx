/** A message in a frame with a symbol: a plain word, a notice, a failure, something done. */
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

const icons = { plain: 'clock', amber: 'warn', fail: 'warn', ok: 'check' } as const satisfies Record<string, IconName>;

/** `role` makes it heard when it appears: `alert` for what needs an act at once, `status` for the rest. */
export function Message({
  tone = 'plain',
  icon,
  role = 'status',
  children,
}: {
  readonly tone?: keyof typeof icons;
  readonly icon?: IconName;
  readonly role?: 'alert' | 'status';
  readonly children: ComponentChildren;
}) {
  return (
    <div class={tone === 'plain' ? 'msg' : `msg ${tone}`} role={role}>
      <Icon name={icon ?? icons[tone]} />
      <div>{children}</div>
    </div>
  );
}
