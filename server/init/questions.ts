/** The five questions of `sundial init`: what an answer means, and what is wrong with it. */

import type { Words } from '../../shared/api/organisation.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { zoneOffset } from '../../shared/time/civil.ts';

/** In the order in which they are asked. */
export interface Answers {
  readonly name: Words;
  /** Public address: scheme, host and port. */
  readonly address: string;
  readonly zone: string;
  /** `postgres://…`; null for the embedded one. */
  readonly database: string | null;
  /** Origins of the pages that embed the widget. */
  readonly pages: readonly string[];
}

export type Question = keyof Answers;

export type AnswerProblem =
  | 'NAME_EMPTY'
  | 'NAME_LONG'
  | 'ADDRESS_UNREADABLE'
  | 'ADDRESS_WITH_PATH'
  | 'ZONE_UNKNOWN'
  | 'DATABASE_UNREADABLE'
  | 'PAGE_UNREADABLE';

const longestName = 60;
const embedded = new Set(['', 'embedded', '内置']);

/** How each answer is read. An empty one has been replaced by its default before. */
export const readers: { readonly [Q in Question]: (text: string) => Result<Answers[Q], AnswerProblem> } = {
  name: (text) => {
    const [zh = '', en = zh] = text.split(/\s*[/／|]\s*/).map((part) => part.replace(/\p{Cc}/gu, '').trim());
    if (zh === '' || en === '') return fail('NAME_EMPTY');
    return [...zh].length > longestName || [...en].length > longestName ? fail('NAME_LONG') : ok({ zh, en });
  },
  address: (text) => {
    const url = webAddress(text);
    if (url === null) return fail('ADDRESS_UNREADABLE');
    return url.pathname === '/' && url.search === '' && url.hash === '' ? ok(url.origin) : fail('ADDRESS_WITH_PATH');
  },
  zone: (text) => (zoneOffset(text.trim()) === null ? fail('ZONE_UNKNOWN') : ok(text.trim())),
  database: (text) => {
    const given = text.trim();
    if (embedded.has(given)) return ok(null);
    const url = URL.canParse(given) ? new URL(given) : null;
    const isWhole =
      url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1;
    return isWhole ? ok(url.href) : fail('DATABASE_UNREADABLE');
  },
  pages: (text) => {
    const origins = new Set<string>();
    for (const part of text.split(/[\s,，、;；]+/).filter(Boolean)) {
      const url = webAddress(part);
      if (url === null) return fail('PAGE_UNREADABLE');
      origins.add(url.origin);
    }
    return ok([...origins]);
  },
};

/** An address of the web; `https:` where no scheme is typed. */
function webAddress(text: string): URL | null {
  const typed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (typed === '' || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.hostname !== '';
  return isWeb ? url : null;
}
