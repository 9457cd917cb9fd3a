import { expect, test } from 'vitest';
import { codeHashOf, isReceiptNumber, plainCode, receiptCode, receiptNumber } from '../../shared/feedback/receipt.ts';

test('a code has 16 letters of Crockford base32 in fours for its 80 bits', () => {
  expect(receiptCode(new Uint8Array(10))).toBe('0000-0000-0000-0000');
  expect(receiptCode(new Uint8Array(10).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  // 00 44 32 14 c7 42 54 b6 35 cf is the alphabet's first 16 values in five bits each (RFC 4648 order, Crockford 32)
  expect(receiptCode(Uint8Array.of(0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf))).toBe(
    '0123-4567-89AB-CDEF',
  );
});

test('a code is read in any case, with O for 0, I and L for 1, with blanks or none', () => {
  expect(plainCode('o123-4567-89ab-cdef')).toBe('0123456789ABCDEF');
  expect(plainCode(' 0 l 2 3 4567 89ab cdef')).toBe('0123456789ABCDEF');
  expect(plainCode('０１２３４５６７８９ＡＢＣＤＥＦ')).toBe('0123456789ABCDEF');
  expect(plainCode('0123-4567-89AB-CDEU')).toBeNull();
  expect(plainCode('0123-4567-89AB-CDE')).toBeNull();
});

test('the server knows a code by its SHA-256 alone', async () => {
  // printf 0123456789ABCDEF | openssl dgst -sha256 -binary | basenc --base64url
  expect(await codeHashOf('0123456789ABCDEF')).toBe('ISWywzKxETqum_xen347TJHYKMuULC3x7rAlAuzK6ek');
});

test('one wrong digit or two neighbours swapped are no receipt number', () => {
  const number = receiptNumber(794);
  expect(isReceiptNumber(number)).toBe(true);
  for (let at = 0; at < 9; at += 1)
    for (let digit = 0; digit < 10; digit += 1)
      if (String(digit) !== number[at])
        expect(isReceiptNumber(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false);
  expect(isReceiptNumber(receiptNumber(12345678))).toBe(true);
  expect(isReceiptNumber(receiptNumber(12354678).slice(0, 8) + receiptNumber(12345678).slice(8))).toBe(false);
  expect(isReceiptNumber('1234')).toBe(false);
});
