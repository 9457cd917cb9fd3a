/** Picture files that are dropped on an element or pasted while the focus is in its editor. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** `area` receives; `editor` selects the form around it in which pasting counts. True while files are dragged over the page. */
export function useFiles(
  area: RefObject<HTMLElement | null>,
  editor: string,
  take: ((files: readonly File[]) => void) | null,
): boolean {
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    if (take === null) return;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDragged(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragged(false);
    };
    const drop = (event: DragEvent) => {
      setDragged(false);
      if (!hasFiles(event)) return;
      // Beside the area too: a file must never replace the page.
      event.preventDefault();
      if (event.target instanceof Node && area.current?.contains(event.target) === true)
        take([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const form = area.current?.closest(editor);
      if (files.length === 0 || form?.contains(document.activeElement) !== true) return;
      event.preventDefault();
      take(files);
    };
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('dragover', over, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    document.addEventListener('paste', paste, { signal });
    return () => stop.abort();
  }, [area, editor, take]);
  return dragged;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
