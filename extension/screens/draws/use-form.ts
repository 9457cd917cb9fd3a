/** A form whose state is a draft: what was typed is there again when the page, the browser or the machine was shut. */
import { useCallback, useMemo } from 'preact/hooks';
import * as v from 'valibot';
import { useDraft } from '../use-draft.ts';

export interface FormDraft<T> {
  readonly form: T;
  /** False until the kept draft was read. */
  readonly ready: boolean;
  readonly kept: boolean;
  readonly change: (next: T) => void;
  /** Forgets the draft: it was signed, or is not wanted. */
  readonly drop: () => void;
}

/** The form of a surface; `first` stands until something is typed. A draft that the schema does not know counts as none. */
export function useForm<T>(surface: string, schema: v.GenericSchema<unknown, T>, first: T): FormDraft<T> {
  const { text, ready, kept, type, drop } = useDraft(surface);
  const typed = useMemo(() => readForm(schema, text), [schema, text]);
  const change = useCallback((next: T) => type(JSON.stringify(next)), [type]);
  return { form: typed ?? first, ready, kept: kept && typed !== null, change, drop };
}

function readForm<T>(schema: v.GenericSchema<unknown, T>, text: string): T | null {
  if (text === '') return null;
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return read.success ? read.output : null;
}
