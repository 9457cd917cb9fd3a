// The form above the list: words to search for, and what to narrow it by.
import { html, nothing, type TemplateResult } from 'lit';
import type { FacetIndex } from '../../../shared/api/public-lists.ts';
import type { PublicIndex } from '../../../shared/api/published.ts';
import { type Asked, longestQuery, monthOf, weeksOf } from '../../../shared/search/asked.ts';
import { weekNames } from '../../base/dates.ts';
import { icon } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import { findIn } from '../../locales/find.ts';

export type FacetField = Exclude<keyof Asked, 'q'>;
const fields = ['unit', 'theme', 'thread', 'category', 'when', 'kind'] as const;

export interface ToolsView {
  readonly index: PublicIndex;
  /** Null until it was read: then values without a diary are offered too, and no months. */
  readonly counts: FacetIndex['counts'] | null;
  readonly setting: Setting;
  readonly asked: Asked;
  /** Whether the choices are unfolded where there is little room. */
  readonly isOpen: boolean;
  readonly typed: (event: Event) => void;
  readonly chosen: (event: Event) => void;
  readonly submitted: (event: Event) => void;
  readonly unfold: () => void;
}

/** The form. What its fields show is set by their owner, so that a letter being typed is never overwritten. */
export function tools(view: ToolsView): TemplateResult {
  const { setting, isOpen } = view;
  const find = findIn(setting.words.lang);
  // By the index alone: what comes later moves nothing.
  const shown = fields.filter(
    (name) => name === 'when' || valuesOf(name, view).length > (name === 'theme' || name === 'thread' ? 0 : 1),
  );
  return html`<form class="tools no-print" role="search" @submit=${view.submitted}><div class="q"><label for="q">${find.label}</label><span>${icon('search')}<input id="q" name="q" type="search" maxlength=${longestQuery} autocomplete="off" enterkeyhint="search" @input=${view.typed} @compositionend=${view.typed}></span></div>${
    shown.length === 0
      ? nothing
      : html`<button type="button" class="btn quiet" part="button" aria-expanded=${isOpen} aria-controls="by" @click=${view.unfold}>${find.filters}${icon('down', true)}</button><div id="by" class=${isOpen ? 'by open' : 'by'}>${shown.map(
          (name) =>
            html`<div><label for=${name}>${find.names[name]}</label><select id=${name} name=${name} @change=${view.chosen}><option value="">${find.every[name]}</option>${optionsOf(name, view).map(([value, says]) => html`<option value=${value}>${says}</option>`)}</select></div>`,
        )}</div>`
  }</form>`;
}

/** What a value of a field is called. */
export function nameOf(name: FacetField, value: string, { index, setting }: Pick<ToolsView, 'index' | 'setting'>) {
  const { words } = setting;
  switch (name) {
    case 'unit':
      return setting.unit(value);
    case 'kind':
      return findIn(words.lang).unitKind[value] ?? value;
    case 'category':
      return setting.category(value, undefined).word;
    case 'theme': {
      const theme = index.themes?.find(({ id }) => id === value);
      return theme === undefined ? value : words.lang.startsWith('zh') ? theme.zh : theme.en;
    }
    case 'thread':
      return index.threads.find(({ id }) => id === value)?.name ?? value;
    case 'when': {
      if (monthOf(value) !== value) return weekNames(value, words).name;
      const [year, month] = value.split('-').map(Number);
      return findIn(words.lang).month(year ?? 0, month ?? 0);
    }
  }
}

/** Values to choose from, with their words. The weeks stand under the month that is chosen; a value that is asked for is always there. */
function optionsOf(name: FacetField, view: ToolsView): readonly (readonly [value: string, says: string])[] {
  const { counts, asked, setting } = view;
  const own = asked[name];
  const counted: Readonly<Record<string, number>> | undefined =
    counts === null ? undefined : (counts[name === 'when' ? 'month' : name] ?? {});
  const known = name === 'when' ? Object.keys(counted ?? {}).reverse() : valuesOf(name, view);
  const values = known.filter((value) => counted === undefined || (counted[value] ?? 0) > 0 || value === own);
  const month = own === undefined ? null : monthOf(own);
  if (own !== undefined && !values.includes(name === 'when' ? (month ?? own) : own)) values.unshift(month ?? own);
  return values.flatMap((value) => [
    [value, nameOf(name, value, view)] as const,
    ...(name === 'when' && value === month ? weeksOf(value) : []).map((week) => {
      const { name: says, days } = weekNames(week, setting.words);
      return [week, `\u00a0\u00a0${says} ${days}`] as const;
    }),
  ]);
}

const valuesOf = (name: Exclude<FacetField, 'when'>, { index, setting }: ToolsView): readonly string[] =>
  ({
    unit: index.units.map(({ id }) => id),
    kind: [...new Set(index.units.map(({ kind }) => kind))],
    theme: (index.themes ?? []).map(({ id }) => id),
    thread: index.threads.map(({ id }) => id),
    category: setting.table.map(({ id }) => id),
  })[name];
