import { describe, expect, test } from 'vitest';
import { hex } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { canonical, jcs } from '../../shared/proof/canonical.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { readStrict } from '../../shared/proof/strict-json.ts';
import { vectorText } from '../fixtures/vectors.ts';

type Case = { name: string; input: string; output: string; sha256: string; why?: string };
const vectors: {
  cases: Case[];
  must_reject: Case[];
  thumbprint: { jwk: Parameters<typeof thumbprint>[0]; kid: string };
} = JSON.parse(vectorText('canonical'));

describe('canonical JSON', () => {
  test.each(vectors.cases)('$name has the text and the hash of the vectors', async ({ input, output, sha256 }) => {
    expect(jcs(JSON.parse(input))).toBe(output);
    expect(hex(await sha256Text(output))).toBe(sha256);
  });

  test.each(vectors.cases.filter(({ name }) => name !== 'values'))(
    '$name may be signed and is read strictly',
    ({ input, output }) => {
      expect(canonical(JSON.parse(input))).toBe(output);
      expect(readStrict(input)).toMatchObject({ ok: true, value: { canonical: output } });
    },
  );

  test.each([...vectors.must_reject, { name: 'fractions of the RFC', input: vectors.cases[4]?.input ?? '' }])(
    '$name is refused by producers',
    ({ input }) => {
      expect(readStrict(input).ok).toBe(false);
    },
  );

  test.each([
    ['{"a":{"b":1},"c":{"b":1}}', true],
    ['{"a":"{\\"a\\":1}","b":["a","a"]}', true],
    ['[{"a":1},{"a":1,"\\u0061":2}]', false],
    ['{"a" : 1, "a"\n:2}', false],
    ['{"a":1', false],
    ['9007199254740993', false],
  ])('%s is read strictly: %s', (text, accepted) => {
    expect(readStrict(text).ok).toBe(accepted);
  });

  test('a key id is the hash of the canonical public key', async () => {
    expect(await thumbprint(vectors.thumbprint.jwk)).toBe(vectors.thumbprint.kid);
  });
});
