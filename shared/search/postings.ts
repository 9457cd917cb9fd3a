/** Which diaries of a segment have a gram, as a short text: steps where they are few, one bit for each diary where they are many. */

/** Numbers 0 to 999 in rising order as text. A step, the distance to the one before less one, is one letter up to 47, else two; `~` is followed
 *  by six diaries in each letter, the lowest bit first. */
export function writePostings(numbers: readonly number[]): string {
  let steps = '';
  let before = -1;
  for (const n of numbers) {
    const gap = n - before - 1;
    const far = gap - near;
    steps += far < 0 ? letters[gap] : `${letters[near + (far >> 6)]}${letters[far & 63]}`;
    before = n;
  }
  const bitsLength = 2 + Math.floor(before / 6);
  if (numbers.length === 0 || steps.length <= bitsLength) return steps;
  const sextets = new Uint8Array(Math.floor(before / 6) + 1);
  for (const n of numbers) sextets[Math.floor(n / 6)] = (sextets[Math.floor(n / 6)] ?? 0) | (1 << (n % 6));
  return `~${Array.from(sextets, (sextet) => letters[sextet]).join('')}`;
}

/** The numbers again. */
export function readPostings(text: string): number[] {
  const numbers: number[] = [];
  const at = (index: number): number => letters.indexOf(text.charAt(index));
  if (text.startsWith('~')) {
    for (let index = 1; index < text.length; index += 1)
      for (let bit = 0; bit < 6; bit += 1) if (at(index) & (1 << bit)) numbers.push((index - 1) * 6 + bit);
    return numbers;
  }
  let before = -1;
  for (let index = 0; index < text.length; index += 1) {
    const letter = at(index);
    if (letter < near) before += letter + 1;
    else {
      index += 1;
      before += near + ((letter - near) << 6) + at(index) + 1;
    }
    numbers.push(before);
  }
  return numbers;
}

/** Steps of one letter end here; the sixteen letters behind lead a step of two. */
const near = 48;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
