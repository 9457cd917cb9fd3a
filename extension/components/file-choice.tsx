/** A file is chosen by words of ours: the browser's own button speaks the browser's language. */

/** `look`: classes of the words. `fault`: id of the sentence that says what is wrong with what was chosen. */
export function FileChoice({
  label,
  look,
  accept,
  multiple = false,
  disabled = false,
  fault = null,
  onFiles,
}: {
  readonly label: string;
  readonly look: string;
  readonly accept: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly fault?: string | null;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  return (
    <label class="file-choice">
      <span class={look}>{label}</span>
      <input
        type="file"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        {...(fault === null ? {} : { 'aria-invalid': true, 'aria-describedby': fault })}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // Else the same file could not be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}
