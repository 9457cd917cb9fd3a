/** The own target of the focused share: kept on this device by Enter or when the field is left, none where it is empty. */
import { useState } from 'preact/hooks';
import { setFocusedTarget } from '../../commands/notices.ts';
import { TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';

/** `target` in percent, null without one. */
export function TargetField({ target }: { readonly target: number | null }) {
  const words = useWords();
  const text = words.notices.settings;
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? (target === null ? '' : String(target));
  const percent = value.trim() === '' ? null : Number(value);
  const isWrong = percent !== null && !(Number.isInteger(percent) && percent >= 1 && percent <= 100);
  return (
    <div class="short">
      <TextField
        type="number"
        min="1"
        max="100"
        label={text.target}
        hint={text.targetHint}
        error={isWrong ? text.targetWrong : null}
        value={value}
        optional
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={() => {
          if (!isWrong) void setFocusedTarget(percent).then(() => setTyped(null));
        }}
      />
    </div>
  );
}
