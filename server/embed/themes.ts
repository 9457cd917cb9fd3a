/** Ready style sheets of the widget's public properties (look.md 9), one for each kind of page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const themeNames = ['plain', 'uswds', 'govuk', 'dsfr'] as const;
export type ThemeName = (typeof themeNames)[number];

export const isTheme = (text: string): text is ThemeName => themeNames.some((name) => name === text);

/** Text of the style sheet. */
export const readTheme = (name: ThemeName): string =>
  readFileSync(join(import.meta.dirname, 'themes', `${name}.css`), 'utf8');
