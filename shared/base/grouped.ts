/** What belongs together, by a key, in the order of first appearance; inside a group the order stays. `Map.groupBy` of ECMAScript 2024,
 *  which Chromium has from 117 on. */
export function grouped<Each, Key>(all: Iterable<Each>, keyOf: (each: Each) => Key): ReadonlyMap<Key, readonly Each[]> {
  const groups = new Map<Key, Each[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
