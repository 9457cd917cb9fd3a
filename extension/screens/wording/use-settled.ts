/** A value that waits until it stays the same, for what is read aloud: not at every key. */
import { useEffect, useState } from 'preact/hooks';

const restMs = 900;

/** The value after it stood unchanged for a moment. An empty text settles at once. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    if (value === '') {
      setSettled('');
      return;
    }
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
