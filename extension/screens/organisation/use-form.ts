/** The rows of a setting while they are edited, kept as a draft. */
import * as v from 'valibot';
import { useDraft } from '../use-draft.ts';
import type { Cells } from './shape.ts';

const Kept = v.pipe(v.string(), v.parseJson(), v.array(v.record(v.string(), v.string())));

export interface Form {
  readonly rows: readonly Cells[];
  readonly isChanged: boolean;
  readonly ready: boolean;
  readonly change: (rows: readonly Cells[]) => void;
  readonly drop: () => void;
}

/** `surface` names the draft; `rows`: as the setting holds now. */
export function useForm(surface: string, rows: readonly Cells[]): Form {
  const { text, ready, type, drop } = useDraft(surface);
  const kept = text === '' ? null : v.safeParse(Kept, text);
  const held = kept?.success === true ? kept.output : null;
  return {
    rows: held ?? rows,
    isChanged: held !== null,
    ready,
    change: (next) => type(JSON.stringify(next)),
    drop,
  };
}
