// Colours and faces of look.md 2 to 4 as private properties: a page sets `--sundial-<token>`, the widget declares no public one.
import { unsafeCSS } from 'lit';

/** Token, light value, dark value. The order has no meaning. */
export const palette: readonly (readonly [token: string, light: string, dark: string])[] = [
  ['paper', '#ffffff', '#17181a'],
  ['sunk', '#f5f5f2', '#202225'],
  ['line', '#dddcd6', '#383a3e'],
  ['line-strong', '#84847c', '#85878c'],
  ['ink', '#1b1c1e', '#ececea'],
  ['ink-2', '#494b4f', '#bfc0c2'],
  ['ink-3', '#67696d', '#9b9da1'],
  ['accent', '#1c4f91', '#8fb8ee'],
  ['accent-strong', '#143a6d', '#b5d0f5'],
  ['accent-wash', '#eaf0f8', '#1d2a3d'],
  ['on-accent', '#ffffff', '#10151c'],
  ['focus', '#1c4f91', '#8fb8ee'],
  ['ok', '#1a6b3c', '#7fcb9b'],
  ['ok-wash', '#e9f3ed', '#18291f'],
  ['amber', '#855300', '#e6b45a'],
  ['amber-wash', '#fbf1dd', '#2d2413'],
  ['fail', '#b0241c', '#f2938b'],
  ['fail-wash', '#fcecea', '#351d1b'],
  ['unsolved', '#7a2d5c', '#dfa0c4'],
  ['unsolved-wash', '#f6ebf1', '#301d29'],
  ['sun', '#e5a00d', '#f0b83a'],
  ['collective', '#2460a8', '#4d8bd8'],
  ['collective-deep', '#173f75', '#3a6eb3'],
  ['collective-soft', '#5089cc', '#8db9f0'],
  ['focused', '#b88100', '#ecc65f'],
  ['focused-deep', '#996c00', '#cfa746'],
  ['one-to-one', '#4d1f63', '#dcc8f8'],
  ['emergency', '#bb3410', '#e0603a'],
  ['neutral', '#85868a', '#8d8f94'],
  ['held', '#6f7075', '#a2a4a8'],
];

/** Tokens that become a system colour where the reader forces colours; all others become `CanvasText`. */
const forced: Readonly<Record<string, string>> = {
  paper: 'Canvas',
  accent: 'LinkText',
  'accent-strong': 'LinkText',
  'on-accent': 'Canvas',
  focus: 'Highlight',
};

const latin = '"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans"';
const hei = '"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC"';
const song = '"Songti SC","STZhongsong","Source Han Serif SC","Noto Serif SC","Noto Serif CJK SC"';

const declared = (value: (row: (typeof palette)[number]) => string): string =>
  palette.map((row) => `--_${row[0]}:${value(row)};`).join('');

/** All private properties on `:host`: light by default, both where `light-dark()` is known, system colours where forced. A Chinese face
 *  stands first, so that “” and — have their width (look.md 4); English screens begin with a Latin one. */
export const tokens = unsafeCSS(
  `:host{${declared(([name, light]) => `var(--sundial-${name},${light})`)}` +
    `--_zh:var(--sundial-font,${hei},"Segoe UI",Roboto,sans-serif);` +
    `--_en:var(--sundial-font,${latin},${hei},sans-serif);` +
    `--_song:var(--sundial-font-title,${song},var(--_zh));` +
    '--_code:var(--sundial-font-code,ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace);' +
    '--_radius:var(--sundial-radius,4px);--_quick:120ms}' +
    `@supports (color:light-dark(red,red)){:host{${declared(([name, light, dark]) => `var(--sundial-${name},light-dark(${light},${dark}))`)}}}` +
    `@media (forced-colors:active){:host{${declared(([name]) => forced[name] ?? (name.endsWith('-wash') || name === 'sunk' ? 'Canvas' : 'CanvasText'))}}}` +
    '@media (prefers-reduced-motion:reduce){:host{--_quick:0ms}}',
);
