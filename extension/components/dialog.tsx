/** A modal dialog on the platform's own element: the focus begins in its first field, stays inside and goes back; Escape closes, and Enter in
 *  a line of text does what the footer's main button does. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useWords } from '../locales/use-words.ts';
import { IconButton } from './button.tsx';
import { focusInvalid } from './focus-invalid.ts';

/** What is filled in; of radio buttons the chosen one. */
const fields =
  'input:not([type=radio], [tabindex="-1"]):enabled, input[type=radio]:checked, select:enabled, textarea:enabled';

/** Lines in which Enter says "done", as it does in a form. */
const lines = 'input:not([type=checkbox], [type=radio], [type=file], [readonly])';
/** What a dialog is there for: its one button with a weight. */
const mainButton = ':scope > footer .btn:not(.quiet, .text)';

/** Shown while it is in the tree; the parent takes it out when `onClose` is called. `footer` holds the actions; where one
 *  marks a field as wrong, that field takes the focus. A `wide` one is there to be
 *  read and scrolls by keyboard. */
export function Dialog({
  title,
  onClose,
  footer,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly footer?: ComponentChildren;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}) {
  const words = useWords();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    // The platform would take the cross, which comes first.
    if (!wide && dialog?.querySelector('[autofocus]') === null)
      dialog.querySelector<HTMLElement>(`.body :is(${fields})`)?.focus();
    dialog?.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('footer button') !== null) focusInvalid(dialog);
    });
    return () => {
      dialog?.close();
      // The dialog has left the page by now, so the browser no longer leads the focus back.
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      class={wide ? 'wide' : ''}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        const { target, currentTarget, key, isComposing, keyCode, defaultPrevented } = event;
        // 229: the Enter belongs to an input method.
        if (key !== 'Enter' || isComposing || keyCode === 229 || defaultPrevented) return;
        if (!(target instanceof HTMLElement) || !target.matches(lines)) return;
        // A form in the dialog has an Enter of its own.
        if (target.closest('form, dialog') !== currentTarget) return;
        event.preventDefault();
        currentTarget.querySelector<HTMLButtonElement>(mainButton)?.click();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <span class="end">
          <IconButton icon="close" label={words.common.close} onClick={onClose} />
        </span>
      </header>
      <div class="body" {...(wide ? { tabIndex: 0, role: 'region', 'aria-labelledby': id } : {})}>
        {children}
      </div>
      {footer === undefined ? null : <footer>{footer}</footer>}
    </dialog>
  );
}
