/** The rule in words and in the form's terms. */
import type { getDraws } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { isRule, type Rule } from '../../../shared/proof/records.ts';
import { formatClock } from '../../../shared/time/civil.ts';
import type { Words } from '../../locales/use-words.ts';

/** The payload of the rule in force, null before the first. */
export function ruleOf(answer: Answer<typeof getDraws>): Rule | null {
  const payload = answer.rule?.payload;
  return isRule(payload) ? payload : null;
}

/** `第1组` of a stratum: strata are named by their order in the rule. An id that the rule has not stays as it is. */
export function stratumLabel(rule: Pick<Rule, 'strata'> | null, id: string, words: Words): string {
  const at = rule?.strata.findIndex((stratum) => stratum.id === id) ?? -1;
  return at < 0 ? id : words.draws.stratum(at + 1);
}

/** `close` as a weekday (1 Monday to 7 Sunday) of the week after and a time, and back. 10,080 minutes stay 7 days and 24:00 less a minute. */
export function closeParts(close: number): { readonly weekday: number; readonly time: string } {
  const bounded = Math.min(close, 10_079);
  const minute = bounded % 1440;
  return { weekday: Math.floor(bounded / 1440) + 1, time: formatClock(minute) };
}

/** Minutes from Monday 00:00; NaN where the time is missing. */
export function closeOf(weekday: number, time: string): number {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined
    ? Number.NaN
    : (weekday - 1) * 1440 + Number(hours) * 60 + Number(minutes);
}
