/** A dossier read once: each reading is an audit row, so a page that is looked at again does not read again. */
import { useRef } from 'preact/hooks';
import type { Dossier } from '../../../shared/api/dossiers.ts';
import { type Read, useAnswer } from '../use-answer.ts';

export function useOneReading(load: () => Promise<Dossier>, id: string): Read<Dossier> {
  const kept = useRef<Dossier | null>(null);
  const read = useAnswer(async () => {
    kept.current ??= await load();
    return kept.current;
  }, [id]);
  return {
    ...read,
    replace: (dossier) => {
      kept.current = dossier;
      read.replace(dossier);
    },
  };
}
