/** `sundial notices`: how mail and webhooks stand, for the operator; no address is shown. */
import { parsed, wordsHere } from '../command-line.ts';
import { secondsNow } from '../context.ts';
import { outbox as en } from '../locales/en/outbox.ts';
import { type OutboxWords, outbox as zh } from '../locales/zh/outbox.ts';
import { deliveryCounts, givenUp, reviveGivenUp } from '../notices/queries.ts';
import { isTelling } from '../notices/tell.ts';
import { openContext } from '../open-context.ts';
import { readConfig } from './serve.ts';

/** Given-up deliveries that are listed. */
const most = 50;

/** Exit codes: 0 none was given up, 1 some were, 2 wrong usage or configuration. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<OutboxWords>(zh, en);
  const options = {
    json: { type: 'boolean' },
    retry: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const given = parsed({ args, options });
  if (given === null) {
    process.stderr.write(words.usage);
    return 2;
  }
  if (given.values.help === true) return print(words.usage.trimEnd());
  const config = readConfig();
  if (config === null) return 2;
  const context = await openContext(config);
  try {
    const { db } = context.database;
    const now = secondsNow(context);
    if (given.values.retry === true) return print(words.revived(await reviveGivenUp(db, now)));
    const counts = (await deliveryCounts(db)).map((row) => ({
      ...row,
      count: Number(row.count),
      oldest: Number(row.oldest),
    }));
    const failed = await givenUp(db, most);
    if (given.values.json === true)
      print(
        JSON.stringify({
          counts,
          givenUp: failed.map(({ id, channel, kind, tries, problem, settled_at }) => ({
            id,
            channel,
            kind,
            tries,
            problem,
            at: settled_at,
          })),
        }),
      );
    else {
      if (!isTelling(context)) print(words.off);
      else if (counts.length === 0) print(words.none);
      for (const { channel, state, count, oldest } of counts) {
        print(words.count(channel, words.state[state] ?? state, count));
        if (state === 'waiting') print(words.oldest(channel, Math.floor((now - oldest) / 60)));
      }
      for (const { id, channel, kind, tries, problem } of failed)
        print(words.failed(id, channel, kind, tries, problem ?? ''));
    }
    return failed.length === 0 ? 0 : 1;
  } finally {
    await context.database.close();
  }
}

function print(line: string): number {
  process.stdout.write(`${line}\n`);
  return 0;
}
