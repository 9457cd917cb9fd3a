/** Files on their way into an entry: encoded one after another, with progress, a way to stop, and a sentence for each that failed. */
import { useCallback, useRef, useState } from 'preact/hooks';
import { addImage } from '../../commands/images.ts';
import { here } from '../../device/context.ts';
import { encodeImage } from '../../device/image.ts';
import type { Saying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { sentenceOf } from '../use-act.ts';

export interface Adding {
  /** Which file is being worked on, from 1, and how many there are; null when nothing is. */
  readonly progress: { readonly at: number; readonly total: number } | null;
  readonly problems: readonly string[];
  readonly add: (files: readonly File[]) => void;
  readonly stop: () => void;
}

/** Adds files to the images of an entry. Closing the editor does not stop it: what was chosen is kept. */
export function useAdding(entry: string): Adding {
  const words = useWords();
  const [progress, setProgress] = useState<Adding['progress']>(null);
  const [problems, setProblems] = useState<readonly Saying[]>([]);
  const queue = useRef<{ files: File[]; total: number; abort: AbortController } | null>(null);

  const add = useCallback(
    (files: readonly File[]) => {
      if (files.length === 0) return;
      if (queue.current !== null) {
        queue.current.files.push(...files);
        queue.current.total += files.length;
        return;
      }
      const work = { files: [...files], total: files.length, abort: new AbortController() };
      queue.current = work;
      setProblems([]);
      void (async () => {
        for (let file = work.files.shift(); file !== undefined; file = work.files.shift()) {
          setProgress({ at: work.total - work.files.length, total: work.total });
          const problem = await addFile(entry, file, work.abort.signal);
          if (work.abort.signal.aborted) {
            const left = work.files.length + 1;
            setProblems((all) => [...all, (words) => words.images.stopped(left)]);
            break;
          }
          if (problem !== null) setProblems((all) => [...all, problem]);
        }
        queue.current = null;
        setProgress(null);
      })();
    },
    [entry],
  );
  const stop = useCallback(() => queue.current?.abort.abort(), []);
  return { progress, problems: problems.map((say) => say(words)), add, stop };
}

/** Null when it was added or stopped, else the sentence that names the file. */
async function addFile(entry: string, file: File, signal: AbortSignal): Promise<Saying | null> {
  try {
    const image = await encodeImage(file, signal, here.now);
    if (!image.ok) return ({ images }) => images.fileProblem(file.name, images.file[image.problem]);
    await addImage(entry, image.value);
    return null;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    return (words) => words.images.fileProblem(file.name, sentenceOf(error, words));
  }
}
