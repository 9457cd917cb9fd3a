// A part of the widget (remote/part.ts): what readers said of a diary, below it or in a page that shows it in its own way.
import type { Kinds } from './base/shell.ts';
import { SundialComments } from './elements/comments/comments.ts';
import { SundialTalk } from './parts/talk/talk.ts';

const kinds: Kinds = { 'sundial-talk': SundialTalk, 'sundial-comments': SundialComments };

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
