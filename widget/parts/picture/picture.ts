// A picture of an entry: fetched, checked against what was signed, and only then drawn on a canvas (verification.md 4 "Images"). The page
// needs no img-src for it.
import { html, nothing, type PropertyDeclarations } from 'lit';
import type { Bytes } from '../../../shared/base/bytes.ts';
import type { SignedImage } from '../../../shared/proof/seal.ts';
import { isObject } from '../../../shared/proof/shape.ts';
import { SundialElement } from '../../base/element.ts';
import { icon } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { loadedChecks } from '../../remote/checks.ts';
import { getBytes, Unreachable } from '../../remote/client.ts';
import { styles } from './picture.styles.ts';

/** What became of a picture. */
export type PictureState = 'waiting' | 'shown' | 'IMAGE_ALTERED' | 'IMAGE_MISSING';

const widest = 1600;

/** @element sundial-picture (inside `sundial-diary`)
 *  @csspart picture */
export class SundialPicture extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    tree: { attribute: false },
    image: { attribute: false },
    from: { attribute: false },
    state: { state: true },
  };
  static override styles = [paper, styles];

  declare setting: Setting;
  declare tree: string;
  declare image: SignedImage;
  /** Where its bytes come from, if not from the tree. */
  declare from: ((signal: AbortSignal) => Promise<Bytes | null>) | undefined;
  declare state: PictureState;
  #near: IntersectionObserver | null = null;
  #running: AbortController | null = null;

  constructor() {
    super();
    this.state = 'waiting';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#near = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting) && this.state === 'waiting') this.#load();
      },
      { rootMargin: '600px' },
    );
    this.#near.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#near?.disconnect();
    this.#running?.abort();
  }

  // A list that moved up shows another picture in the same element.
  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('image');
    if (!isObject(before) || before.sha256 === this.image.sha256) return;
    this.#running?.abort();
    const canvas = this.renderRoot.querySelector('canvas');
    canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
    this.#await();
  }

  override render() {
    const { image, state, setting } = this;
    const { diary: words } = setting.words;
    const failed = state === 'IMAGE_ALTERED' || state === 'IMAGE_MISSING';
    if (failed)
      return html`<figure class="lost" part="picture"><p class="why">${icon(state === 'IMAGE_ALTERED' ? 'fail' : 'amber', true)}<span>${state === 'IMAGE_ALTERED' ? words.imageAltered : words.imageMissing} <span class="meta nb">${state}</span></span>${state === 'IMAGE_MISSING' ? html`<button class="link nb" @click=${this.#again}>${setting.words.state.retry}</button>` : nothing}</p><p lang="zh-CN">${image.alt}</p></figure>`;
    const scale = Math.min(1, widest / image.width);
    return html`<figure part="picture"><canvas role="img" aria-label=${image.alt} width=${Math.round(image.width * scale)} height=${Math.round(image.height * scale)}></canvas><figcaption lang="zh-CN" aria-hidden="true">${image.alt}</figcaption></figure>`;
  }

  /** Asks for it when it is near, or at once where it is. */
  #await(): void {
    this.state = 'waiting';
    this.#near?.unobserve(this);
    this.#near?.observe(this);
  }

  readonly #again = (): void => {
    if (this.state === 'IMAGE_MISSING') this.#await();
  };

  async #load(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    try {
      const coming = this.from?.(signal) ?? getBytes(`${this.tree}blob/${this.image.sha256}`, signal);
      const [bytes, { checkPicture }] = await Promise.all([coming, loadedChecks()]);
      const bitmap = bytes && (await checkPicture(bytes, this.image));
      if (signal.aborted) return;
      if (bytes === null) this.state = 'IMAGE_MISSING';
      else if (bitmap === null) this.state = 'IMAGE_ALTERED';
      else {
        const canvas = this.renderRoot.querySelector('canvas');
        canvas?.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        bitmap.close();
        this.state = 'shown';
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Unreachable)) throw error;
      this.state = 'IMAGE_MISSING';
      addEventListener('online', this.#again, { signal });
    }
  }
}
