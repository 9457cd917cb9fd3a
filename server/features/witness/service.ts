/** Takes the line of a witness: only of one that the configuration names, only over a head that this log has. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { putWitness, WitnessProblem } from '../../../shared/api/witness.ts';
import { noteBody, parseNote, parseVkey, type Vkey } from '../../../shared/proof/checkpoint.ts';
import { witnessedAt } from '../../../shared/proof/witness.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import { countRate } from '../../http/rate.ts';
import { keepLine } from '../../log/note-lines.ts';
import { headAt } from '../../log/prove.ts';
import { largestWitnessed, lineAt, signedAt } from './queries.ts';

/** How far the clocks of witness and server may be apart, in seconds. */
const clockSlack = 600;

/** Keeps a line. A second line of this witness for the same head changes nothing: the first time is what readers are told. */
export async function takeLine(
  context: Context,
  { size, line }: { readonly size: number; readonly line: string },
): Promise<Answer<typeof putWitness>> {
  const { config, database } = context;
  const witness = await witnessOf(config.witnesses, line);
  if (witness === null) throw refused('WITNESS_UNKNOWN');
  // Before the lock, as anybody may send a line: heads never change.
  const head = await headAt(database.db, size);
  if (head === null) throw refused('HEAD_UNKNOWN');
  const note = parseNote(`${noteBody(config.origin, head)}\n${line}`);
  const time = note === null ? null : await witnessedAt(note, witness);
  if (time === null) throw refused('SIGNATURE');
  const known = await lineAt(database.db, witness.vkey, size);
  if (known !== null) return { size, line: known };
  // Only for what none but the witness can make: its published lines anybody may send again.
  await countRate(database.db, context, 'witness', witness.id);
  const now = secondsNow(context);
  if (time > now + clockSlack || time < (await signedAt(database.db, size)) - clockSlack) throw refused('CLOCK');
  return database.transaction(async (trx) => {
    await lockFor(trx, 'witness');
    const largest = await largestWitnessed(trx, witness.vkey);
    if (size < largest) throw refused('OLDER');
    const kept = await keepLine(trx, { vkey: witness.vkey, size, line, at: now });
    // The audit row also tells every process that its copy of the checkpoint is old.
    if (size > largest)
      await writeAudit(trx, {
        at: now,
        actor: 'witness',
        action: 'head.witness',
        subject: String(size),
        facts: { name: witness.name, id: witness.id, time },
      });
    return { size, line: kept };
  });
}

const refused = (reason: WitnessProblem): Refusal => new Refusal('RECORD_REFUSED', { facts: { reason } });

/** The configured witness whose name and key id a line bears. */
async function witnessOf(vkeys: readonly string[], line: string): Promise<(Vkey & { readonly vkey: string }) | null> {
  const [, name = '', text = ''] = line.trimEnd().split(' ');
  const id = Buffer.from(text, 'base64').subarray(0, 4).toString('hex');
  for (const vkey of vkeys.filter((one) => one.startsWith(`${name}+${id}+`))) {
    const parsed = await parseVkey(vkey);
    if (parsed !== null) return { ...parsed, vkey };
  }
  return null;
}
