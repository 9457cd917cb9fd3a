/** Dossiers after a hold: of a diary that readers saw they may name a thread, and what is withheld is not kept (design.md 2 rule 3). */
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { isObject } from '../../shared/proof/shape.ts';
import type { Config } from '../config.ts';
import { writeAudit } from '../database/audit.ts';
import { erases } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';
import { settingOf } from '../organisation/setting.ts';
import { disclosedItems } from './listing.ts';

/** Takes these names of threads out of the dossiers about a person, but for those that a published diary of theirs still shows and those that
 *  the organisation gave. To be called once the text is gone. The new digest stands in the audit trail. Index `dossier_person`. */
export async function redactDossiers(
  trx: Db,
  config: Pick<Config, 'file'>,
  person: string,
  names: ReadonlySet<string>,
  at: number,
): Promise<void> {
  if (names.size === 0) return;
  const rows = await trx
    .selectFrom('dossier')
    .select(['id', 'content', 'digest'])
    .where('person', '=', person)
    .execute();
  if (rows.length === 0) return;
  const given = (await settingOf(trx, config, 'threads')).map(({ name }) => name);
  const kept = new Set([...given, ...(await namesShown(trx, person))]);
  const isGone = (name: unknown): boolean => typeof name === 'string' && names.has(name) && !kept.has(name);
  for (const { id, content, digest: from } of rows) {
    const text = JSON.stringify(JSON.parse(content, (key, value) => (key === 'name' && isGone(value) ? null : value)));
    if (text === content) continue;
    erases(trx);
    const digest = b64u(await sha256Text(text));
    await trx.updateTable('dossier').set({ content: text, digest }).where('id', '=', id).execute();
    await writeAudit(trx, { at, actor: 'system', action: 'dossier.redact', subject: id, facts: { from, digest } });
  }
}

/** Names of threads in what readers see of a person's diaries. */
async function namesShown(trx: Db, person: string): Promise<string[]> {
  const published = await trx
    .selectFrom('publication')
    .innerJoin('seal', 'seal.seal_hash', 'publication.seal_hash')
    .select('seal.seal_hash')
    .where('seal.author', '=', person)
    .execute();
  const names: string[] = [];
  for (const { seal_hash } of published)
    for (const object of (await disclosedItems(trx, seal_hash)).values()) names.push(...threadNamesOf(object));
  return names;
}

/** Names of the threads of an item object. */
export function threadNamesOf(value: unknown): string[] {
  const threads: unknown = isObject(value) ? value.threads : null;
  if (!Array.isArray(threads)) return [];
  return threads.flatMap((thread: unknown) =>
    isObject(thread) && typeof thread.name === 'string' ? [thread.name] : [],
  );
}
