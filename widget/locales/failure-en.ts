/** Words of what the check found wrong, in English. */
import { failure } from '../../shared/locales/en.ts';
import type { FailureWords } from './failure-zh.ts';

export const failureWords: FailureWords = {
  names: failure,
  how: (code) =>
    `${code} · Do not take this diary for the leader's own words. Look again over another network, or tell the publishing office this line.`,
  ofDraw: (code) =>
    `${code} · This is not about the words themselves: the draw or its publication cannot be proven. Please tell the publishing office this line.`,
};
