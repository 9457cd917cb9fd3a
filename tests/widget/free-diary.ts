/** A bundle around any items, unsigned: it reads like a diary and cannot verify. For what is about showing, not about proof. */
import { createHash } from 'node:crypto';
import { vectors } from './vector-tree.ts';

const proseMembers = ['text', 'place', 'detail', 'thinking', 'result', 'next', 'threads', 'images'];
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Items as a flat list of cover and prose members; one with `hold` is withheld. Other members of the bundle stay those of the vectors. `iat`:
 *  when it was signed, in Unix seconds. */
export function freeBundle(
  items: readonly Readonly<Record<string, unknown>>[],
  week = '2026-W47',
  iat = 1_795_220_400,
): Record<string, unknown> {
  const disclosures: string[] = [];
  const cover = items.map((item, n) => {
    const prose = Object.fromEntries(Object.entries(item).filter(([name]) => proseMembers.includes(name)));
    const plain = Object.fromEntries(
      Object.entries(item).filter(([name]) => !proseMembers.includes(name) && name !== 'id'),
    );
    const disclosure = encoded([`salt${n}`, 'item', prose]);
    if (item.hold === undefined) disclosures.push(disclosure);
    return { _sd: [digest(disclosure)], ...plain };
  });
  const first = encoded(['salt', 'diary', { items: cover, zone: 'Asia/Shanghai' }]);
  const head = encoded({ alg: 'ES256', kid: 'none', typ: 'wd-seal+sd-jwt' });
  const seal = `${head}.${encoded({ _sd: [digest(first)], iat, iss: 'u01', week })}.AA`;
  return { ...structuredClone(vectors.base), diary: `${[seal, first, ...disclosures].join('~')}~` };
}
