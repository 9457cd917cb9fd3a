// A part of the widget (remote/part.ts): what readers said of a diary, below it.
import type { Kinds } from './base/shell.ts';
import { SundialTalk } from './parts/talk/talk.ts';

const kinds: Kinds = { 'sundial-talk': SundialTalk };

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
