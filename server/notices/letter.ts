/** What a mail says: what waits, until when, and how to get there; no word of a diary, a comment or a ticket. Values in, text out. */
import { type DeskNoticeKind, deskNoticeKinds } from '../../shared/organisation/desk-notice.ts';
import { civilOf, dateOfDay, dayOf, formatMinute, zoneOffset } from '../../shared/time/civil.ts';
import type { Context } from '../context.ts';
import { letter as en } from '../locales/en/letter.ts';
import { type LetterWords, letter as zh } from '../locales/zh/letter.ts';
import { codeSeconds } from './code.ts';
import { type Line, linesOf } from './line.ts';
import type { DeliveryRow } from './queries.ts';

interface Letter {
  readonly subject: string;
  readonly text: string;
}

const catalogues: Readonly<Record<'zh' | 'en', LetterWords>> = { zh, en };

/** What has no name to look for is counted. */
const counted: readonly DeskNoticeKind[] = ['commentDue', 'reviewWaiting'];

/** The letter of a delivery, under the organisation's clock. */
export function letterOf({ config }: Pick<Context, 'config'>, delivery: DeliveryRow, lang: 'zh' | 'en'): Letter {
  const words = catalogues[lang];
  const kind = deskNoticeKinds.find((each) => each === delivery.kind);
  if (kind === undefined) throw new TypeError(`no letter of kind ${delivery.kind}`);
  const when = (at: number): string => momentOf(at, config.zone, words);
  const lines = linesOf(delivery.lines);
  const title = words.kinds[kind](lines.length);
  const named = counted.includes(kind) ? earliest(lines, words, when) : lines.map((line) => nameOf(line, words, when));
  return {
    subject: words.subject(title),
    text: [
      title,
      [...new Set(named)].map((line) => `- ${line}`).join('\n'),
      `${words.open}\n${config.issuer}/desk`,
      `${config.name[lang]}\n${words.foot}`,
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

/** The letter that brings a code. */
export function codeLetter({ config }: Pick<Context, 'config'>, lang: 'zh' | 'en', code: string): Letter {
  const words = catalogues[lang];
  return {
    subject: words.codeSubject,
    text: `${words.code(code, codeSeconds / 60)}\n\n${config.name[lang]}`,
  };
}

type When = (at: number) => string;

const nameOf = ({ subject, due }: Line, words: LetterWords, when: When): string =>
  words.line(subject, due === null ? null : when(due));

function earliest(lines: readonly Line[], words: LetterWords, when: When): readonly string[] {
  const dues = lines.flatMap(({ due }) => due ?? []);
  return dues.length === 0 ? [] : [words.earliest(when(Math.min(...dues)))];
}

function momentOf(at: number, zone: string, words: LetterWords): string {
  const civil = civilOf(at, zoneOffset(zone) ?? (() => 0));
  const { month, day } = dateOfDay(dayOf(civil));
  return words.when(month, day, formatMinute(civil).slice(11));
}
