/** Words of what the check found wrong, in Chinese; the source of the catalogue, `failure-en.ts` has its type. They come with the check. */
import { failure } from '../../shared/locales/zh.ts';

export const failureWords = {
  names: failure as Readonly<Record<keyof typeof failure, string>>,
  how: (code: string): string => `${code} · 这一篇不要当作本人所写。请换一个网络再看，或把这一行告诉发布单位。`,
  ofDraw: (code: string): string =>
    `${code} · 正文是否本人所写与此无关，但抽签和公开的过程不能证明。请把这一行告诉发布单位。`,
};

/** The catalogue's shape. */
export type FailureWords = typeof failureWords;
