import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const of = (token: string, theme: 1 | 2): string => palette.find(([name]) => name === token)?.[theme] ?? '';

/** The tables of look.md 2 and 3: a token, its colour and ratio against paper (and sunk), light and dark. */
const look = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'design', 'look.md'), 'utf8');
const plain = [
  ...look.matchAll(
    /^\|(?: [^|`]+\|)? `([\w-]+)`[^|]*\| (#\w{6}) \| ([\d.]+) \/ ([\d.]+)(?:, wash ([\d.]+))? \| (#\w{6}) \| ([\d.]+) \/ ([\d.]+)(?:, wash ([\d.]+))?/gm,
  ),
].map(([, token = '', light, lightPaper, lightSunk, lightWash, dark, darkPaper, darkSunk, darkWash]) => ({
  token,
  colours: [light, dark],
  ratios: [lightPaper, lightSunk, darkPaper, darkSunk].map(Number),
  wash: [lightWash, darkWash].flatMap((ratio) => (ratio === undefined ? [] : Number(ratio))),
}));
const washed = [
  ...look.matchAll(
    /^\|[^|]*`([\w-]+)` \/ `-wash`[^|]*\| (#\w{6}) \/ (#\w{6}) \| ([\d.]+), wash ([\d.]+) \| (#\w{6}) \/ (#\w{6}) \| ([\d.]+), wash ([\d.]+)/gm,
  ),
].map(([, token = '', light, lightWash, onLight, onLightWash, dark, darkWash, onDark, onDarkWash]) => ({
  token,
  colours: [light, dark, lightWash, darkWash],
  ratios: [onLight, onLightWash, onDark, onDarkWash].map(Number),
}));

describe('contrast of the palette', () => {
  it('is measured for every token that the page names with two ratios', () => {
    expect(plain.map(({ token }) => token)).toEqual(
      'ink ink-2 ink-3 line-strong accent collective focused one-to-one emergency neutral held'.split(' '),
    );
    expect(plain.filter(({ wash }) => wash.length === 2).map(({ token }) => token)).toEqual(['accent']);
    expect(washed.map(({ token }) => token)).toEqual(['ok', 'amber', 'fail', 'unsolved']);
  });

  it.each(plain)(
    '$token against paper and sunk, and on its wash where it has one',
    ({ token, colours, ratios, wash }) => {
      expect([of(token, 1), of(token, 2)]).toEqual(colours);
      const found = ([1, 2] as const).flatMap((theme) =>
        ['paper', 'sunk'].map((ground) => contrast(of(token, theme), of(ground, theme))),
      );
      for (const [at, ratio] of ratios.entries()) expect(found[at]).toBeCloseTo(ratio, 1);
      for (const [at, ratio] of wash.entries()) {
        const theme = at === 0 ? 1 : 2;
        expect(contrast(of(token, theme), of(`${token}-wash`, theme))).toBeCloseTo(ratio, 1);
      }
    },
  );

  it.each(washed)('$token on paper and on its own wash', ({ token, colours, ratios }) => {
    expect([of(token, 1), of(token, 2), of(`${token}-wash`, 1), of(`${token}-wash`, 2)]).toEqual(colours);
    const found = ([1, 2] as const).flatMap((theme) =>
      ['paper', `${token}-wash`].map((ground) => contrast(of(token, theme), of(ground, theme))),
    );
    for (const [at, ratio] of ratios.entries()) expect(found[at]).toBeCloseTo(ratio, 1);
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
