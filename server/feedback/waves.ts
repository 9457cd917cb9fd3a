/** To which wave of copies a new text belongs (shared/feedback/similar.ts). Only the first comment of a wave is looked up later, so that taking one
 *  in costs the same however many there are. */
import { copyResemblance, type Marks, marksOf, resemblance } from '../../shared/feedback/similar.ts';
import { type Context, secondsNow } from '../context.ts';
import { allOf } from '../database/direct.ts';
import { actsAtOnce } from '../database/grouped.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import { newId } from '../ids.ts';

/** Waves that are compared with a text at most. */
const mostCompared = 24;

/** A text's marks, and the wave that it copies, null where it copies none. */
export interface Sought {
  readonly marks: Marks;
  readonly wave: string | null;
}

/** Looks for the wave that a text belongs to. Primary keys. */
export async function seekWave(db: Db, text: string): Promise<Sought> {
  const marks = marksOf(text);
  const [whole = '', ...bands] = marks.keys;
  const [[equal], sharing] = await allOf([
    equalQuery(db, { whole }),
    bands.length === 0 ? [] : sharingQuery(db, { bands }),
  ]);
  if (equal !== undefined) return { marks, wave: equal.wave };
  const found = sharing
    .map(({ wave, signature }) => ({ wave, share: resemblance(marks.signature, numbersOf(signature)) }))
    .filter(({ share }) => share >= copyResemblance)
    .sort((a, b) => b.share - a.share || (a.wave < b.wave ? -1 : 1))[0];
  return { marks, wave: found?.wave ?? null };
}

/** The wave of marks among those that other acts of the same group have begun meanwhile, which no query of this one could see; else null. */
export function waveBeside(trx: Db, { signature, keys }: Marks): string | null {
  const found = (besides.get(trx) ?? [])
    .filter(({ marks }) => marks.keys.some((key) => keys.includes(key)))
    .map(({ wave, marks }) => ({
      wave,
      share: marks.keys[0] === keys[0] ? Number.POSITIVE_INFINITY : resemblance(signature, marks.signature),
    }))
    .filter(({ share }) => share >= copyResemblance)
    .sort((a, b) => b.share - a.share)[0];
  return found?.wave ?? null;
}

const besides = new WeakMap<Db, { readonly wave: string; readonly marks: Marks }[]>();

type Begun = Readonly<Record<'wave' | 'comment', string>> & { readonly at: number };

/** Begins a wave with a comment. */
export async function beginWave(trx: Db, { wave, comment, at }: Begun, marks: Marks): Promise<void> {
  const { signature, keys } = marks;
  if (actsAtOnce(trx)) besides.set(trx, [...(besides.get(trx) ?? []), { wave, marks }]);
  await allOf([
    waveQuery(trx, { wave, comment, signature: JSON.stringify(signature), at }),
    keysQuery(trx, { keys, wave }),
  ]);
}

/** The wave of a comment's text: one that it copies, or a new one that it begins. */
export async function waveOf(trx: Db, context: Context, comment: string, text: string): Promise<string> {
  const { marks, wave } = await seekWave(trx, text);
  if (wave !== null) return wave;
  const begun = newId(context);
  await beginWave(trx, { wave: begun, comment, at: secondsNow(context) }, marks);
  return begun;
}

/** Nothing that is written later is compared with this comment: its text is gone or another. Indexes `comment_wave_comment`,
 *  `comment_wave_key_wave`. */
export async function forgetWave(trx: Db, comment: string): Promise<void> {
  const own = trx.selectFrom('comment_wave').select('wave').where('comment', '=', comment);
  await trx.deleteFrom('comment_wave_key').where('wave', 'in', own).execute();
  await trx.deleteFrom('comment_wave').where('comment', '=', comment).execute();
}

/** Waves that began before `before` are not compared with any more; gives how many. Index `comment_wave_at`. */
export async function forgetWaves(db: Db, before: number): Promise<number> {
  const old = db.selectFrom('comment_wave').select('wave').where('at', '<', before);
  await db.deleteFrom('comment_wave_key').where('wave', 'in', old).execute();
  const done = await db.deleteFrom('comment_wave').where('at', '<', before).executeTakeFirst();
  return Number(done.numDeletedRows);
}

const equalQuery = prepared((db, { whole }: { readonly whole: string }) =>
  db.selectFrom('comment_wave_key').select('wave').where('key', '=', whole).limit(1),
);

interface NewWave {
  readonly [name: string]: string | number;
  readonly wave: string;
  readonly comment: string;
  readonly signature: string;
  readonly at: number;
}

const waveQuery = prepared((db, wave: NewWave) => db.insertInto('comment_wave').values(wave));

const keysQuery = prepared((db, { keys, wave }: { readonly keys: readonly string[]; readonly wave: string }) =>
  db.insertInto('comment_wave_key').values(keys.map((key) => ({ key, wave }))),
);

// Each wave is found once for every band that it shares. Told apart inside, PostgreSQL would go through all waves in order to do so.
const sharingQuery = prepared((db, { bands }: { readonly bands: readonly string[] }) =>
  db
    .selectFrom('comment_wave')
    .select(['wave', 'signature'])
    .where('wave', 'in', (of) =>
      of
        .selectFrom('comment_wave_key')
        .select('wave')
        .where('key', 'in', bands)
        .limit(mostCompared * bands.length),
    )
    .limit(mostCompared),
);

function numbersOf(json: string): readonly number[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value : [];
}
