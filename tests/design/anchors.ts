/** Anchors of a page's headings in their order, as GitHub makes them: punctuation goes, blanks become hyphens. */
export const anchorsOf = (page: string): string[] =>
  [...page.replace(/^```.*\n(?:.*\n)*?```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
