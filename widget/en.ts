// A part of the widget (remote/part.ts): the words of the main file in English.
import { words } from './locales/en.ts';

if (document.currentScript) Object.assign(document.currentScript, { sundial: { words } });
