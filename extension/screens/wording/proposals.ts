/** Which findings are offered below a field; pure. */
import { type Finding, proposalOf } from '../../../shared/diary/wording.ts';

/** A finding with the words it stands for and those proposed instead. */
export interface Proposal {
  readonly finding: Finding & { readonly kind: 'alias' | 'name' };
  readonly original: string;
  readonly instead: string;
}

/** The first three things proposed for a text, each word once, and how many more there are. */
export function proposalsIn(
  found: readonly Finding[],
  text: string,
): { readonly shown: readonly Proposal[]; readonly more: number } {
  const all = new Map<string, Proposal>();
  for (const finding of found) {
    const instead = proposalOf(finding);
    if (finding.kind === 'secrecy' || instead === null) continue;
    const original = text.slice(finding.from, finding.to);
    const key = `${original}\n${instead}`;
    if (!all.has(key)) all.set(key, { finding, original, instead });
  }
  const proposals = [...all.values()];
  return { shown: proposals.slice(0, 3), more: Math.max(0, proposals.length - 3) };
}
