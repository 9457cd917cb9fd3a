/** The floor under a diary's first paint: Lit templates of the same elements, texts and styles, one for each shadow root, from the same two
 *  files, without checks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { draw, indexOf, unit, vectors } from '../../widget/vector-tree.ts';
import type { Stand } from './stand.ts';

/** What stands in a shadow root: its markup with `{{n}}` in the place of text n, the texts, the styles, and what stands in the shadow roots
 *  of further elements, each in the place of `<bare-part-n>`. */
interface Drawing {
  readonly markup: string;
  readonly texts: readonly string[];
  readonly styles: readonly string[];
  readonly parts: readonly Drawing[];
}

/** Reads the drawing of the diary that a page shows at this moment: every element of it, in its shadow roots too. */
export const drawingOf = (page: Page): Promise<Drawing> =>
  page.evaluate(() => {
    const read = (root: ShadowRoot): Drawing => {
      const hosts = [...root.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? []);
      const places = new Map(hosts.map((inner, n) => [inner.host, n] as const));
      const copied = (node: Node): Node => {
        const place = node instanceof Element ? places.get(node) : undefined;
        const copy = place === undefined ? node.cloneNode() : document.createElement(`bare-part-${place}`);
        if (place !== undefined && node instanceof Element)
          for (const { name, value } of node.attributes) if (copy instanceof Element) copy.setAttribute(name, value);
        for (const child of node.childNodes) if (!(child instanceof Comment)) copy.appendChild(copied(child));
        return copy;
      };
      const copy = document.createElement('div');
      for (const node of root.childNodes) if (!(node instanceof Comment)) copy.append(copied(node));
      const texts: string[] = [];
      const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
        texts.push(node.nodeValue ?? '');
        node.nodeValue = `{{${texts.length - 1}}}`;
      }
      const styles = root.adoptedStyleSheets.map((sheet) =>
        [...sheet.cssRules].map(({ cssText }) => cssText).join('\n'),
      );
      return { markup: copy.innerHTML, texts, styles, parts: hosts.map(read) };
    };
    const root = document.querySelector('sundial-diary')?.shadowRoot;
    if (root === null || root === undefined) throw new Error('no diary is shown');
    return read(root);
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

async function scriptOf(drawing: Drawing): Promise<string> {
  // Shadow roots share sheets, as ours do.
  const sheets = [...new Set([drawing, ...drawing.parts].flatMap(({ styles }) => styles))];
  const contents = `import { LitElement, html, unsafeCSS } from 'lit';
const sheets = ${JSON.stringify(sheets)}.map((text) => unsafeCSS(text));
const decode = (one) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(one.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))));
${drawing.parts.map((part, n) => partOf(part, `bare-part-${n}`, sheets)).join('\n')}
customElements.define('bare-diary', class extends LitElement {
  ${stylesAndTexts(drawing, sheets)}
  static properties = { read: { state: true } };
  async connectedCallback() {
    super.connectedCallback();
    const [index, bundle] = await Promise.all(['/index.json', '/bundle.json'].map(async (file) => (await fetch(file)).json()));
    this.read = [index, ...bundle.diary.split('~').slice(1, -1).map(decode), '${draw}', '${unit}'];
  }
  render() { return this.read ? html\`${templateOf(drawing)}\` : ''; }
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

/** A further element of the diary, drawn like the diary itself; none of them holds a third one. */
const partOf = (part: Drawing, name: string, sheets: readonly string[]): string =>
  `customElements.define('${name}', class extends LitElement {
  ${stylesAndTexts(part, sheets)}
  render() { return html\`${templateOf(part)}\`; }
});`;

const stylesAndTexts = ({ styles, texts }: Drawing, sheets: readonly string[]): string =>
  `static styles = [${styles.map((text) => `sheets[${sheets.indexOf(text)}]`).join()}];\n  texts = ${JSON.stringify(texts)};`;

const templateOf = ({ markup }: Drawing): string =>
  markup
    .replace(/[`\\]/g, '\\$&')
    .replaceAll('${', '\\${')
    .replace(/\{\{(\d+)\}\}/g, (_, n) => `\${this.texts[${n}]}`);
