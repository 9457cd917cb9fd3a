// Signs that only parts need (look.md 6): of cases, of what turns, of what one keeps.
import { dot, type Paths } from './icons.ts';

const ring = 'M19.5 12a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z';

export const gap: Paths = ['M16.5 6a7.5 7.5 0 1 0 2.7 8', 'M20.5 8.5 17 12m0-3.5 3.5 3.5'];
export const loop: Paths = ['M19.5 12a7.5 7.5 0 1 1-2.3-5.4', 'M19.8 3.5v3.8H16', `!${dot(12, 12, 1.5)}`];
export const half: Paths = [ring, '!M12 4.5a7.5 7.5 0 0 1 0 15z'];
export const wait: Paths = [`~${ring}`];
export const clock: Paths = [ring, 'M12 7.5V12l3 2'];
export const pause: Paths = ['M8.5 6v12M15.5 6v12'];
export const play: Paths = ['M8.5 6v12l9-6z'];
export const copy: Paths = ['M8.5 8.5h11v11h-11z', 'M15.5 8.5v-4h-11v11h4'];
export const save: Paths = ['M12 4.5v10.5m-4.5-4 4.5 4.5 4.5-4.5', 'M5 19.5h14'];
export const print: Paths = ['M7 9V4.5h10V9M7 16H4.5V9h15v7H17', 'M7 13.5h10v6H7z'];
