// A part of the widget (remote/part.ts): how a lot was drawn.
import type { Kinds } from './base/shell.ts';
import { SundialDraw } from './elements/draw/draw.ts';

const kinds: Kinds = { 'sundial-draw': SundialDraw };

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
