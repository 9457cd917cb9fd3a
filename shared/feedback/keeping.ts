/** Days for which what readers wrote is kept where it is not public: the figures of the sentence above every send button. The server's table of
 *  retention goes by them. */
export const keptForDays = {
  /** The text as typed, where masking changed it: from its writing, unless it is decided before. */
  originals: 7,
  /** What somebody wrote who is named in a diary: from the answer. */
  mentions: 180,
  /** The private contact of a report: from the end of its ticket. */
  contacts: 30,
} as const;
