/** Variants of a published bundle whose verdict verification.md 9 names, whatever log it is of: RFC 6902 patches as in bundles.json. */
import { b64, b64u, fromB64u, fromUtf8, utf8 } from '../../shared/base/bytes.ts';

/** What is altered of a bundle. */
export interface Altered {
  readonly diary: string;
  readonly checkpoint: string;
  readonly published: readonly string[];
  readonly leaves: readonly { readonly i: number; readonly jws: string; readonly path: readonly string[] }[];
  readonly lock: { readonly acks: readonly string[] };
}

const typeOf = (jws: string): unknown =>
  JSON.parse(fromUtf8(fromB64u(jws.split('.')[0] ?? '') ?? new Uint8Array()) ?? '').typ;

/** The diary with one of its disclosures, [salt, name, value], said otherwise; undefined: it is left out. */
function disclosed(diary: string, which: (name: string) => boolean, change: (told: string[]) => unknown): string {
  const [jws = '', ...rest] = diary.split('~');
  const parts = rest
    .slice(0, -1)
    .map((part) => ({ part, told: JSON.parse(fromUtf8(fromB64u(part) ?? new Uint8Array()) ?? '') }));
  const at = parts.findIndex(({ told }) => which(told[1]));
  const changed = parts.flatMap(({ part, told }, n) => {
    const said = n === at ? change(told) : null;
    return n !== at ? [part] : said === undefined ? [] : [b64u(utf8(JSON.stringify(said)))];
  });
  return [jws, ...changed, ''].join('~');
}

/** As verification.md 9 names what is found. `minAcks`: of the rule. */
export function variantsOf(bundle: Altered, minAcks = 2) {
  const { diary, checkpoint, leaves, lock, published } = bundle;
  const [jws = '', ...disclosures] = diary.split('~').slice(0, -1);
  const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];
  const isItem = (name: string) => name === 'item';
  const hold = leaves.findIndex((leaf) => typeOf(leaf.jws) === 'wd-hold+jwt');
  const foreign = b64(crypto.getRandomValues(new Uint8Array(32)));
  return [
    {
      name: 'valid-other-order',
      expect: 'OK',
      patch: replace('/diary', [jws, ...disclosures.toReversed(), ''].join('~')),
    },
    {
      name: 'salt-edited',
      expect: 'TEXT_ALTERED',
      patch: replace(
        '/diary',
        disclosed(diary, isItem, ([, name, value]) => ['AAAAAAAAAAAAAAAAAAAAAA', name, value]),
      ),
    },
    {
      name: 'disclosed-twice',
      expect: 'TEXT_ALTERED',
      patch: replace('/diary', [jws, ...disclosures, disclosures[0], ''].join('~')),
    },
    {
      name: 'entry-dropped',
      expect: 'ENTRY_MISSING',
      patch: replace(
        '/diary',
        disclosed(diary, isItem, () => undefined),
      ),
    },
    {
      name: 'cover-dropped',
      expect: 'TEXT_ALTERED',
      patch: replace(
        '/diary',
        disclosed(
          diary,
          (name) => name === 'diary',
          () => undefined,
        ),
      ),
    },
    { name: 'nothing-disclosed', expect: 'ENTRY_MISSING', patch: replace('/diary', `${jws}~`) },
    { name: 'diary-missing', expect: 'BUNDLE_MALFORMED', patch: [{ op: 'remove', path: '/diary' }] },
    {
      name: 'checkpoint-edited',
      expect: 'CHECKPOINT_INVALID',
      patch: replace(
        '/checkpoint',
        checkpoint.replace(/^(.*\n)(\d+)/, (_all, origin, size) => `${origin}${Number(size) + 1}`),
      ),
    },
    { name: 'leaf-path-edited', expect: 'NOT_IN_LOG', patch: replace('/leaves/0/path/0', foreign) },
    { name: 'leaf-content-edited', expect: 'NOT_IN_LOG', patch: replace('/leaves/0/jws', leaves[1]?.jws) },
    { name: 'ack-too-few', expect: minAcks > 0 ? 'LIST_NOT_LOCKED' : 'OK', patch: replace('/lock/acks', []) },
    {
      name: 'ack-counted-twice',
      expect: minAcks > 1 ? 'LIST_NOT_LOCKED' : 'OK',
      patch: replace(
        '/lock/acks',
        lock.acks.map(() => lock.acks[0]),
      ),
    },
    { name: 'drawn-not-published', expect: 'DRAWN_NOT_PUBLISHED', patch: replace('/published', published.slice(1)) },
    ...(hold < 0
      ? []
      : [
          { name: 'hold-record-left-out', expect: 'ENTRY_MISSING', patch: [{ op: 'remove', path: `/leaves/${hold}` }] },
        ]),
  ];
}
