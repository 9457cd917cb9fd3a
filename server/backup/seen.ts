/** What the world has seen of a log after a backup was made: a public tree (address or folder), a checkpoint that somebody kept, the state of a
 *  witness, or the file of `sundial verify --seen`. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { type Head, noteVerifies, parseNote, type Vkey } from '../../shared/proof/checkpoint.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { readText } from '../public/read-tree.ts';
import { addressSource, folderSource, isAddress, type TreeSource } from '../public/source.ts';
import { BackupTrouble } from './trouble.ts';

export interface Seen {
  readonly head: Head;
  /** Where the leaves up to the head may be read, null where only the head is known. */
  readonly tree: TreeSource | null;
}

/** A head by origin, with or without its note. */
const Heads = v.record(
  v.string(),
  v.object({ size: v.pipe(v.number(), v.integer(), v.minValue(1)), root: v.string(), note: v.optional(v.string()) }),
);

const Unbegun = v.object({ pins: v.object({ origin: v.string() }), checkpoint: v.null() });

/** Reads a source. A note must bear a good line of one of `vkeys`; a file of heads without notes is the operator's own. Throws BackupTrouble
 *  SEEN_AWAY for what is not there or does not answer, SEEN_UNREADABLE where there is no head of this log, SEEN_UNBEGUN for a tree of a log that has none yet. */
export async function readSeen(text: string, origin: string, vkeys: readonly Vkey[]): Promise<Seen> {
  const tree = treeOf(text);
  const found = tree === null ? readFileSync(text, 'utf8') : await checkpointOf(tree, text, origin);
  const note = parseNote(found);
  if (note !== null) {
    if (note.origin !== origin || !(await noteVerifies(note, vkeys))) throw new BackupTrouble('SEEN_UNREADABLE', text);
    return { head: { size: note.size, root: note.root }, tree };
  }
  const parsed = parseJson(found);
  const heads = v.safeParse(Heads, isObject(parsed) ? parsed : null);
  const head = heads.success ? heads.output[origin] : undefined;
  if (head === undefined) throw new BackupTrouble('SEEN_UNREADABLE', text);
  return { head: { size: head.size, root: head.root }, tree: null };
}

/** The tree of an address (of the server or of its `/public/`) or of a folder; null for a file. */
function treeOf(text: string): TreeSource | null {
  if (isAddress(text)) return told(addressSource(`${text.replace(/\/(public\/?)?$/, '')}/public/`), text);
  if (!existsSync(text)) throw new BackupTrouble('SEEN_AWAY', text);
  return statSync(text).isDirectory() ? told(folderSource(text), text) : null;
}

/** The tree, whose reading fails with SEEN_AWAY: its leaves are read long after its checkpoint. */
const told = (tree: TreeSource, text: string): TreeSource => ({
  ...tree,
  read: async (path) => {
    try {
      return await tree.read(path);
    } catch (error) {
      throw new BackupTrouble('SEEN_AWAY', text, error);
    }
  },
});

async function checkpointOf(tree: TreeSource, text: string, origin: string): Promise<string> {
  const found = await readText(tree, 'checkpoint');
  if (found !== null) return found;
  const index = await readText(tree, 'index.json');
  const unbegun = v.safeParse(Unbegun, parseJson(index ?? ''));
  const isOurs = unbegun.success && unbegun.output.pins.origin === origin;
  throw new BackupTrouble(isOurs ? 'SEEN_UNBEGUN' : 'SEEN_UNREADABLE', text);
}
