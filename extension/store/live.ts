/** A named query as state of a component: it runs again whenever a table it read changes, in this page or another. */
import { liveQuery } from 'dexie';
import { useEffect, useState } from 'preact/hooks';

/** The value of a query, `undefined` until its first answer. `inputs` are the values the query closes over. A query that throws throws
 *  in the component, so that the page says so instead of showing old rows. */
export function useLive<T>(query: () => Promise<T>, inputs: readonly unknown[]): T | undefined {
  const [seen, setSeen] = useState<{ value?: T; error?: unknown }>({});
  useEffect(() => {
    const subscription = liveQuery(query).subscribe({
      next: (value) => setSeen({ value }),
      error: (error: unknown) => setSeen({ error }),
    });
    return () => subscription.unsubscribe();
  }, inputs);
  if (seen.error !== undefined) throw seen.error;
  return seen.value;
}
