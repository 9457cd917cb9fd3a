/** The bundle of the vectors, its variants, and a public tree around one of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublicIndex } from '../../shared/api/published.ts';
import type { Tree } from './site.ts';

interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

export interface Variant {
  readonly name: string;
  readonly expect: string;
  readonly notices?: readonly string[];
  readonly pin?: { readonly seen?: unknown; readonly vkey?: string; readonly orgKid?: string };
  readonly patch: readonly Operation[];
}

interface Vectors {
  readonly pin: { readonly vkey: string; readonly orgKid: string };
  readonly base: Record<string, unknown>;
  readonly expect: {
    readonly notices: readonly string[];
    readonly items: readonly { readonly item?: { readonly text: string } }[];
  };
  readonly images: {
    readonly cases: readonly {
      readonly name: string;
      readonly sha256: string;
      readonly type: string;
      readonly width: number;
      readonly height: number;
      readonly b64: string;
      readonly expect: string;
    }[];
  };
  readonly variants: readonly Variant[];
}

export const vectors: Vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'vectors', 'bundles.json'), 'utf8'),
);

/** The base bundle with RFC 6902 operations applied. */
export function patched(patch: readonly Operation[]): Record<string, unknown> {
  const bundle = structuredClone(vectors.base);
  for (const { op, path, value } of patch) {
    const names = path
      .slice(1)
      .split('/')
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop() ?? '';
    let at: unknown = bundle;
    for (const name of names) at = (at as Record<string, unknown>)[name];
    if (Array.isArray(at)) {
      const index = last === '-' ? at.length : Number(last);
      if (op === 'add') at.splice(index, 0, value);
      else if (op === 'remove') at.splice(index, 1);
      else at[index] = value;
    } else if (op === 'remove') delete (at as Record<string, unknown>)[last];
    else (at as Record<string, unknown>)[last] = value;
  }
  return bundle;
}

export const draw = 'd-2026-w47';
export const unit = 'u01';

const unitNames = ['柳湾镇', '河西街道', '城市管理局', '水务局', '晴湖港集团', '科技局'];

/** An `index.json` of six units; `more` changes members. */
export const indexOf = (more: Partial<PublicIndex> = {}): PublicIndex => ({
  v: 1,
  organisation: { name: { zh: '晴湖新区', en: 'Qinghu New Area' }, zone: 'Asia/Shanghai', demo: true },
  pins: { origin: 'diary.example/log1', vkey: vectors.pin.vkey, organiser: vectors.pin.orgKid },
  units: unitNames.map((zh, n) => ({ id: `u0${n + 1}`, kind: 'department', name: { zh, en: `Unit ${n + 1}` } })),
  terms: [{ id: 'u01-1', unit: 'u01', post: '镇党委书记', from: '2024-01-01', to: null }],
  categories: [],
  threads: [{ id: 'old-bridge', name: '河西老桥加固', aliases: [] }],
  checkpoint: null,
  feed: { pages: 1, total: 1, newest: 0 },
  newest: [card()],
  draws: [{ draw, week: '2026-W47', stage: 'published', publishedAt: 1_795_572_000 }],
  api: '../api/v1/',
  ...more,
});

type Card = PublicIndex['newest'][number];

/** A row of the feed. */
export function card(more: Partial<Card> = {}): Card {
  return {
    draw,
    unit,
    term: 'u01-1',
    week: '2026-W47',
    title: '桥这头,桥那头',
    publishedAt: 1_795_572_000,
    minutes: 490,
    entries: 5,
    held: 2,
    opening: '这一周桥占了一半时间。\n下周少开一个会,多走一趟北线。',
    strip: [
      [0, 510, 600, 'collective'],
      [1, 840, 1000, 'collective'],
      [2, 540, 660, 'held'],
      [3, 1410, 1480, 'emergency'],
      [4, 600, 650, 'held'],
    ],
    comments: 2,
    tickets: 1,
    closedLoop: 1,
    themes: ['old-bridge'],
    threads: ['old-bridge'],
    categories: ['meeting'],
    ...more,
  };
}

const image = vectors.images.cases.find(({ name }) => name === 'as-signed');

/** A tree with one diary; `files` are put over it. */
export const treeWith = (bundle: Record<string, unknown>, files: Tree = {}): Tree => ({
  'index.json': indexOf(),
  'feed/0.json': { v: 1, page: 0, rows: [card()] },
  [`draw/${draw}/${unit}.json`]: bundle,
  [`beside/${draw}/${unit}.json`]: { v: 1, previous: null, next: null, threads: [], related: [], released: [] },
  checkpoint: vectors.base.checkpoint,
  ...(image && { [`blob/${image.sha256}`]: Buffer.from(image.b64, 'base64') }),
  ...files,
});

/** The diary element with the vectors' pins. */
export const diaryTag = (more = ''): string =>
  `<sundial-diary src="/public/" draw="${draw}" unit="${unit}" vkey="${vectors.pin.vkey}" organiser="${vectors.pin.orgKid}" ${more}></sundial-diary>`;

/** The comments of the vectors' diary alone. */
export const commentsTag = (more = ''): string =>
  `<sundial-comments src="/public/" draw="${draw}" unit="${unit}" ${more}></sundial-comments>`;

export const feedTag = (more = ''): string =>
  `<sundial-feed src="/public/" vkey="${vectors.pin.vkey}" organiser="${vectors.pin.orgKid}" ${more}></sundial-feed>`;
