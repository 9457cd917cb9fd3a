/** Ground and provision of what is withheld: beside the quick line before the first save, and in the editor later. */
import { useState } from 'preact/hooks';
import type { Ground } from '../../../shared/api/field.ts';
import type { Hold } from '../../../shared/api/journal.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';

const grounds: readonly Ground[] = ['state-secret', 'trade-secret', 'privacy'];

export interface HoldChoice {
  readonly on: boolean;
  readonly ground: Ground;
  readonly basis: string;
  /** True after a save was tried without a provision. */
  readonly missing: boolean;
  readonly set: (change: { on?: boolean; ground?: Ground; basis?: string }) => void;
  /** The hold, null while off, `missing` without a provision. */
  readonly value: () => Hold | null | 'missing';
  readonly reset: () => void;
}

/** State of the two fields. `given`: the hold that is there already. */
export function useHold(given: Hold | null = null): HoldChoice {
  const blank = {
    on: given !== null,
    ground: given?.ground ?? ('privacy' as Ground),
    basis: given?.basis ?? '',
    missing: false,
  };
  const [state, setState] = useState(blank);
  return {
    ...state,
    set: (change) => setState((before) => ({ ...before, ...change, missing: false })),
    value: () => {
      if (!state.on) return null;
      const basis = state.basis.trim();
      if (basis === '') {
        setState((before) => ({ ...before, missing: true }));
        return 'missing';
      }
      return { ground: state.ground, basis };
    },
    reset: () => setState(blank),
  };
}

/** The switch "withhold from the start" and, when on, ground and provision. */
export function HoldFields({ hold, signs }: { readonly hold: HoldChoice; readonly signs: boolean }) {
  const words = useWords();
  return (
    <div class="holding">
      <label class="choice">
        <input type="checkbox" checked={hold.on} onChange={(event) => hold.set({ on: event.currentTarget.checked })} />
        {words.journal.fromStart}
      </label>
      {hold.on ? <GroundFields hold={hold} signs={signs} /> : null}
    </div>
  );
}

/** Ground and provision, and what becomes of the text. */
export function GroundFields({ hold, signs }: { readonly hold: HoldChoice; readonly signs: boolean }) {
  const words = useWords();
  const note = signs ? words.journal.withholdBody : words.journal.withholdElsewhere;
  return <LegalFields hold={hold} note={note} />;
}

/** Ground and provision of any hold; `note` stands below. */
export function LegalFields({ hold, note }: { readonly hold: HoldChoice; readonly note: string }) {
  const words = useWords();
  return (
    <div class="stack ground">
      <SelectField
        label={words.journal.ground}
        value={hold.ground}
        onChange={(event) => {
          const ground = grounds.find((each) => each === event.currentTarget.value);
          if (ground !== undefined) hold.set({ ground });
        }}
      >
        {grounds.map((ground) => (
          <option key={ground} value={ground}>
            {words.domain.ground[ground]}
          </option>
        ))}
      </SelectField>
      <TextField
        label={words.journal.basis}
        hint={words.journal.basisHint}
        value={hold.basis}
        error={hold.missing ? words.journal.basisMissing : null}
        onInput={(event) => hold.set({ basis: event.currentTarget.value })}
      />
      <p class="cap">{note}</p>
    </div>
  );
}
