/** Contrast of the ready themes (WCAG 2.2: 1.4.3 text 4.5, 1.4.11 borders and focus 3), for light and dark pages. */
import { describe, expect, it } from 'vitest';
import { readTheme, themeNames } from '../../server/embed/themes.ts';
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

/** Tokens of a theme over those of the widget: light, dark. */
function coloursOf(css: string): ReadonlyMap<string, readonly [light: string, dark: string]> {
  const given = [...css.matchAll(/--sundial-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  const own = given.map(([, name = '', light = '', dark = '']) => [name, [light, dark] as const] as const);
  return new Map([...palette.map(([name, light, dark]) => [name, [light, dark] as const] as const), ...own]);
}

describe.each(themeNames)('the theme %s', (name) => {
  const css = readTheme(name);
  const colours = coloursOf(css);
  const ratio = (token: string, ground: string, mode: 0 | 1): number =>
    contrast(colours.get(token)?.[mode] ?? '#000000', colours.get(ground)?.[mode] ?? '#000000');
  const each = (tokens: readonly string[], grounds: readonly string[]) =>
    ([0, 1] as const).flatMap((mode) =>
      tokens.flatMap((token) => grounds.map((ground) => ({ token, ground, mode, is: ratio(token, ground, mode) }))),
    );

  it('has text of at least 4.5 on paper, on quiet areas and on the wash of what is chosen', () => {
    const found = each(['ink', 'ink-2', 'ink-3', 'accent', 'accent-strong'], ['paper', 'sunk', 'accent-wash']);
    expect(found.filter(({ is }) => is < 4.5)).toEqual([]);
  });

  it('has borders of fields, focus rings and every mode of at least 3 on both grounds', () => {
    const marks = ['line-strong', 'focus', 'collective', 'focused', 'one-to-one', 'emergency', 'neutral', 'held'];
    expect(each(marks, ['paper', 'sunk']).filter(({ is }) => is < 3)).toEqual([]);
  });

  it('has words on the primary button of at least 4.5, also under the pointer', () => {
    expect(each(['on-accent'], ['accent', 'accent-strong']).filter(({ is }) => is < 4.5)).toEqual([]);
  });

  it('leaves the colours of checks and cases readable on its ground', () => {
    expect(each(['ok', 'amber', 'fail', 'unsolved'], ['paper', 'sunk']).filter(({ is }) => is < 4.5)).toEqual([]);
  });

  it('gives the same light colours to browsers that do not know light-dark()', () => {
    const plain = [...css.matchAll(/--sundial-([\w-]+): (#[0-9a-f]{6});/g)].map(([, token = '', value]) => [
      token,
      value,
    ]);
    expect(plain.length).toBe(12);
    for (const [token = '', value] of plain) expect([token, colours.get(token)?.[0]]).toEqual([token, value]);
  });

  it('sets public properties and nothing else', () => {
    const set = [...css.replace(/\/\*.*?\*\//gs, '').matchAll(/([\w-]+):\s/g)].map(([, property = '']) => property);
    expect(set.filter((property) => !property.startsWith('--sundial-') && property !== 'color')).toEqual([]);
    expect(css).not.toMatch(/\brem\b|url\(|@import/);
  });
});
