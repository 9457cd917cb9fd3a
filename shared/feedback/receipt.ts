/** A reader's receipt (closed-loop.md "Contact and receipt"): a number that the server gives and a secret code that the browser makes.
 *  The server gets and keeps only the code's SHA-256. */
import { type Bytes, b64u } from '../base/bytes.ts';
import { sha256Text } from '../base/digest.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The code of 10 random bytes: 16 letters of Crockford base32 in fours, `7K3M-0Q2V-XW9A-4T6B`. */
export function receiptCode(random: Bytes): string {
  let bits = 0n;
  for (const byte of random.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  // Not by `Array.from`, which prototype.js replaces.
  const letters = [...Array(16).keys()].map((i) => crockford[Number((bits >> BigInt(75 - 5 * i)) & 31n)] ?? '');
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}

/** The 16 letters of a code as a person typed it: any case, with or without hyphens and blanks, O read as 0, I and L as 1. Null when
 *  these are no 16 letters of Crockford base32. */
export function plainCode(typed: string): string | null {
  const plain = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain) ? plain : null;
}

/** What the server may know of a code: b64u(SHA-256(ASCII of its 16 letters)). Takes the letters that `plainCode` gives. */
export const codeHashOf = async (plain: string): Promise<string> => b64u(await sha256Text(plain));

/** The receipt's number: eight digits and a check digit, so that one wrong or two swapped digits are seen before anything is asked.
 *  ISO/IEC 7064 MOD 11,10. `serial` is 0 to 99,999,999. */
export function receiptNumber(serial: number): string {
  const digits = String(serial).padStart(8, '0');
  return digits + checkDigit(digits);
}

/** Whether a text is a number that `receiptNumber` could have given. */
export const isReceiptNumber = (text: string): boolean =>
  /^\d{9}$/.test(text) && checkDigit(text.slice(0, 8)) === text.slice(8);

function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}
