/** What a live page has of ours: script tags, elements and policies, read as a browser reads it (HTML standard, parse5). */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Bytes } from '../../shared/base/bytes.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

export interface FoundScript {
  readonly src: string;
  readonly integrity: string | null;
  readonly nonce: string | null;
  readonly crossorigin: boolean;
  readonly module: boolean;
  readonly line: number;
}

/** An element, or a stand-in of it. `name` is what follows `sundial-`, or the value of `data-sundial`. */
export interface FoundElement {
  readonly name: string;
  readonly form: 'element' | 'div';
  /** By the element's own names: of a stand-in without `data-`. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Whether it has an end tag of its own. */
  readonly closed: boolean;
  readonly line: number;
}

export interface FoundPage {
  /** Of `<base href>`; null where there is none. */
  readonly base: string | null;
  /** Values of `<meta http-equiv=Content-Security-Policy>`. */
  readonly policies: readonly string[];
  readonly scripts: readonly FoundScript[];
  readonly elements: readonly FoundElement[];
}

/** File names of the widget: a release, or the newest. */
const fileName = /^sundial(?:-(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?))?\.js$/;

/** The version in the address of a script of ours, `newest` for the file without one, null for another script. */
export function versionIn(address: string): string | null {
  const name =
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '';
  const found = fileName.exec(name);
  // Parts of the widget end in a word: they are no script of a page.
  if (found === null || /-[a-z]+$/.test(found[1] ?? '')) return null;
  return found[1] ?? 'newest';
}

/** Reads a page. Nothing in `<template>` and `<noscript>` counts: a browser with scripts does not run it. */
export function readPage(html: string): FoundPage {
  const all = elementsIn(parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: true }));
  const of = (element: Element, name: string): string | null =>
    element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
  const line = (element: Element): number => element.sourceCodeLocation?.startLine ?? 0;
  return {
    base: all.flatMap((one) => (one.tagName === 'base' ? (of(one, 'href') ?? []) : []))[0] ?? null,
    policies: all.flatMap((one) =>
      one.tagName === 'meta' && of(one, 'http-equiv')?.toLowerCase() === 'content-security-policy'
        ? (of(one, 'content') ?? [])
        : [],
    ),
    scripts: all.flatMap((one) => {
      const src = one.tagName === 'script' ? of(one, 'src') : null;
      return src === null || versionIn(src) === null
        ? []
        : [
            {
              src,
              integrity: of(one, 'integrity'),
              nonce: of(one, 'nonce'),
              crossorigin: of(one, 'crossorigin') !== null,
              module: of(one, 'type')?.trim().toLowerCase() === 'module',
              line: line(one),
            },
          ];
    }),
    elements: all.flatMap((one): FoundElement[] => {
      const standIn = of(one, 'data-sundial');
      const ours = one.tagName.startsWith('sundial-');
      if (!ours && standIn === null) return [];
      return [
        {
          name: ours ? one.tagName.slice('sundial-'.length) : (standIn ?? ''),
          form: ours ? 'element' : 'div',
          attributes: new Map(one.attrs.flatMap(({ name, value }) => attributeOf(name, value, ours))),
          closed: one.sourceCodeLocation?.endTag !== undefined,
          line: line(one),
        },
      ];
    }),
  };
}

/** A stand-in hands on its `data-` attributes alone. */
function attributeOf(name: string, value: string, ours: boolean): (readonly [string, string])[] {
  if (ours) return [[name, value]];
  return name.startsWith('data-') && name !== 'data-sundial' ? [[name.slice('data-'.length), value]] : [];
}

/** In the order of the page; the content of a template is no child of it. */
const elementsIn = (node: Node): Element[] =>
  'childNodes' in node
    ? node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []))
    : [];

/** Text of a page by the charset of its header, else of its first bytes, else UTF-8 (HTML standard 13.2.3.2, in short). */
export function textOf(body: Bytes, contentType: string | null): string {
  const head = new TextDecoder('latin1').decode(body.subarray(0, 1024));
  const named =
    /charset\s*=\s*["']?([\w:-]+)/i.exec(contentType ?? '')?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w:-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(body);
  } catch (error) {
    // An unknown label: browsers fall back too.
    if (error instanceof RangeError) return new TextDecoder().decode(body);
    throw error;
  }
}
