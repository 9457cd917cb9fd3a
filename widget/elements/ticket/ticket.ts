// Following a case by its receipt, on a page of its own (closed-loop.md): a frame around the desk for receipts.
import { css, html, type TemplateResult } from 'lit';
import { emptyLook, emptyStyles } from '../../base/empty-look.ts';
import { host } from '../../base/host.styles.ts';
import { looks } from '../../base/looks.styles.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { tokens } from '../../base/tokens.ts';
import { listsIn } from '../../locales/lists.ts';
import { apiOf } from '../../remote/client.ts';
import { type Read, readBeside, TreeElement } from '../tree-element.ts';

/** @element sundial-ticket
 *  @attr src address of the public tree
 *  @attr lang zh-CN or en; else that of the page
 *  @fires sundial:ready the form is painted
 *  @fires sundial:failed nothing could be loaded
 *  @csspart heading title form state button
 *  @slot what the page shows until the form is there */
export class SundialTicket extends TreeElement<null> {
  static override styles = [
    tokens,
    host,
    paper,
    looks,
    emptyStyles,
    css`.bones { min-height: 0; height: 400px; overflow: hidden; }`,
  ];

  protected get says() {
    return listsIn(this.words.lang).ticket;
  }

  protected read(tree: string, signal: AbortSignal): Promise<Read<null>> {
    return readBeside<null>(tree, signal);
  }

  protected show({ tree, index }: Read<null>, setting: Setting): TemplateResult {
    const { says } = this;
    const api = apiOf(index, tree);
    return html`<header part="heading">${this.kicker(setting, says.name)}<h2 class="title" part="title">${says.heading}</h2><p class="byline">${says.lead}</p></header>${
      api === null
        ? html`<div class="gap">${emptyLook(says.closed, says.closedHow)}</div>`
        : html`<sundial-receipt-desk part="form" exportparts="state, button" .setting=${setting} .tree=${tree} .api=${api} .isWhole=${true}></sundial-receipt-desk>`
    }`;
  }
}
