/** What a person types as a mobile number. */

/** The number as ITU-T E.164 writes it, `+` and up to 15 digits; null for what is no number, or one of a country that is not written to.
 *  `countries`: calling codes; the first is that of numbers which name none. Blanks, hyphens, brackets and full-width digits are taken as meant. */
export function phoneNumberOf(typed: string, countries: readonly string[]): string | null {
  const plain = typed.normalize('NFKC').replace(/[\s().-]/g, '');
  const digits = /^(?:\+|00)(\d+)$/.exec(plain)?.[1];
  const [home = ''] = countries;
  if (digits === undefined) return /^\d+$/.test(plain) ? inCountry(home, plain.replace(/^0+/, '')) : null;
  const country = countries.find((code) => digits.startsWith(code));
  return country === undefined ? null : inCountry(country, digits.slice(country.length));
}

/** Mainland mobile numbers have a form of their own (工业和信息化部, 电信网编号计划); of others only the length is known here. */
function inCountry(country: string, rest: string): string | null {
  const isNumber =
    country === '86' ? /^1[3-9]\d{9}$/.test(rest) : /^\d{6,}$/.test(rest) && country.length + rest.length <= 15;
  return isNumber ? `+${country}${rest}` : null;
}
