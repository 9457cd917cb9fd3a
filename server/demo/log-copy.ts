/** The log as a device has it: read from the public tree, full bundles fetched once. */
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { isKeyAdd, isNonce } from '../../shared/proof/records.ts';
import { openJws } from '../../shared/proof/signature.ts';
import { decodeEntries, entriesPath } from '../../shared/proof/tiles.ts';
import type { World } from './world.ts';

export class LogCopy {
  private readonly world: World;
  private kept: readonly string[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** All leaves up to the latest checkpoint. */
  async leaves(): Promise<readonly string[]> {
    const note = parseNote(await (await this.file('checkpoint')).text());
    if (note === null) throw new TypeError('the checkpoint is no note');
    const leaves = this.kept.slice(0, this.kept.length - (this.kept.length % 256));
    for (let n = leaves.length / 256; n * 256 < note.size; n += 1) {
      const response = await this.file(entriesPath(n, Math.min(256, note.size - n * 256)));
      const entries = decodeEntries(new Uint8Array(await response.arrayBuffer()));
      if (entries === null) throw new TypeError(`entry bundle ${n} cannot be read`);
      leaves.push(...entries.map((entry) => fromUtf8(entry) ?? ''));
    }
    this.kept = leaves;
    return leaves;
  }

  /** Nonces that candidates of a draw have logged, by unit in order. */
  async nonces(draw: string): Promise<ReadonlyMap<string, string>> {
    const found: [string, string][] = [];
    for (const leaf of await this.leaves()) {
      const opened = openJws(leaf);
      if (opened?.typ !== 'wd-nonce+jwt' || !isNonce(opened.payload) || opened.payload.draw !== draw) continue;
      found.push([opened.payload.iss, opened.payload.nonce]);
    }
    return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private async file(path: string): Promise<Response> {
    const response = await this.world.send(new Request(`${this.world.issuer}/public/${path}`));
    if (!response.ok) throw new TypeError(`${path}: ${response.status}`);
    return response;
  }
}

/** Keys of the unit that a device takes for right: its own, and those enrolled before it, which its leader met at enrolment. */
export function ownAndEarlier(
  leaves: readonly string[],
  signer: { readonly kid: string; readonly actor: string },
): string[] {
  const earlier: string[] = [];
  for (const leaf of leaves) {
    const opened = openJws(leaf);
    if (opened?.typ !== 'wd-key+jwt' || !isKeyAdd(opened.payload) || opened.payload.sub !== signer.actor) continue;
    const { old } = opened.payload;
    if (old !== undefined) earlier.push(old);
  }
  return [signer.kid, ...earlier];
}
