// The closed-loop figures: part, whole and window beside each; what was dealt with and what was solved apart (closed-loop.md "Rates").
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PublicRates, Rates, RatesWindow, Share } from '../../../shared/api/public-rates.ts';
import { percentOf } from '../../../shared/feedback/rates.ts';
import { dateOfDay, parseDay } from '../../../shared/time/civil.ts';
import { share } from '../../base/charts.ts';
import { fullTime } from '../../base/dates.ts';
import { emptyLook, emptyStyles } from '../../base/empty-look.ts';
import { host } from '../../base/host.styles.ts';
import { looks } from '../../base/looks.styles.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { unbroken } from '../../base/unbroken.ts';
import { listsIn } from '../../locales/lists.ts';
import { getRates } from '../../remote/lists.ts';
import { type Read, readBeside, TreeElement } from '../tree-element.ts';
import { styles } from './rates.styles.ts';

const done = ['responseRate', 'onTimeRate', 'closureRate'] as const;
const heard = ['followUpRate', 'resolutionRate', 'satisfactionRate', 'reopenRate'] as const;
type Figure = (typeof done)[number] | (typeof heard)[number];
const all: readonly Figure[] = [...done, ...heard];

/** @element sundial-rates
 *  @attr src address of the public tree
 *  @attr unit id of a handling unit: its figures alone
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the figures are painted
 *  @fires sundial:failed nothing could be loaded
 *  @csspart heading title figure method
 *  @slot what the page shows until the figures are there */
export class SundialRates extends TreeElement<PublicRates | null> {
  static override properties: PropertyDeclarations = { ...TreeElement.properties, unit: {}, chosen: { state: true } };
  static override styles = [tokens, host, paper, looks, emptyStyles, styles];

  declare unit: string | null;
  /** First day of the quarter that is shown, '' for everything. */
  declare chosen: string;

  constructor() {
    super();
    this.unit = null;
    this.chosen = '';
  }

  protected get says() {
    return listsIn(this.words.lang).rates;
  }

  protected override wrong(): string | null {
    return super.wrong() ?? (/^[a-z0-9-]{0,32}$/.test(this.#unit) ? null : 'unit');
  }

  protected read(tree: string, signal: AbortSignal): Promise<Read<PublicRates | null>> {
    return readBeside(tree, signal, getRates(tree, signal));
  }

  protected show({ value }: Read<PublicRates | null>, setting: Setting): TemplateResult {
    const { says } = this;
    const head = (below: unknown): TemplateResult =>
      html`<header part="heading">${this.kicker(setting, says.name)}<h2 class="title" part="title">${says.heading}</h2>${below}</header>`;
    const windows = [...(value?.whole ? [value.whole] : []), ...(value?.quarters ?? [])];
    const window = windows.find(({ from }, n) => n > 0 && from === this.chosen) ?? windows[0];
    if (value === null || window === undefined)
      return html`${head(nothing)}<div class="gap">${emptyLook(says.none, says.noneHow)}</div>`;
    const rates = this.#unit === '' ? window.all : window.units.find(({ unit }) => unit === this.#unit);
    const dated = this.#dated(window, rates?.tickets ?? 0, value.asOf, setting);
    return html`${head(html`${this.#unit === '' ? nothing : html`<p class="byline">${setting.unit(this.#unit)}</p>`}<p class="byline num">${dated}</p>`)}${this.#windows(windows, window)}${
      rates === undefined
        ? html`<div class="gap">${emptyLook(says.noneOf(setting.unit(this.#unit)), says.noneHow)}</div>`
        : this.#figures(rates, window, setting)
    }`;
  }

  #figures(rates: Rates, window: RatesWindow, setting: Setting): TemplateResult {
    const { says } = this;
    const rejected = this.#unit === '' ? window.rejected : null;
    return html`<div class="sides">${this.#group(says.done, says.doneHow, done, rates)}${this.#group(says.heard, says.heardHow, heard, rates)}</div>
<p class="meta num beside">${says.beside(rates.referred, rates.merged, rejected, rates.silent)}</p>
<details class="fold" part="method"><summary>${says.how}</summary><ul class="method">${says.method.map((line) => html`<li>${line}</li>`)}</ul></details>
<details class="fold"><summary>${says.table}</summary>${this.#twin(rates)}</details>${
      this.#unit !== '' || window.units.length === 0
        ? nothing
        : html`<details class="fold"><summary>${says.byUnit}</summary>${this.#byUnit(window, setting)}</details>`
    }`;
  }

  #group(heading: string, how: string, figures: readonly Figure[], rates: Rates): TemplateResult {
    const { says } = this;
    return html`<section><h3 class="sec">${heading}</h3><p class="meta">${how}</p><dl>${figures.map((figure) => {
      const share = rates[figure];
      return html`<div class="figure" part="figure"><dt>${says.rate[figure]}<span class="num">${this.#percent(share)}</span></dt><dd>${shareBar(share.part, share.of)}<p class="num">${says.say[figure](share.part, share.of)}</p></dd></div>`;
    })}</dl></section>`;
  }

  /** In per cent, or why there is none. */
  #percent(share: Share): TemplateResult {
    const percent = percentOf(share);
    return percent === null
      ? html`<small>${share.of === 0 ? this.says.nothing : this.says.few}</small>`
      : html`${percent}%`;
  }

  #twin(rates: Rates): TemplateResult {
    const { says } = this;
    return html`<table><thead><tr><th scope="col">${says.figure}</th><th class="n" scope="col">${says.part}</th><th class="n" scope="col">${says.of}</th><th class="n" scope="col">${says.percent}</th></tr></thead><tbody>${all.map(
      (figure) => {
        const { part, of } = rates[figure];
        const percent = percentOf(rates[figure]);
        return html`<tr><td>${says.rate[figure]}</td><td class="n">${part}</td><td class="n">${of}</td><td class="n">${percent === null ? '–' : `${percent}%`}</td></tr>`;
      },
    )}</tbody></table>`;
  }

  #byUnit({ units }: RatesWindow, setting: Setting): TemplateResult {
    const { says } = this;
    return html`<div class="wide" tabindex="0" role="region" aria-label=${says.byUnit}><table><thead><tr><th scope="col">${says.unit}</th><th class="n" scope="col">${says.tickets}</th>${all.map((figure) => html`<th class="n" scope="col">${says.rate[figure]}</th>`)}</tr></thead><tbody>${units.map(
      ({ unit, tickets, ...rates }) =>
        html`<tr><td>${setting.unit(unit)}</td><td class="n">${tickets}</td>${all.map((figure) => {
          const { part, of } = rates[figure];
          const percent = percentOf(rates[figure]);
          return html`<td class="n">${of === 0 ? '–' : says.outOf(part, of)}${percent === null ? nothing : html`<br>${percent}%`}</td>`;
        })}</tr>`,
    )}</tbody></table></div>`;
  }

  #windows(windows: readonly RatesWindow[], shown: RatesWindow): TemplateResult {
    const { says } = this;
    return html`<p class="pick no-print"><label for="window">${says.window}</label><select id="window" @change=${this.#choose}>${windows.map(
      (window, n) => {
        const { year, month } = dayOf(window.from);
        return html`<option value=${n === 0 ? '' : window.from} ?selected=${window === shown}>${n === 0 ? says.whole : says.quarter(year, Math.ceil(month / 3))}</option>`;
      },
    )}</select></p>`;
  }

  readonly #choose = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.chosen = target.value;
  };

  #dated(window: RatesWindow, tickets: number, at: number, { offset, words }: Setting) {
    const [from, to] = [dayOf(window.from), dayOf(window.to)];
    const asOf = fullTime(at, offset, words);
    const days = [words.time.dayOfYear(from), words.time.dayOfYear(to)];
    return unbroken(this.says.about(from, to, tickets, asOf), [asOf, ...days]);
  }

  get #unit(): string {
    return this.unit?.trim() ?? '';
  }
}

const dayOf = (text: string) => dateOfDay(parseDay(text) ?? 0);

/** A part of a whole as a level bar in ink: it says how many, not which mode. */
const shareBar = (part: number, of: number): TemplateResult =>
  html`<svg class="of" height="12" aria-hidden="true"><rect class="track" x=".5" y=".5" width="100%" height="11"></rect><rect width=${share(part, of || 1)} height="12"></rect></svg>`;
