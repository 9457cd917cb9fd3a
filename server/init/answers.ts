/** From options, defaults and a person to the five answers. */
import type { InitWords } from '../locales/zh/init.ts';
import type { Asker } from './ask.ts';
import { type Answers, type Question, readers } from './questions.ts';

export interface Interview {
  /** What was given as options. */
  readonly given: Partial<Readonly<Record<Question, string>>>;
  readonly defaults: Readonly<Record<Question, string>>;
  /** Who is asked for the rest; null where the defaults are taken. */
  readonly asker: Asker | null;
  /** Why a database does not answer, null where it does. */
  readonly whyUnreachable: (address: string) => Promise<string | null>;
  readonly say: (line: string) => void;
  readonly words: InitWords;
}

/** The answers; null after saying what is wrong with an option, or where the input ended. A wrong answer of a person is asked again. */
export async function answersOf(interview: Interview): Promise<Answers | null> {
  const name = await answerTo('name', interview);
  const address = name && (await answerTo('address', interview));
  const zone = address && (await answerTo('zone', interview));
  const database = zone && (await answerTo('database', interview));
  const pages = database && (await answerTo('pages', interview));
  if (!name || !address || !zone || !database || !pages) return null;
  return { name: name.value, address: address.value, zone: zone.value, database: database.value, pages: pages.value };
}

async function answerTo<Q extends Question>(
  question: Q,
  { given, defaults, asker, whyUnreachable, say, words }: Interview,
): Promise<{ readonly value: Answers[Q] } | null> {
  for (;;) {
    const option = given[question];
    const line =
      option ?? (asker === null ? '' : await asker.ask(words.prompt(words.question[question], defaults[question])));
    if (line === null) {
      say(`\n${words.ended}`);
      return null;
    }
    const read = readers[question](line.trim() === '' ? defaults[question] : line);
    const why =
      read.ok && question === 'database' && typeof read.value === 'string' ? await whyUnreachable(read.value) : null;
    if (read.ok && why === null) return { value: read.value };
    say(read.ok ? words.unreachable(why ?? '') : words.problem[read.problem]);
    if (option !== undefined || asker === null) return null;
  }
}
