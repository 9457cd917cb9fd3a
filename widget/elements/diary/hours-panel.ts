// Where the hours went: the total, one bar, the same in numbers, and how they were counted.
import { html, nothing, type TemplateResult } from 'lit';
import { type Fill, stackedBar, swatch } from '../../base/charts.ts';
import type { Setting } from '../../base/setting.ts';
import type { WeekHours } from './sections.ts';

/** The panel beside or above the reading. */
export function hoursPanel(hours: WeekHours, setting: Setting): TemplateResult {
  const { hours: says, time, domain, diary } = setting.words;
  const mode = (fill: Fill, none: string): string => (fill === 'none' || fill === 'held' ? none : domain.mode[fill]);
  const bare = (fill: Fill): string => (fill === 'held' ? says.heldAlone : diary.unmarked);
  const whole = hours.parts.reduce((sum, { minutes }) => sum + minutes, 0) || 1;
  const word = (fill: Fill, category: string | undefined): string =>
    category === undefined ? bare(fill) : setting.category(category, undefined).word;
  const method = [
    ...says.method,
    ...(hours.sum === hours.union ? [] : [says.sum(time.duration(hours.sum))]),
    ...(hours.lateEntries === 0 ? [] : [says.late(time.duration(hours.late), hours.lateEntries)]),
  ];
  return html`<section class="hours" aria-label=${says.heading} part="hours"><div class="hours-top"><strong>${big(hours.union, time.hour, time.minute)}</strong><span class="meta">${says.about(hours.entries)}</span></div>
<details class="fold how"><summary>${says.how}</summary><ul class="method">${method.map((line) => html`<li>${line}</li>`)}</ul></details>
${stackedBar(hours.parts, says.bar)}<ul class="ratio">${hours.byMode.map(({ fill, minutes }) =>
    share(fill, mode(fill, bare(fill)), time.duration(minutes)),
  )}${hours.held === 0 ? nothing : share('held', says.heldPart, time.duration(hours.held))}</ul>${
    hours.focusedShare === null
      ? nothing
      : html`<p class="meta share num">${says.share(Math.round(hours.focusedShare * 100))}</p>`
  }
<details class="fold"><summary>${says.table}</summary><table><thead><tr><th>${says.category}</th><th>${says.counts}</th><th class="n">${says.time}</th><th class="n">${says.part}</th></tr></thead><tbody>${hours.parts.map(
    ({ fill, category, minutes }) =>
      html`<tr><td>${word(fill, category)}</td><td>${mode(fill, says.none)}</td><td class="n">${time.duration(minutes)}</td><td class="n">${Math.round((minutes * 100) / whole)}%</td></tr>`,
  )}</tbody><tfoot><tr><td colspan="2">${says.total}</td><td class="n">${time.duration(hours.union)}</td><td></td></tr></tfoot></table></details></section>`;
}

const share = (fill: Fill, name: string, time: string): TemplateResult =>
  html`<li>${swatch(fill)}<span>${name} <span class="nb num">${time}</span></span></li>`;

/** `67小时10分` with large figures and small units. */
function big(minutes: number, hour: string, minute: string): readonly (TemplateResult | typeof nothing)[] {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const figure = (count: number, unit: string) => html`${count}<small>${unit}</small>`;
  return [hours > 0 ? figure(hours, hour) : nothing, rest > 0 || hours === 0 ? figure(rest, minute) : nothing];
}
