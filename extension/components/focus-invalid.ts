/** After a refused submission the first field in error gets the focus (look.md 7, Forms). */

/** Call with the form right after the state that marks errors was set; what is marked is drawn before the timer fires. */
export function focusInvalid(form: HTMLElement): void {
  setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}
