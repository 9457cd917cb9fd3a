/** The floor under a diary's first paint: one Lit template of the same elements, texts and styles, from the same two files, without checks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { draw, indexOf, unit, vectors } from '../../widget/vector-tree.ts';
import type { Stand } from './stand.ts';

/** What stands in the shadow root of a diary: its markup with `{{n}}` in the place of text n, the texts, and the styles. */
interface Drawing {
  readonly markup: string;
  readonly texts: readonly string[];
  readonly styles: string;
}

/** Reads the drawing of the diary that a page shows; what stands in further elements is left out. */
export const drawingOf = (page: Page): Promise<Drawing> =>
  page.evaluate(() => {
    const root = document.querySelector('sundial-diary')?.shadowRoot;
    if (root === null || root === undefined) throw new Error('no diary is shown');
    const copy = document.createElement('div');
    for (const node of root.childNodes) copy.append(node.cloneNode(true));
    const texts: string[] = [];
    const comments: Node[] = [];
    const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      if (node instanceof Comment) comments.push(node);
      else {
        texts.push(node.nodeValue ?? '');
        node.nodeValue = `{{${texts.length - 1}}}`;
      }
    }
    for (const node of comments) node.parentNode?.removeChild(node);
    const styles = root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    return { markup: copy.innerHTML.replace(/<(\/?)sundial-[a-z-]+/g, '<$1div'), texts, styles: styles.join('\n') };
  });

/** Serves the bare page of a drawing. */
export async function openBare(drawing: Drawing): Promise<Stand> {
  const script = await scriptOf(drawing);
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': [
      'text/html; charset=utf-8',
      '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>bare</title><script type="module" src="/bare.js"></script></head><body><bare-diary></bare-diary></body></html>',
    ],
    '/bare.js': ['text/javascript; charset=utf-8', script],
    '/index.json': ['application/json', JSON.stringify(indexOf())],
    '/bundle.json': ['application/json', JSON.stringify(vectors.base)],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(body === '' ? 404 : 200, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function scriptOf({ markup, texts, styles }: Drawing): Promise<string> {
  const escaped = markup.replace(/[`\\]/g, '\\$&').replaceAll('${', '\\${');
  const template = escaped.replace(/\{\{(\d+)\}\}/g, (_, n) => `\${texts[${n}]}`);
  const contents = `import { LitElement, html, unsafeCSS } from 'lit';
const texts = ${JSON.stringify(texts)};
const decode = (one) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(one.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))));
customElements.define('bare-diary', class extends LitElement {
  static styles = unsafeCSS(${JSON.stringify(styles)});
  static properties = { read: { state: true } };
  async connectedCallback() {
    super.connectedCallback();
    const [index, bundle] = await Promise.all(['/index.json', '/bundle.json'].map(async (file) => (await fetch(file)).json()));
    this.read = [index, ...bundle.diary.split('~').slice(1, -1).map(decode), '${draw}', '${unit}'];
  }
  render() { return this.read ? html\`${template}\` : ''; }
});`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, '..', '..', '..') },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    conditions: ['production'],
    charset: 'utf8',
  });
  return outputFiles[0]?.text ?? '';
}
