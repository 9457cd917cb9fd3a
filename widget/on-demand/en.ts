// Part of the widget that loads in pages of another language than Chinese.
import { words } from '../locales/en.ts';
import { give } from './lent.ts';

give(words);
