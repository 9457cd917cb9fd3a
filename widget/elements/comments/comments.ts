// What readers say of one published diary, with the forms to say it: for a page that shows the diary in its own way (closed-loop.md).
import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Beside } from '../../../shared/api/public-lists.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { drawNames, weekNames } from '../../base/dates.ts';
import { host } from '../../base/host.styles.ts';
import { kicker } from '../../base/kicker.ts';
import { diaryLink, isSealed, toFeed, wrongName } from '../../base/links.ts';
import { looks } from '../../base/looks.styles.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { LoadController } from '../../controllers/load.ts';
import { voicesIn } from '../../locales/voices.ts';
import type { TalkOf } from '../../parts/talk/talk.ts';
import { getBeside } from '../../remote/beside.ts';
import { apiOf } from '../../remote/client.ts';
import { loadDiary } from '../diary/load-diary.ts';
import { type Read, readBeside, TreeElement } from '../tree-element.ts';

/** Below a diary they stand further off. */
const closer = css`
  sundial-talk { display: block; margin-top: -24px; }
`;

/** @element sundial-comments
 *  @attr src address of the public tree
 *  @attr draw id of the draw
 *  @attr unit id of the unit
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the place of the comments is painted
 *  @fires sundial:failed nothing could be loaded
 *  @fires sundial:comment the server took a comment
 *  @csspart comments comment form button state picture
 *  @slot what the page shows until the comments are there */
export class SundialComments extends TreeElement<Beside | null> {
  static override properties: PropertyDeclarations = { ...TreeElement.properties, draw: {}, unit: {} };
  static override styles = [tokens, host, paper, looks, closer];

  declare draw: string | null;
  declare unit: string | null;
  protected override readonly asks = ['src', 'draw', 'unit'];
  /** The items of the diary, once a comment hangs on one of them. */
  readonly #items = new LoadController<readonly ShownItem[]>(this);

  constructor() {
    super();
    this.draw = this.unit = null;
  }

  protected get says() {
    return voicesIn(this.words.lang);
  }

  protected override wrong(): string | null {
    return super.wrong() ?? wrongName(this.draw, this.unit);
  }

  protected read(tree: string, signal: AbortSignal): Promise<Read<Beside | null>> {
    // Read anew, the entries keep their names.
    if (this.load.now.state !== 'ready') this.#items.reset();
    const { draw, unit } = this.#named;
    return readBeside(tree, signal, getBeside(tree, draw, unit, signal));
  }

  protected show({ tree, index }: Read<Beside | null>, setting: Setting): TemplateResult {
    const { draw, unit } = this.#named;
    const of: TalkOf = { tree, draw, unit, api: isSealed(draw) ? apiOf(index, tree) : null };
    const { now } = this.#items;
    return html`${kicker(setting, html`<span>${this.says.on} <a href=${diaryLink(tree, draw, unit)} @click=${toFeed}>${this.#name(setting)}</a></span>`)}<sundial-talk exportparts="comments, comment, form, button, state, picture" .setting=${setting} .of=${of} .level=${2} .items=${now.state === 'ready' ? now.value : []} @counts=${this.#counted} @goto=${this.#wanted}></sundial-talk>`;
  }

  #name({ words, unit }: Setting): string {
    const { draw, unit: id } = this.#named;
    return isSealed(draw) ? words.feed.untitled(unit(id), weekNames(drawNames(draw).week, words).name) : unit(id);
  }

  readonly #counted = ({ detail }: CustomEvent<Readonly<Record<string, number>>>): void => {
    const { now } = this.load;
    if (now.state !== 'ready' || this.#items.now.state !== 'idle' || Object.keys(detail).length === 0) return;
    const { tree } = now.value;
    this.#items.run(async (signal) => (await loadDiary(tree, this.#named, signal, () => undefined)).read.items);
  };

  readonly #wanted = ({ detail }: CustomEvent<number>): void => {
    const { now } = this.load;
    const { draw, unit } = this.#named;
    if (now.state === 'ready') location.assign(diaryLink(now.value.tree, draw, unit, detail));
  };

  get #named(): { readonly draw: string; readonly unit: string } {
    return { draw: this.draw?.trim() ?? '', unit: this.unit?.trim() ?? '' };
  }
}
