/** `sundial doctor`: how the installation stands, and what to do about it. Changes nothing. */
import { parsed, wordsHere } from '../command-line.ts';
import { examine, examineJobs } from '../doctor/examine.ts';
import { exitCode, type Finding } from '../doctor/finding.ts';
import { judgeJobs } from '../doctor/judge.ts';
import { clockKept } from '../doctor/probe.ts';
import type { JobState } from '../jobs/state.ts';
import { doctor as en } from '../locales/en/doctor.ts';
import { logKey as enKey } from '../locales/en/log-key.ts';
import { type DoctorWords, doctor as zh } from '../locales/zh/doctor.ts';
import { type LogKeyWords, logKey as zhKey } from '../locales/zh/log-key.ts';
import { readConfig } from './serve.ts';

/** Exit codes: 0 all is well, 1 something wants looking at, 2 something is broken, or the configuration does not fit. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<DoctorWords>(zh, en);
  const flag = { type: 'boolean' } as const;
  const given = parsed({ args, options: { json: flag, whole: flag, jobs: flag, help: { ...flag, short: 'h' } } });
  if (given === null) {
    process.stderr.write(`${words.usage}\n`);
    return 2;
  }
  const { help, json, whole = false, jobs } = given.values;
  if (help === true) return print(words.usage, 0);
  const config = readConfig();
  if (config === null) return 2;
  const now = Math.floor(Date.now() / 1000);
  // Where the database does not answer, the whole examination says why.
  const states = jobs === true ? await examineJobs(config, now) : null;
  if (states !== null) return tellJobs(states, json === true, words);
  const findings = await examine(config, { whole, now, isKept: await clockKept() });
  const code = exitCode(findings);
  const told = findings.map((one) => ({ ...one, text: sentence(one, words) }));
  if (json === true) return print(JSON.stringify({ code, findings: told.map(({ key, ...one }) => one) }), code);
  for (const { level, check, text } of told) print(`${words.level[level]} ${words.check[check]}  ${text}`, 0);
  return print(words.end(findings.filter(({ level }) => level !== 'ok').length), code);
}

function tellJobs(states: readonly JobState[], json: boolean, words: DoctorWords): number {
  const code = exitCode([judgeJobs(states)]);
  if (json) return print(JSON.stringify({ code, jobs: states }), code);
  for (const state of states) print(words.job(state), 0);
  return code;
}

function sentence({ code, facts, key }: Finding, words: DoctorWords): string {
  if (key !== undefined) return wordsHere<LogKeyWords>(zhKey, enKey).trouble[key.code](key.at, key.more ?? '');
  const [a = '', b = '', c = ''] = facts;
  return words.said[code](a, b, c);
}

function print(line: string, code: number): number {
  process.stdout.write(`${line}\n`);
  return code;
}
