import { describe, expect, test } from 'vitest';
import { b64, b64u, fromB64, fromB64u, fromHex, fromUtf8, hex, textFromB64u } from '../../shared/base/bytes.ts';
import { codePointLength, graphemeLength, isWellFormed } from '../../shared/base/text.ts';

const random = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 197 + length * 31) % 256);

describe('text forms of bytes', () => {
  test('bytes of every length up to 70 and one of 20,000 come back as Node writes them', () => {
    for (const length of [...Array.from({ length: 71 }, (_, i) => i), 20_000]) {
      const bytes = random(length);
      expect(b64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(b64u(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromB64(b64(bytes))).toEqual(bytes);
      expect(fromB64u(b64u(bytes))).toEqual(bytes);
      expect(fromHex(hex(bytes))).toEqual(bytes);
    }
  });

  test.each(['AB==', 'AA=', 'AA', 'A===', '====', 'AA==\n', ' AA==', 'AAA_', 'AA==AA==', 'AAB='])(
    '%j is not base64 that anybody writes',
    (text) => {
      expect(fromB64(text)).toBeNull();
    },
  );

  test.each(['A', 'AB', 'AA==', 'AA+A', 'AA A', 'AAB'])('%j is not base64url that anybody writes', (text) => {
    expect(fromB64u(text)).toBeNull();
  });

  test('bytes that are no UTF-8 are no text, and a byte order mark stays', () => {
    expect(fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBeNull();
    expect(fromUtf8(Uint8Array.of(0xc3))).toBeNull();
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });

  test.each(['', 'a~\x7f\0', 'é', '苏州工业园区', '\ufeffa', '😀'])(
    '%j is read out of base64url as it was written',
    (text) => {
      expect(textFromB64u(Buffer.from(text).toString('base64url'))).toBe(text);
    },
  );

  test.each(['w6', 'AB', '_w', '7aCA', 'w6kg_w'])('%j holds no text that anybody writes', (encoded) => {
    // A character cut short, spare bits, a byte that UTF-8 has not, half a pair, a text with such a byte at its end.
    expect(textFromB64u(encoded)).toBeNull();
  });

  test('a family is seven code points and one character; half a pair is not well-formed', () => {
    expect(codePointLength('👨‍👩‍👧‍👦')).toBe(7);
    expect(graphemeLength('👨‍👩‍👧‍👦')).toBe(1);
    expect(isWellFormed('👨‍👩‍👧‍👦')).toBe(true);
    expect(isWellFormed('a\ud83d')).toBe(false);
    expect(isWellFormed('\udc68a')).toBe(false);
  });
});
