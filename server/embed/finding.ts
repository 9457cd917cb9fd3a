/** What a check of a live page can find. */

/** `broken`: readers see nothing, or a failed check. `weak`: it works, but not as it could. */
export const findingLevel = {
  PAGE_HTTP: 'weak',
  MIXED_CONTENT: 'broken',
  SCRIPT_MISSING: 'broken',
  SCRIPT_TWICE: 'weak',
  SCRIPT_NO_ANSWER: 'broken',
  SCRIPT_TYPE: 'broken',
  SCRIPT_CORS: 'broken',
  SCRIPT_OLD: 'weak',
  INTEGRITY_MISSING: 'weak',
  INTEGRITY_WRONG: 'broken',
  INTEGRITY_MOVES: 'weak',
  CROSSORIGIN_MISSING: 'broken',
  CSP_NO_SCRIPTS: 'broken',
  CSP_SCRIPT: 'broken',
  CSP_CONNECT: 'broken',
  CSP_TRUSTED_TYPES: 'broken',
  CSP_PARTS: 'weak',
  ELEMENT_MISSING: 'broken',
  ELEMENT_UNKNOWN: 'broken',
  ELEMENT_OPEN: 'broken',
  ATTRIBUTE_MISSING: 'broken',
  ATTRIBUTE_WRONG: 'broken',
  ATTRIBUTE_UNKNOWN: 'weak',
  TREE_NO_ANSWER: 'broken',
  TREE_ODD: 'broken',
  TREE_CORS: 'broken',
  PIN_MISSING: 'weak',
  PIN_WRONG: 'broken',
  PIN_OTHER: 'weak',
} as const;

export type FindingCode = keyof typeof findingLevel;

/** Facts by name; which there are depends on the code. `wanted` is what would be right. */
export interface Facts {
  readonly name: string;
  readonly value: string;
  readonly wanted: string;
  readonly address: string;
}

export interface Finding {
  readonly code: FindingCode;
  readonly level: 'broken' | 'weak';
  /** 1-based line of the page's HTML; 0 where it is of the page as a whole. */
  readonly line: number;
  readonly facts: Facts;
}

/** A finding with the facts that are known. */
export const finding = (code: FindingCode, line: number, facts: Partial<Facts> = {}): Finding => ({
  code,
  level: findingLevel[code],
  line,
  facts: { name: '', value: '', wanted: '', address: '', ...facts },
});
