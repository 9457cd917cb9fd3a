/** `sundial witness`: looks at another organisation's log, proves that it only grew, signs what it saw and sends the line (verification.md 6). */
import { hostname } from 'node:os';
import { takeAlone } from '../alone.ts';
import { isFetched, noVkeyIn, parsed, wordsHere } from '../command-line.ts';
import { witness as en } from '../locales/en/witness.ts';
import { type WitnessWords, witness as zh } from '../locales/zh/witness.ts';
import { openWitnessKey } from '../witness/key.ts';
import { pause, waitAfter } from '../witness/pause.ts';
import { type Look, look, type Watched } from '../witness/round.ts';
import { writeWhole } from '../witness/state.ts';
import { isTold, type Told } from '../witness/told.ts';

/** Exit codes: signed or stopped; the log was rewritten; wrong usage or an unusable file; not signed this time. */
const exit = { good: 0, rewritten: 1, unusable: 2, unsigned: 3 } as const;

/** The longest time between two looks, in seconds: a day without a line means that a witness does not run. */
const longestEvery = 86_400;

/** Runs the command with the words behind `witness`; without `--once` until it is told to stop. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = readArgs(args);
  if (given === null) return complain(words.usage, exit.unusable);
  if (given === 'help') return say(words.usage);
  const noVkey = await noVkeyIn(given.vkey);
  if (noVkey !== undefined) return complain(words.noVkey(noVkey), exit.unusable);
  // One key with two memories might sign two histories.
  const taken = [given.statePath, given.keyPath].map((file) => ({ file, release: takeAlone(`${file}.lock`) }));
  try {
    const other = taken.find(({ release }) => release === null);
    return other === undefined ? await watch(given, words) : complain(words.running(other.file), exit.unusable);
  } finally {
    for (const { release } of taken) release?.();
  }
}

async function watch(given: Given, words: WitnessWords): Promise<number> {
  const key = await openWitnessKey(given.keyPath, given.name ?? hostname());
  if (typeof key === 'string') return complain(words.keyProblem[key](given.keyPath), exit.unusable);
  if (given.name !== undefined && given.name !== key.name) say(words.named(given.keyPath, key.name));
  say(words.own(key.vkey));
  const watched: Watched = { ...given, key, now: Date.now, get: fetch };
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  let failures = 0;
  let last: Told | null = null;
  while (!stopped.signal.aborted) {
    const seen = await look(watched);
    const end = endOf(seen, watched, words);
    if (end !== null) return end;
    if (given.once) return tellOnce(seen, words);
    failures = seen.is === 'away' ? failures + 1 : 0;
    const wait = waitAfter(failures, given.every);
    const line = seen.is === 'away' ? words.away(seen.why, wait) : sentence(seen, words);
    const now: Told = { is: seen.is, line, at: performance.now() / 1000 };
    if (isTold(now, last)) {
      say(line);
      last = now;
    }
    await pause(wait * 1000, stopped.signal);
  }
  return exit.good;
}

/** The exit code of what ends a witness for good, said in both languages where it is an alarm; else null. */
function endOf(seen: Look, { statePath, now }: Watched, words: WitnessWords): number | null {
  if (seen.is === 'damaged') return complain(words.damaged(statePath), exit.unusable);
  if (seen.is !== 'rewritten') return null;
  const file = `${statePath}.rewritten-${Math.floor(now() / 1000)}`;
  writeWhole(file, `${seen.signed.note}\n${seen.now}`);
  return complain([zh, en].map((each) => each.rewritten(seen.signed.size, file)).join('\n'), exit.rewritten);
}

function tellOnce(seen: Look, words: WitnessWords): number {
  if (seen.is === 'signed' || seen.is === 'known') return say(sentence(seen, words));
  return complain(seen.is === 'away' ? words.awayOnce(seen.why) : sentence(seen, words), exit.unsigned);
}

function sentence(seen: Look, words: WitnessWords): string {
  switch (seen.is) {
    case 'signed':
    case 'known':
      return words[seen.is](seen.size);
    case 'refused':
      return words.refused(seen.size, seen.reason);
    case 'older':
      return words.older(seen.size, seen.signed);
    case 'unsigned':
    case 'empty':
      return words[seen.is];
    default:
      return '';
  }
}

interface Given {
  readonly base: string;
  readonly vkey: string;
  /** As it was asked for; the key may have another. */
  readonly name: string | undefined;
  readonly keyPath: string;
  readonly statePath: string;
  /** Seconds. */
  readonly every: number;
  readonly once: boolean;
}

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | 'help' | null {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const flag = { type: 'boolean', default: false } as const;
  const found = parsed({
    args,
    allowPositionals: true,
    options: {
      vkey: text(''),
      name: { type: 'string' },
      key: text('witness.key'),
      state: text('witness.json'),
      every: text('60'),
      once: flag,
      help: { ...flag, short: 'h' },
    },
  });
  if (found === null) return null;
  const { values, positionals } = found;
  if (values.help) return 'help';
  const [address = '', ...more] = positionals;
  const every = Number(values.every);
  const isInTime = every >= 1 && every <= longestEvery;
  if (!isFetched(address) || /[?#]/.test(address) || more.length > 0) return null;
  if (!isInTime || values.vkey.trim() === '') return null;
  const base = address.replace(/\/(public\/?)?$/, '');
  const { vkey, name, key: keyPath, state: statePath, once } = values;
  return { base, vkey, name, keyPath, statePath, every, once };
}

function say(line: string): number {
  process.stdout.write(`${line}\n`);
  return exit.good;
}

function complain(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
