/** The texts that the vectors' author signed, in their order. */
import { vectors } from '../vector-tree.ts';

export const signedTexts: readonly string[] = vectors.expect.items.flatMap(({ item }) => item?.text ?? []);
