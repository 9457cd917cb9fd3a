import { describe, expect, it } from 'vitest';
import { palette } from '../../widget/base/tokens.ts';

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const rounded = (n: number): number => Math.round(n * 10) / 10;
const of = (token: string, theme: 1 | 2): string => palette.find(([name]) => name === token)?.[theme] ?? '';

/** The table of look.md 2 and 3: ratio against paper and sunk, light and dark; `null` where it names none. */
const table: readonly (readonly [
  token: string,
  lightPaper: number,
  lightSunk: number,
  darkPaper: number,
  darkSunk: number,
])[] = [
  ['ink', 17.1, 15.6, 15.0, 13.5],
  ['ink-2', 8.7, 8.0, 9.8, 8.8],
  ['ink-3', 5.5, 5.0, 6.5, 5.9],
  ['line-strong', 3.8, 3.4, 4.9, 4.4],
  ['accent', 8.2, 7.5, 8.7, 7.8],
  ['collective', 6.3, 5.8, 5.1, 4.6],
  ['focused', 3.4, 3.1, 10.8, 9.7],
  ['one-to-one', 12.4, 11.4, 11.6, 10.4],
  ['emergency', 5.8, 5.3, 5.0, 4.5],
  ['neutral', 3.6, 3.3, 5.5, 4.9],
  ['held', 4.9, 4.5, 7.1, 6.4],
];

describe('contrast of the palette', () => {
  it.each(table)('%s against paper and sunk', (token, ...ratios) => {
    const found = ([1, 2] as const).flatMap((theme) =>
      ['paper', 'sunk'].map((ground) => rounded(contrast(of(token, theme), of(ground, theme)))),
    );
    for (const [at, ratio] of ratios.entries()) expect(Math.abs((found[at] ?? 0) - ratio)).toBeLessThanOrEqual(0.1);
  });

  it.each([
    ['ok', 5.8, 7.9],
    ['amber', 5.8, 8.0],
    ['fail', 5.9, 6.9],
    ['unsolved', 7.7, 7.5],
    ['accent', 7.1, 7.1],
  ] as const)('%s on its own wash', (token, light, dark) => {
    expect(rounded(contrast(of(token, 1), of(`${token}-wash`, 1)))).toBeCloseTo(light, 0);
    expect(rounded(contrast(of(token, 2), of(`${token}-wash`, 2)))).toBeCloseTo(dark, 0);
  });

  it('text on the primary button and on its hovered ground can be read', () => {
    for (const theme of [1, 2] as const)
      for (const ground of ['accent', 'accent-strong'])
        expect(contrast(of('on-accent', theme), of(ground, theme))).toBeGreaterThan(7);
  });

  it('every tone of a bar stands out from both grounds', () => {
    for (const theme of [1, 2] as const)
      for (const tone of ['collective', 'collective-deep', 'collective-soft', 'focused', 'focused-deep'])
        for (const ground of ['paper', 'sunk'])
          expect(contrast(of(tone, theme), of(ground, theme))).toBeGreaterThanOrEqual(3.05);
  });
});
