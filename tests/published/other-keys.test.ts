/** Files of the form of bundles.json about a log whose keys and salts nobody has seen before: published by a house of its own, altered as
 *  verification.md 9 names it, and run as `sundial verify --vectors` runs them. */
import { expect, test } from 'vitest';
import { verifyVectors } from '../../server/commands/verify-vectors.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { type Altered, variantsOf } from '../proof/named-variants.ts';
import { exportedTree } from './mutant-tree.ts';

const { files, pins } = await exportedTree();
const textOf = (path: string): string => fromUtf8(files.get(path) ?? new Uint8Array()) ?? '';
const pin = { vkey: pins.vkey ?? '', orgKid: pins.organiser ?? '' };
const paths = [...files.keys()].filter((path) => /^draw\/d-[^/]+\/[^/]+\.json$/.test(path));
const bundles = paths.map((path): Altered => JSON.parse(textOf(path)));

test.each(bundles.map((bundle, n) => [paths[n] ?? '', bundle] as const))(
  '%s and what becomes of it',
  async (_path, base) => {
    const variants = variantsOf(base);
    const report = await verifyVectors(JSON.stringify({ pin, base, expect: {}, variants }));
    expect(report).toEqual({ lines: ['ok base', ...variants.map(({ name }) => `ok ${name}`)], exitCode: 0 });
  },
);
