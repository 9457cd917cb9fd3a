/** Where `npm run test:deep` found each variant broken: seed and path of fast-check, the invariant, and the steps of the shrunk history.
 *  They hold as long as the histories of history.ts are drawn as they are; after a change there, search anew. */
import type { VariantName } from './variants.ts';

export const found: Readonly<
  Record<
    VariantName,
    { readonly invariant: number; readonly steps: number; readonly seed: number; readonly path: string }
  >
> = {
  countedRevision: { invariant: 4, steps: 7, seed: 10, path: '180:0:4:4:7:9:9:11:13:12:12:12:12:12:12:12:12' },
  cursorByTime: { invariant: 2, steps: 4, seed: 10, path: '1:0:2:2:1:2:3:3:4:4:4:6:6:6:7:0:6:6:3:3:3:3:3' },
  noOpId: { invariant: 5, steps: 5, seed: 10, path: '79:0:1:1:1:2:5:7:9:9:6:6:6:6' },
  noParentCheck: { invariant: 4, steps: 6, seed: 10, path: '37:0:3:0:1:3:6:7:7:7:12:12:12:12:13:11:12:12:9:9:9:9' },
  noRefetch: { invariant: 2, steps: 8, seed: 10, path: '182:0:0:5:8:12:12:16:19:18:18:20:25:25:19:19:19' },
  pullSkipsPending: {
    invariant: 2,
    steps: 7,
    seed: 10,
    path: '1061:0:0:3:0:1:8:8:8:8:11:13:13:13:13:15:14:14:14:14:14:15:14:14:15:15:15:13:14:16:16',
  },
  pullOverwritesPending: {
    invariant: 6,
    steps: 5,
    seed: 10,
    path: '57:0:2:2:3:7:8:8:8:9:9:10:12:10:10:10:10:10:10:10:10',
  },
  rejectedDropped: { invariant: 6, steps: 6, seed: 10, path: '37:0:3:0:1:3:6:7:7:7:12:12:12:12:13:11:12:12:9:9:9:9' },
  noSealCheck: { invariant: 7, steps: 4, seed: 10, path: '8:0:1:0:0:3:3:4:6:6:6:6:6:6:6:6:6:6' },
  noManifestCheck: {
    invariant: 8,
    steps: 7,
    seed: 10,
    path: '232:0:4:5:5:5:5:5:5:9:9:13:17:17:17:14:14:14:14:14:14:14',
  },
};
