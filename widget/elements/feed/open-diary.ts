// The diary that is open in the place of the list: what its address is, and where the reader and the keyboard go.
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { icon } from '../../base/icons.ts';
import { hashIsFree, isPlainClick } from '../../base/links.ts';
import { type AddressController, type DiaryPlace, hashOfPlace, placeIn } from '../../controllers/address.ts';
import { findIn } from '../../locales/find.ts';
import type { Words } from '../../locales/zh.ts';
import { treeOf } from '../../remote/client.ts';
import type { SundialDiary } from '../diary/diary.ts';

/** The element that has the list. Most of it goes on to the diary. */
type Shelf = LitElement &
  Pick<SundialDiary, 'src' | 'vkey' | 'organiser' | 'witness' | 'forget' | 'draws' | 'threads'> & {
    readonly words: Words;
  };

export class OpenDiary {
  /** The diary, and the entry that was asked for; null while the list is there. */
  place: DiaryPlace | null = null;
  readonly #shelf: Shelf;
  readonly #address: AddressController;
  readonly #back: () => void;
  /** The reader opened it: the keyboard goes to its title when it is there. */
  #wantsFocus = false;
  #scrolled = 0;

  /** `back`: the reader wants the list. */
  constructor(shelf: Shelf, address: AddressController, back: () => void) {
    this.#shelf = shelf;
    this.#address = address;
    this.#back = back;
  }

  get view(): TemplateResult | typeof nothing {
    if (this.place === null) return nothing;
    const { draw, unit, item } = this.place;
    const { words, src, vkey, organiser, witness, forget, draws, threads } = this.#shelf;
    return html`<p class="back no-print"><button class="btn quiet" part="button" @click=${this.#back}>${icon('left')}${findIn(words.lang).list.back}</button></p>
<sundial-diary exportparts="title, verification, notice, hours, day, entry, text, withheld, comments, comment, form, button, state, picture" lang=${words.lang} .src=${src} .draw=${draw} .unit=${unit} .vkey=${vkey} .organiser=${organiser} .witness=${witness} .forget=${forget} .draws=${draws} .threads=${threads} .item=${item ?? null} @click=${this.#within} @sundial:ready=${this.#came} @sundial:failed=${this.#came}></sundial-diary>`;
  }

  /** Address of a diary or entry: in the page, else its plain page. */
  linkTo({ draw, unit, item }: DiaryPlace): string {
    return hashIsFree()
      ? hashOfPlace({ draw, unit, item })
      : `${treeOf(this.#shelf.src)}d/${draw}/${unit}.html${item === undefined ? '' : `#item-${item}`}`;
  }

  /** Opens a diary for the reader, who asked for it here. */
  open(place: DiaryPlace): void {
    if (this.place === null) this.#scrolled = scrollY;
    this.#address.open(place);
    const diary = this.#shelf.renderRoot.querySelector('sundial-diary');
    if (isDiary(diary) && this.#is(place) && place.item !== undefined) diary.goTo(place.item);
    this.#wantsFocus = place.item === undefined;
    this.#show(place);
    this.#shelf.updateComplete.then(() => {
      if (this.#shelf.getBoundingClientRect().top < 0) this.#shelf.scrollIntoView({ block: 'start' });
    });
  }

  /** The page's address names a diary. */
  follow(place: DiaryPlace): void {
    if (!this.#is(place)) this.#show(place);
  }

  /** The list is there again, where the reader left it. */
  close(): void {
    const { place } = this;
    if (place === null) return;
    this.#show(null);
    this.#shelf.updateComplete.then(() => {
      scrollTo(scrollX, this.#scrolled);
      const link = `[id='c-${place.draw}-${place.unit}']`;
      this.#shelf.renderRoot.querySelector<HTMLElement>(link)?.focus({ preventScroll: true });
    });
  }

  #is({ draw, unit }: DiaryPlace): boolean {
    return this.place?.draw === draw && this.place.unit === unit;
  }

  #show(place: DiaryPlace | null): void {
    this.place = place;
    this.#shelf.requestUpdate();
  }

  /** A link to another diary inside the one that is open. */
  readonly #within = (event: MouseEvent): void => {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    const place = placeIn(link instanceof HTMLAnchorElement ? (link.getAttribute('href') ?? '') : '');
    if (place === null || event.defaultPrevented || !isPlainClick(event)) return;
    event.preventDefault();
    this.open(place);
  };

  // The reader may have gone elsewhere while it came.
  readonly #came = ({ currentTarget: diary, type }: Event): void => {
    const isFree = document.activeElement === document.body || this.#shelf.matches(':focus-within');
    if (this.#wantsFocus && isFree && isDiary(diary)) diary.focusTitle();
    if (type === 'sundial:ready') this.#wantsFocus = false;
  };
}

const isDiary = (target: EventTarget | null): target is SundialDiary =>
  target instanceof HTMLElement && 'focusTitle' in target;
