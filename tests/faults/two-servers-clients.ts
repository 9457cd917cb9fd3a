/** Who writes and reads while servers die: leaders who seal and withhold, heads whose keys change, an organiser who enrols and revokes,
 *  rules, readers who hold every head against the last one by tiles. */
import type { Device } from '../../server/demo/device.ts';
import { Device as Claimed } from '../../server/demo/device.ts';
import { newKey } from '../../server/demo/device-keys.ts';
import type { World } from '../../server/demo/world.ts';
import {
  getInvitations,
  type InvitationRow,
  postActivation,
  postInvitation,
  postRotation,
} from '../../shared/api/accounts.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, fromB64 } from '../../shared/base/bytes.ts';
import { type Head, noteVerifies, parseNote, type Vkey } from '../../shared/proof/checkpoint.ts';
import { consistencyPath, type NodeReader } from '../../shared/proof/prove.ts';
import type { KeyAdd, KeyRevoke, LogRole, Rule } from '../../shared/proof/records.ts';
import { signPossession, signRecord } from '../../shared/proof/sign.ts';
import { nodesFromTiles, tilePath } from '../../shared/proof/tiles.ts';
import { verifyConsistency } from '../../shared/proof/tree.ts';
import { type Week, weekBefore } from '../../shared/time/week.ts';
import { entryOf } from '../fixtures/showing.ts';

export interface Siege {
  readonly world: World;
  readonly isOver: () => boolean;
  /** A number below `n`. */
  readonly below: (n: number) => number;
}

/** Week after week backwards: one entry, the seal, and now and then a hold after it. */
export async function sealOnAndOn(leader: Device, from: Week, { isOver, below }: Siege): Promise<void> {
  for (let week = from; !isOver(); week = weekBefore(week)) {
    await leader.put(entryOf(week, below(7), 8 + below(12), `${week} sealed`));
    const { seal } = await leader.seal(week);
    if (below(3) > 0) continue;
    const hold = { seal, item: 0, ground: 'privacy', basis: 'section 1' } as const;
    await unlessDone(leader.record('wd-hold+jwt', 'leader', hold));
  }
}

/** The key of a unit goes to a new one again and again, at times replaced (`old`), at times revoked first. The two organisers sign by turns. */
export async function changeKeys(leader: Device, organisers: readonly Device[], siege: Siege): Promise<void> {
  const unit = leader.signer('leader').actor;
  let valid = leader.signer('leader').kid;
  for (let turn = 0; !siege.isOver(); turn += 1) {
    const organiser = organisers[turn % organisers.length] ?? leader;
    const isRevoked = siege.below(2) === 0;
    if (isRevoked) await revoke(organiser, unit, valid, siege.world);
    const { jwk, signer } = await newKey(false);
    const pop = await signPossession(leader.origin, unit, seconds(siege.world), signer);
    const offer = await leader.call(postRotation, { body: { logKeys: [{ role: 'leader', actor: unit, jwk, pop }] } });
    // Offered twice, the later offer stands.
    const row = await rowOf(
      organiser,
      ({ id, rotates, logKeys }) => id === offer.id || (rotates && logKeys[0]?.pop === pop),
    );
    await activate(organiser, row, isRevoked ? { why: 'lost' } : { why: 'rotation', old: valid }, siege.world);
    valid = signer.kid;
  }
}

/** Enrols a reviewer, ends the key, and again. */
export async function enrolAndEnd(organiser: Device, { world, isOver }: Siege): Promise<void> {
  for (let n = 1; !isOver(); n += 1) {
    const grants = [{ role: 'reviewer' as const, unit: null }];
    const made = await organiser.call(postInvitation, { body: { name: `reviewer ${n}`, grants } });
    const reviewer = await claim(world, made.link);
    if (reviewer === null) continue;
    await activate(organiser, await rowOf(organiser, ({ id }) => id === made.id), {}, world);
    const { actor, kid } = reviewer.signer('reviewer');
    await revoke(organiser, actor, kid, world);
  }
}

/** A new rule, and again. */
export async function changeRule(organiser: Device, rule: Omit<Rule, 'iss' | 'iat'>, { isOver }: Siege): Promise<void> {
  for (let n = 1; !isOver(); n += 1)
    await unlessDone(organiser.record('wd-rule+jwt', 'organiser', { ...rule, close: n % 10_080 }));
}

/** What a reader has seen: heads by size, and each tile as it was served first. */
export interface Memory {
  readonly heads: Map<number, string>;
  readonly tiles: Map<string, Bytes>;
}

/** Asks either server for its checkpoint on and on; holds it against the head that it remembers, as a widget does. Throws where the log was
 *  rewritten. */
export async function watch(vkey: Vkey, memory: Memory, { world, isOver }: Siege): Promise<void> {
  let last: Head | null = null;
  while (!isOver()) {
    const note = parseNote(await (await publicFile(world, 'checkpoint')).text());
    if (note === null || !(await noteVerifies(note, [vkey]))) throw new Error('a checkpoint is not signed');
    const head: Head = { size: note.size, root: note.root };
    if (last !== null) await requirePrefix(world, memory, last, head);
    memory.heads.set(head.size, head.root);
    if (last === null || head.size > last.size) last = head;
  }
}

/** Throws unless the smaller head is a prefix of the larger, proved from nodes of the larger. */
async function requirePrefix(world: World, memory: Memory, one: Head, other: Head): Promise<void> {
  const [first, second] = one.size <= other.size ? [one, other] : [other, one];
  await provePrefix(first, second, nodesSeen(world, memory, second.size));
}

/** Throws unless `first` is a prefix of `second`, as a widget judges it. */
export async function provePrefix(first: Head, second: Head, nodes: NodeReader): Promise<void> {
  const proof = await consistencyPath(first.size, second.size, nodes);
  const [from, to] = [fromB64(first.root), fromB64(second.root)];
  if (from === null || to === null || !(await verifyConsistency(first.size, second.size, from, to, proof)))
    throw new Error(`the head of ${first.size} is no prefix of that of ${second.size}`);
}

/** Nodes of a tree from the tiles that either server serves; what was read stays in the memory. */
export function nodesSeen(world: World, { tiles }: Memory, size: number): NodeReader {
  const read = nodesFromTiles(size, async (level, n, width) => {
    const path = tilePath(level, n, width);
    const tile = tiles.get(path) ?? new Uint8Array(await (await publicFile(world, path)).arrayBuffer());
    tiles.set(path, tile);
    return tile;
  });
  const known = new Map<string, Promise<Bytes>>();
  return (level, index) => {
    const name = `${level}/${index}`;
    const node = known.get(name) ?? read(level, index);
    known.set(name, node);
    return node;
  };
}

async function publicFile(world: World, path: string): Promise<Response> {
  const answer = await world.send(new Request(`${world.issuer}/public/${path}`));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function revoke(organiser: Device, sub: string, kid: string, world: World): Promise<void> {
  const signer = organiser.signer('organiser');
  const payload: KeyRevoke = { op: 'revoke', sub, kid, why: 'lost', iss: signer.actor, iat: seconds(world) };
  const jws = await signRecord('wd-key+jwt', payload, signer);
  await unlessDone(organiser.call(postRecord, { body: { jws } }));
}

async function activate(
  organiser: Device,
  row: InvitationRow,
  follows: Pick<KeyAdd, 'why' | 'old'>,
  world: World,
): Promise<void> {
  const signer = organiser.signer('organiser');
  const records: string[] = [];
  for (const { role, actor, jwk, pop } of row.logKeys) {
    const claimed: { role: LogRole } & Pick<KeyAdd, 'sub' | 'jwk' | 'pop'> = { role, sub: actor, jwk, pop };
    const payload: KeyAdd = { op: 'add', ...claimed, ...follows, iss: signer.actor, iat: seconds(world) };
    records.push(await signRecord('wd-key+jwt', payload, signer));
  }
  const body = { device: row.device?.id ?? '', records };
  await unlessDone(organiser.call(postActivation, { params: { id: row.id }, body }));
}

async function rowOf(organiser: Device, isIt: (row: InvitationRow) => boolean): Promise<InvitationRow> {
  const row = (await organiser.call(getInvitations)).rows.find(isIt);
  if (row === undefined) throw new Error('the invitation is not in the list');
  return row;
}

/** Null where the answer was lost: the proof of a claim counts once, and the person takes another invitation. */
async function claim(world: World, link: string): Promise<Device | null> {
  try {
    return await Claimed.claim(world, link);
  } catch (error) {
    if (error instanceof Refusal && error.facts.reason === 'REPLAYED') return null;
    throw error;
  }
}

/** Whether it was done at the first sending is for the ledger to tell; here the work goes on. */
async function unlessDone(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    const said = error instanceof Refusal ? [error.code, error.facts.reason] : [];
    if (
      !said.some(
        (code) => code === 'ALREADY_DONE' || code === 'OUT_OF_ORDER' || code === 'NOT_FOUND' || code === 'KEY_UNKNOWN',
      )
    )
      throw error;
  }
}

const seconds = (world: World): number => Math.floor(world.now() / 1000);
