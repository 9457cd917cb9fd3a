/** What unfolds beside the grid instead of over it: takes the focus when it opens, Escape or its button closes it. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';

/** `focusing`: the heading takes the focus; false where a field inside takes it itself. */
export function SidePanel({
  title,
  focusing = true,
  onClose,
  children,
}: {
  readonly title: string;
  readonly focusing?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const words = useWords();
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (focusing) heading.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, [focusing]);
  return (
    <section
      class="side"
      ref={panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
        if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || isInDialog) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <span class="end">
          <IconButton icon="close" label={words.common.close} onClick={onClose} />
        </span>
      </header>
      {children}
    </section>
  );
}
