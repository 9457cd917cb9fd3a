/** Templates for answers: a text with gaps that the handler fills. `{what is missing}` is a gap, in plain or full-width braces, which official
 *  prose does not use otherwise (〔〕 stand in document numbers). */

const gap = /[{｛][^{}｛｝\n]{1,60}[}｝]/g;

/** The gaps of a text, in order, as they stand there. What has one is no answer yet. */
export const gapsOf = (text: string): readonly string[] => text.match(gap) ?? [];

/** Longest name and text of a template in code points, and how many an organisation has at most. */
export const templateLimits = { name: 40, text: 2000, count: 100 };
