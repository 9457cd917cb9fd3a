/** Unpredictable bytes in small amounts. */
import type { Bytes } from '../shared/base/bytes.ts';

const stockBytes = 4096;

/** Gives `n` bytes of `fill`, the system's generator unless given, which is asked for a stock of them: one journey there costs as much for
 *  twelve. None is given twice, and what was given does not stay here. */
export function randomSource(fill: (bytes: Bytes) => unknown = (bytes) => crypto.getRandomValues(bytes)) {
  const stock = new Uint8Array(stockBytes);
  let used = stockBytes;
  return (n: number): Bytes => {
    if (used + n > stockBytes) {
      if (n > stockBytes) throw new RangeError(`${n} bytes`);
      fill(stock);
      used = 0;
    }
    const bytes = stock.slice(used, used + n);
    stock.fill(0, used, used + n);
    used += n;
    return bytes;
  };
}
