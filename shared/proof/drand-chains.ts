// Chains of drand that a draw may name, with what never changes about them; any other name is no source (verification.md 7.2).

/** A chain whose rounds are signed apart from one another (unchained) on G1 of BLS12-381. Times are Unix seconds. */
export type DrandChain = {
  readonly name: string;
  readonly hash: string;
  /** Point of G2, compressed, hex. */
  readonly publicKey: string;
  readonly genesis: number;
  readonly period: number;
};

/** The network of the League of Entropy, as its own `/info` states it. */
const quicknet: DrandChain = {
  name: 'quicknet',
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc2' +
    '2b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesis: 1_692_803_367,
  period: 3,
};

/** The pinned chain of this name or hash. */
export const drandChain = (name: string): DrandChain | undefined =>
  [quicknet].find((chain) => chain.name === name || chain.hash === name);

/** Number of a round as drand writes it: from 1, no leading zero; null for anything else. */
export const roundNumber = (issue: string): number | null => (/^[1-9]\d{0,14}$/.test(issue) ? Number(issue) : null);

/** When a round of a pinned chain comes out (Unix seconds); null where chain or round is none. */
export function roundTime(name: string, issue: string): number | null {
  const [chain, round] = [drandChain(name), roundNumber(issue)];
  return chain && round ? chain.genesis + (round - 1) * chain.period : null;
}
