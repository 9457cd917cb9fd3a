/** The demonstration's organisation as a configuration: 晴湖新区 with the units that write today. */
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { type DemoSet, readDemoRaw } from './demo-set.ts';

/** Log origin of the demonstration. */
export const demoOrigin = 'qinghu.example/log1';

/** Settings made from the set. Units that join later are left out: a term of office without a unit is refused. */
export function demoSettings({ organisation }: DemoSet): SettingsInput {
  const units = organisation.units.filter(({ status }) => status === undefined);
  const ids = new Set(units.map(({ id }) => id));
  const raw = readDemoRaw();
  return {
    name: organisation.name,
    origin: demoOrigin,
    zone: organisation.zone,
    demo: true,
    units: units.map(({ id, kind, name }) => ({ id, kind, name })),
    terms: organisation.terms.filter(({ unit }) => ids.has(unit)).map((term) => ({ ...term, to: term.to ?? null })),
    themes: raw.themes,
    threads: organisation.threads.map(({ id, name, aliases, theme }) => ({ id, name, aliases, theme })),
    termBase: raw.termBase,
    secrecyWords: raw.secrecyWords,
    calendar: {
      holidays: organisation.calendar.holidays.map(({ date }) => date),
      makeUpWorkdays: organisation.calendar.makeUpWorkdays.map(({ date }) => date),
    },
  };
}
