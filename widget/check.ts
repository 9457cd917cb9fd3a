// A part of the widget (remote/part.ts): the check of diaries, draws and pictures.
import { checkDiary } from './controllers/check.ts';
import { checkDraw } from './controllers/check-draw.ts';
import { checkPicture } from './controllers/check-picture.ts';
import { sayFailure } from './locales/failure.ts';
import type { Checks } from './remote/checks.ts';

const checks: Checks = { checkDiary, checkDraw, checkPicture, sayFailure };

if (document.currentScript) Object.assign(document.currentScript, { sundial: checks });
