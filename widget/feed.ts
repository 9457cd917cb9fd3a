// A part of the widget (remote/part.ts): the list of diaries, its search and filters.
import type { Kinds } from './base/shell.ts';
import { SundialFeed } from './elements/feed/feed.ts';

const kinds: Kinds = { 'sundial-feed': SundialFeed };

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
