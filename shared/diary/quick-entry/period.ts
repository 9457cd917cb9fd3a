// Words for a part of the day (上午, 晚上, pm) and what they make of an hour.

import { type Found, scan } from './scan.ts';

/** `am`/`pm` are the English suffixes; `night` differs from `evening` only at five o'clock. */
export type Period = 'smallHours' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'am' | 'pm';

const words: readonly (readonly [RegExp, Period])[] = [
  [/凌晨|拂晓|后半夜|下半夜/y, 'smallHours'],
  [/清晨|清早|早上|早晨|早间|晨间|一大早|大早|一早|大清早|上午|早/y, 'morning'],
  [/中午|正午|晌午|午间/y, 'noon'],
  [/下午|午后|傍晚|黄昏/y, 'afternoon'],
  [/深夜|半夜|午夜|夜里|大半夜/y, 'night'],
  [/晚上|晚间|夜晚|夜间|入夜|晚|夜/y, 'evening'],
  [/(?:in the )?morning(?![a-z])/y, 'morning'],
  [/(?:in the )?afternoon(?![a-z])/y, 'afternoon'],
  [/(?:in the )?evening(?![a-z])/y, 'evening'],
];

/** The period word at `at`. */
export function readPeriod(text: string, at: number): Found<Period> | null {
  for (const [pattern, period] of words) {
    const found = scan(pattern, text, at);
    if (found !== null) return { value: period, to: at + found[0].length };
  }
  return null;
}

/** Minutes from midnight of the day the words belong to. An hour past midnight of an evening (晚上12点半, 夜里1点) lies on
 *  the next day: 1440 and more. An hour of 13 and more is what it says. */
export function minutesIn(period: Period | null, hour: number, minute: number): number {
  return hourIn(period, hour) * 60 + minute;
}

function hourIn(period: Period | null, hour: number): number {
  if (hour > 12) return hour;
  switch (period) {
    case 'smallHours':
    case 'am':
      return hour === 12 ? 0 : hour;
    case 'noon':
      return hour === 0 ? 12 : hour <= 3 ? hour + 12 : hour;
    case 'afternoon':
    case 'pm':
      return hour === 12 || hour === 0 ? 12 : hour + 12;
    case 'evening':
    case 'night':
      return hour === 12 || hour === 0 ? 24 : hour <= (period === 'night' ? 5 : 4) ? hour + 24 : hour + 12;
    case 'morning':
    case null:
      return hour;
  }
}
