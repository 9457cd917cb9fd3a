/** What readers get at the public address: the head of the log and the script of the widget, against those that are here. */
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { type Head, parseNote } from '../../shared/proof/checkpoint.ts';
import type { Db } from '../database/port.ts';
import { fetchLimited } from '../embed/fetch.ts';
import { headAt, newestHead } from '../log/prove.ts';
import { type Finding, finding } from './finding.ts';
import { judgeShown } from './judge.ts';

/** The head that the address shows, null where it shows none. It is asked for before the database is, which then is never behind it. */
export async function shownHead(issuer: string): Promise<Head | null> {
  const answer = await fetchLimited(`${issuer}/public/checkpoint`);
  return answer.ok && answer.value.status === 200 ? parseNote(fromUtf8(answer.value.body) ?? '') : null;
}

/** Nothing before leaf 0; `now` in Unix seconds. */
export async function examineShown(db: Db, shown: Head | null, now: number): Promise<readonly Finding[]> {
  const newest = await newestHead(db);
  if (newest === null) return [];
  if (shown === null) return [finding('shown', 'fail', 'SHOWN_NONE')];
  const own = await headAt(db, shown.size);
  return [judgeShown(now, shown, own?.root ?? null, newest.size, await outgrownAt(db, shown.size))];
}

/** When the log grew beyond a size, in Unix seconds; null where it did not. Primary key. */
async function outgrownAt(db: Db, size: number): Promise<number | null> {
  const row = await db
    .selectFrom('log_head')
    .select('at')
    .where('size', '>', size)
    .orderBy('size')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : Date.parse(row.at) / 1000;
}

/** `script`: the file as it was built here; null before it was built: then there is nothing to compare. */
export async function examineWidget(
  issuer: string,
  name: string,
  script: Uint8Array | null,
): Promise<readonly Finding[]> {
  if (script === null) return [];
  const address = `${issuer}/${name}`;
  const answer = await fetchLimited(address);
  if (!answer.ok) return [finding('widget', 'fail', 'WIDGET_AWAY', address, answer.problem)];
  const { status, body } = answer.value;
  if (status !== 200) return [finding('widget', 'fail', 'WIDGET_AWAY', address, `HTTP_${status}`)];
  return Buffer.compare(body, script) === 0
    ? [finding('widget', 'ok', 'WIDGET_OK', name)]
    : [finding('widget', 'fail', 'WIDGET_OTHER', address)];
}
