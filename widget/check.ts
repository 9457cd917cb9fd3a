// A part of the widget (remote/part.ts): the check of diaries and draws.
import { checkDiary } from './controllers/check.ts';
import { checkDraw } from './controllers/check-draw.ts';
import { sayFailure } from './locales/failure.ts';
import type { Checks } from './remote/checks.ts';

const checks: Checks = { checkDiary, checkDraw, sayFailure };

if (document.currentScript) Object.assign(document.currentScript, { sundial: checks });
