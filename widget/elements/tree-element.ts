// An element that shows a file of the tree: what it looks like while that loads, when it fails, when the network is gone.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublicIndex } from '../../shared/api/published.ts';
import { clockOf } from '../base/dates.ts';
import { kicker } from '../base/kicker.ts';
import { wordsOf } from '../base/language.ts';
import { loadingLook, offlineLook, troubleLook } from '../base/looks.ts';
import { OuterElement } from '../base/outer-element.ts';
import { type Setting, settingOf } from '../base/setting.ts';
import { LoadController, type Loaded } from '../controllers/load.ts';
import { getIndex, type Kept, treeOf } from '../remote/client.ts';

/** What was read, from where. */
export interface Read<T> extends Omit<Kept<T>, 'value'> {
  readonly tree: string;
  readonly index: PublicIndex;
  readonly value: T;
}

/** The index of a tree and a file of it, as old as the older of the two. */
export async function readBeside<T>(
  tree: string,
  signal: AbortSignal,
  file: Promise<Kept<T>> | null = null,
): Promise<Read<T | null>> {
  const [index, beside] = await Promise.all([getIndex(tree, signal), file]);
  const { stale, keptAt } = beside?.stale ? beside : index;
  return { tree, index: index.value, value: beside?.value ?? null, stale, keptAt };
}

export abstract class TreeElement<T> extends OuterElement {
  readonly load = new LoadController<Read<T>>(this);
  #told: Loaded<Read<T>>['state'] = 'idle';
  #loadedAt = 0;

  /** Properties that name what is read. */
  protected readonly asks: readonly string[] = ['src'];
  protected abstract readonly says: { readonly loading: string; readonly failed: string };
  protected abstract read(tree: string, signal: AbortSignal): Promise<Read<T>>;
  protected abstract show(read: Read<T>, setting: Setting): unknown;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const { state } = this.load.now;
    if (state !== 'idle' && !this.asks.some((name) => changed.has(name))) return;
    const tree = treeOf(this.src);
    if (tree === null || this.wrong() !== null) this.load.reset();
    else this.load.run(async (signal) => (await Promise.all([this.read(tree, signal), wordsOf(this)]))[0]);
  }

  override updated(): void {
    const { now } = this.load;
    if (now.state === this.#told) return;
    this.#told = now.state;
    if (now.state === 'failed') this.tell('sundial:failed', { code: now.trouble });
    if (now.state !== 'ready') return;
    this.#loadedAt = Date.now();
    this.tell('sundial:ready', {});
  }

  override renew(): void {
    this.load.again(true);
  }

  /** Organisation and name of the element, above a title. */
  protected kicker(setting: Setting, name: string): TemplateResult {
    return kicker(setting, html`<span>${setting.organisation} · ${name}</span>`);
  }

  protected override body() {
    const { now } = this.load;
    const { words, says } = this;
    if (now.state === 'failed')
      return html`${troubleLook(says.failed, words.state[now.trouble], words, () => this.load.again(), null)}<slot></slot>`;
    if (now.state !== 'ready') return this.childElementCount > 0 ? html`<slot></slot>` : loadingLook(says.loading);
    const { stale, keptAt, index } = now.value;
    const setting = settingOf(index, words);
    const at = stale ? keptAt : this.#loadedAt || Date.now();
    const kept = at === null ? null : clockOf(at / 1000, setting.offset, words);
    return html`${this.online && !stale ? nothing : offlineLook(kept, words)}${this.show(now.value, setting)}`;
  }
}
