/** The own target of the focused share: kept on this device when the field is left, none where it is empty. */
import { useState } from 'preact/hooks';
import { setFocusedTarget } from '../../commands/notices.ts';
import { TextField } from '../../components/field.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { focusedTarget } from '../../store/private-settings.ts';

export function TargetField() {
  const words = useWords();
  const text = words.notices.settings;
  const target = useLive(async () => ({ percent: await focusedTarget(here.database) }), []);
  const [typed, setTyped] = useState<string | null>(null);
  if (target === undefined) return null;
  const value = typed ?? (target.percent === null ? '' : String(target.percent));
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
        onBlur={() => {
          if (!isWrong) void setFocusedTarget(percent).then(() => setTyped(null));
        }}
      />
    </div>
  );
}
