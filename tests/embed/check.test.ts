/** `sundial embed --check` over real pages of real servers: a portal on one origin, the diary server on another. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPage } from '../../server/embed/check-page.ts';
import { isOlder } from '../../server/embed/check-script.ts';
import { elementNames, elements } from '../../server/embed/elements.ts';
import { fetchLimited } from '../../server/embed/fetch.ts';
import { findScript, findTree } from '../../server/embed/origin-of-widget.ts';
import { snippetOf } from '../../server/embed/snippet.ts';

const root = join(import.meta.dirname, '..', '..');

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Never ends. */
  readonly hang?: boolean;
}

const servers: Server[] = [];

/** A server that answers by path; `host` is the name under which it is asked. */
async function serve(answer: (path: string) => Answer, host = '127.0.0.1'): Promise<string> {
  const server = createServer((request, response) => {
    const { status = 200, headers = {}, body = '', hang = false } = answer(request.url ?? '/');
    response.writeHead(status, headers);
    if (hang) response.write(body);
    else response.end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://${host}:${port}`;
}

// The bytes of the released file, and their hash by `openssl dgst -sha384 -binary | base64`.
const script = 'addEventListener("load",()=>{})\n';
const hash = 'sha384-yzoaYPEuYQ0mSgaqKMFE8LRaxrtOKDyCyDdMfTtXmvsck4d4fLMBoRDowGsVe9nv';
const vkey =
  'diary.example/log1+165d4b73+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPqaqBxpjBBMf/lwUD8lBSVf8HqESFup4CiNWhWuF+VmpVSWqMyBlZvr3XTRFXWAzLsDQMGpiv4P/ocETJhOnjg=';
const organiser = 'S4edhqh4Zc3uEV-BVT1-sTH_4FudkWPumhuR88QWvVs';
const other = 'AAAAhqh4Zc3uEV-BVT1-sTH_4FudkWPumhuR88QWvVs';

const index = {
  v: 1,
  organisation: { name: { zh: '试验区', en: 'Test Area' }, zone: 'Asia/Shanghai', demo: false },
  pins: { origin: 'diary.example/log1', vkey, organiser },
  units: [{ id: 'u01', kind: 'department', name: { zh: 'u01局', en: 'Bureau u01' }, status: 'active' }],
  terms: [],
  categories: [],
  threads: [{ id: 'old-bridge', name: '河西老桥加固', aliases: [] }],
  themes: [],
  checkpoint: null,
  feed: { pages: 0, total: 0, newest: null },
  newest: [],
  draws: [],
  api: '../api/v1/',
};

const js = { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' };
const json = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };

let diary = '';
let closed = '';

const files =
  (headers: typeof json, scriptHeaders: typeof js) =>
  (path: string): Answer => {
    if (path === '/public/index.json') return { headers, body: JSON.stringify(index) };
    if (path === '/embed/script.json')
      return { headers, body: JSON.stringify({ version: '1.2.0', file: 'sundial-1.2.0.js', integrity: hash }) };
    if (/^\/sundial(?:-1\.[02]\.0)?\.js$/.test(path)) return { headers: scriptHeaders, body: script };
    return { status: 404 };
  };

beforeAll(async () => {
  diary = await serve(files(json, js), 'localhost');
  closed = await serve((path) => {
    const answer = files(json, js)(path);
    return answer.headers === undefined
      ? answer
      : { ...answer, headers: { 'content-type': answer.headers['content-type'] ?? '' } };
  }, 'localhost');
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const tag = (more = '', address = `${diary}/sundial-1.2.0.js`): string =>
  `<script type="module" src="${address}" integrity="${hash}" crossorigin${more}></script>`;
const feed = (more = ''): string =>
  `<sundial-feed src="${diary}/public/" vkey="${vkey}" organiser="${organiser}" lang="zh-CN"${more}></sundial-feed>`;
const html = (head: string, body: string): string =>
  `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n${head}\n</head>\n<body>\n${body}\n</body>\n</html>`;

/** Codes that the check finds on a page, each with its line; `headers` are those of the page. */
async function codes(page: string, headers: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const address = await serve((path) =>
    path === '/'
      ? { headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body: page }
      : { status: 404 },
  );
  const checked = await checkPage(`${address}/`);
  if (!checked.ok) throw new Error(checked.problem.code);
  return checked.value.findings.map(({ code, line }) => (line === 0 ? code : `${code} ${line}`));
}

const csp = (policy: string) => ({ 'content-security-policy': policy.replaceAll('{diary}', diary) });

describe('a live page', () => {
  it('in order has nothing to say, under a strict policy too', async () => {
    expect(await codes(html(tag(), feed()))).toEqual([]);
    const strict =
      "default-src 'none'; script-src {diary}; style-src 'self'; connect-src {diary}; require-trusted-types-for 'script'; trusted-types sundial";
    expect(await codes(html(tag(), feed()), csp(strict))).toEqual([]);
    expect(
      await codes(
        html(
          tag(),
          `<div data-sundial="feed" data-src="${diary}/public/" data-vkey="${vkey}" data-organiser="${organiser}"></div>`,
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ["script-src 'self'", ['CSP_SCRIPT 5']],
    ["default-src 'self'; script-src {diary}", ['CSP_CONNECT 8']],
    ["default-src 'none'", ['CSP_SCRIPT 5', 'CSP_CONNECT 8']],
    ['script-src {diary}/other/', ['CSP_SCRIPT 5']],
    ['script-src http://localhost:1', ['CSP_SCRIPT 5']],
    ['script-src http://*:*; connect-src *', []],
    ["script-src {diary}, script-src 'self'", ['CSP_SCRIPT 5']],
    ["script-src {diary} 'strict-dynamic'", ['CSP_SCRIPT 5']],
    [`script-src '${hash}'`, ['CSP_PARTS 5']],
    [`script-src '${hash}' 'strict-dynamic'`, []],
    ['sandbox', ['CSP_NO_SCRIPTS']],
    ['sandbox allow-scripts', []],
    ["require-trusted-types-for 'script'", []],
    ["require-trusted-types-for 'script'; trusted-types dompurify", ['CSP_TRUSTED_TYPES']],
    ["trusted-types 'none'", ['CSP_TRUSTED_TYPES']],
  ])('under the policy %s: %j', async (policy, found) => {
    expect(await codes(html(tag(), feed()), csp(policy))).toEqual(found);
  });

  it('is judged by the policy of a meta element as by that of a header', async () => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">${tag()}`;
    expect(await codes(html(meta, feed()))).toEqual(['CSP_CONNECT 8']);
  });

  // The script gives its parts the nonce that it has itself (tests/widget/parts.browser.test.ts).
  it.each([
    ['abc', "script-src 'nonce-abc'", []],
    ['abc', "script-src 'nonce-abc' 'strict-dynamic'", []],
    ['abc', "script-src 'nonce-other'", ['CSP_SCRIPT 5']],
    ['', "script-src 'nonce-'", ['CSP_SCRIPT 5']],
  ])('with the nonce "%s" under the policy %s: %j', async (nonce, policy, found) => {
    expect(await codes(html(tag(` nonce="${nonce}"`), feed()), csp(policy))).toEqual(found);
  });

  it('learns of an old script, of a hash that is missing or another, and of two scripts', async () => {
    expect(await codes(html(tag('', `${diary}/sundial-1.0.0.js`), feed()))).toEqual(['SCRIPT_OLD 5']);
    expect(await codes(html(`<script type="module" src="${diary}/sundial-1.2.0.js"></script>`, feed()))).toEqual([
      'INTEGRITY_MISSING 5',
    ]);
    expect(await codes(html(tag().replace(hash, `sha384-${'A'.repeat(64)}`), feed()))).toEqual(['INTEGRITY_WRONG 5']);
    expect(await codes(html(`<script type="module" src="${diary}/sundial.js"></script>`, feed()))).toEqual([]);
    expect(await codes(html(tag('', `${diary}/sundial.js`), feed()))).toEqual(['INTEGRITY_MOVES 5']);
    expect(await codes(html(`${tag()}\n${tag('', `${diary}/sundial-1.0.0.js`)}`, feed()))).toEqual([
      'SCRIPT_TWICE 6',
      'SCRIPT_OLD 6',
    ]);
    expect(await codes(html(tag().replace(' type="module"', '').replace(' crossorigin', ''), feed()))).toEqual([
      'CROSSORIGIN_MISSING 5',
    ]);
  });

  it('learns of a script that is not there, is no script, or is not for other hosts', async () => {
    expect(await codes(html('', feed()))).toEqual(['SCRIPT_MISSING']);
    expect(await codes(html(`<template>${tag()}</template><!-- ${tag()} -->`, feed()))).toEqual(['SCRIPT_MISSING']);
    expect(await codes(html(tag('', `${diary}/sundial-1.9.9.js`), feed()))).toEqual(['SCRIPT_NO_ANSWER 5']);
    const odd = await serve(() => ({ headers: { ...js, 'content-type': 'text/plain' }, body: script }), 'localhost');
    expect(await codes(html(tag('', `${odd}/sundial-1.2.0.js`), feed()))).toEqual(['SCRIPT_TYPE 5']);
    expect(await codes(html(tag('', `${closed}/sundial-1.2.0.js`), feed()))).toEqual(['SCRIPT_CORS 5']);
  });

  it('learns of elements and attributes that show nothing', async () => {
    const one = (body: string) => codes(html(tag(), body));
    expect(await one('<p>nothing</p>')).toEqual(['ELEMENT_MISSING']);
    expect(await one(`<sundial-fed src="${diary}/public/"></sundial-fed>`)).toEqual(['ELEMENT_UNKNOWN 8']);
    expect(await one(`<sundial-rates src="${diary}/public/" />`)).toEqual(['ELEMENT_OPEN 8']);
    expect(await one('<sundial-rates></sundial-rates>')).toEqual(['ATTRIBUTE_MISSING 8']);
    expect(await one('<sundial-rates src="ftp://diary.example/"></sundial-rates>')).toEqual(['ATTRIBUTE_WRONG 8']);
    expect(await one(`<sundial-rates src="${diary}/public/" unit="u99"></sundial-rates>`)).toEqual([
      'ATTRIBUTE_WRONG 8',
    ]);
    expect(await one(`<sundial-rates src="${diary}/public/" unit="u01" untis="u01"></sundial-rates>`)).toEqual([
      'ATTRIBUTE_UNKNOWN 8',
    ]);
    expect(await one(`<sundial-carousel src="${diary}/public/" count="50"></sundial-carousel>`)).toEqual([
      'ATTRIBUTE_WRONG 8',
    ]);
    expect(await one(`<sundial-rates src="/public/"></sundial-rates>`)).toEqual(['TREE_NO_ANSWER 8']);
    expect(await one(`<sundial-rates src="${closed}/public/"></sundial-rates>`)).toEqual(['TREE_CORS 8']);
    const old = `src="${diary}/public/" draw="i-br-2019-01-2019-w01" unit="u01" vkey="${vkey}" organiser="${organiser}"`;
    expect(await one(`<sundial-diary ${old}></sundial-diary>`)).toEqual([]);
    expect(await one(`<sundial-draw ${old}></sundial-draw>`)).toEqual(['ATTRIBUTE_WRONG 8']);
    const diaryAlone = `<sundial-diary src="${diary}/public/" vkey="${vkey}" organiser="${organiser}"></sundial-diary>`;
    expect(await one(diaryAlone)).toEqual(['ATTRIBUTE_MISSING 8', 'ATTRIBUTE_MISSING 8']);
  });

  it('tells a pin of today from an old one, from one of two, and from none', async () => {
    const pinned = (pins: string) => codes(html(tag(), `<sundial-feed src="${diary}/public/"${pins}></sundial-feed>`));
    expect(await pinned('')).toEqual(['PIN_MISSING 8', 'PIN_MISSING 8']);
    expect(await pinned(` vkey="${vkey}" organiser="${other}"`)).toEqual(['PIN_WRONG 8']);
    expect(await pinned(` vkey="${vkey}" organiser="${other} ${organiser}"`)).toEqual(['PIN_OTHER 8']);
    expect(await pinned(` vkey="${vkey}" organiser="${organiser} ${other}"`)).toEqual(['PIN_OTHER 8']);
  });

  it('is read in its own encoding, through its base address and its redirects', async () => {
    const page = html(
      `<base href="${diary}/">${tag('', 'sundial-1.2.0.js')}`,
      feed().replace(`${diary}/public/`, 'public/'),
    );
    // 日记 in GBK is C8 D5 BC C7.
    const [before = '', after = ''] = page.replace('utf-8', 'gb2312').split('<body>');
    const gbk = Buffer.concat([
      Buffer.from(`${before}<body><p>`),
      Buffer.from([0xc8, 0xd5, 0xbc, 0xc7]),
      Buffer.from(`</p>${after}`),
    ]);
    const address = await serve((path) =>
      path === '/'
        ? { status: 302, headers: { location: '/moved' } }
        : { headers: { 'content-type': 'text/html' }, body: gbk },
    );
    const checked = await checkPage(address);
    expect(checked).toMatchObject({
      ok: true,
      value: { address: `${address}/moved`, scripts: 1, elements: ['feed'], findings: [] },
    });
  });

  it('that does not answer, is missing, too large or too slow is said to be so', async () => {
    expect(await checkPage('http://127.0.0.1:1/')).toEqual({ ok: false, problem: { code: 'NO_ANSWER', status: 0 } });
    const missing = await serve(() => ({ status: 404 }));
    expect(await checkPage(missing)).toEqual({ ok: false, problem: { code: 'STATUS', status: 404 } });
    const large = await serve(() => ({ body: 'x'.repeat(2000) }));
    expect(await fetchLimited(large, { timeoutMs: 5000, maxBytes: 1000 })).toEqual({ ok: false, problem: 'TOO_LARGE' });
    const slow = await serve(() => ({ body: 'x', hang: true }));
    expect(await fetchLimited(slow, { timeoutMs: 200, maxBytes: 1000 })).toEqual({ ok: false, problem: 'TIMEOUT' });
    const loop = await serve(() => ({ status: 302, headers: { location: '/' } }));
    expect(await checkPage(loop)).toEqual({ ok: false, problem: { code: 'NO_ANSWER', status: 0 } });
  });

  it('knows which of two versions is older', () => {
    const rows = [
      ['0.1.0', '0.2.0', true],
      ['1.10.0', '1.9.0', false],
      ['1.9.0', '1.10.0', true],
      ['1.2.0', '1.2.0', false],
      ['2.0.0', '1.9.9', false],
    ] as const;
    for (const [one, two, older] of rows) expect([one, two, isOlder(one, two)]).toEqual([one, two, older]);
  });
});

describe('the command', { timeout: 120_000 }, () => {
  const sundial = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [join(root, 'server', 'main.ts'), 'embed', ...args], {
        env: { ...process.env, LC_ALL: 'en_GB.UTF-8' },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (part) => {
        out += part;
      });
      child.stderr.on('data', (part) => {
        err += part;
      });
      child.on('close', (code) => resolve({ code, out, err }));
    });

  it('prints script, hash and pins as they are served, from the address of the server or of its tree', async () => {
    const lines = `${tag()}\n<sundial-feed src="${diary}/public/" vkey="${vkey}" organiser="${organiser}"></sundial-feed>\n`;
    expect(await sundial(diary)).toMatchObject({ code: 0, out: lines, err: expect.stringContaining(organiser) });
    expect(await sundial(`${diary}/public/`)).toMatchObject({ code: 0, out: lines });
    const thread = await sundial(
      diary,
      '--element',
      'thread',
      '--thread',
      'old-bridge',
      '--lang',
      'en',
      '--div',
      '--json',
    );
    expect(JSON.parse(thread.out)).toMatchObject({
      version: '1.2.0',
      integrity: hash,
      tag: `<div data-sundial="thread" data-src="${diary}/public/" data-thread="old-bridge" data-vkey="${vkey}" data-organiser="${organiser}" data-lang="en"></div>`,
    });
  });

  it('prints for every element what passes its own check', async () => {
    const found = await findTree(diary);
    if (!found.ok) throw new Error(found.problem);
    const { tree, index: read } = found.value;
    const released = await findScript(tree);
    if (released === null) throw new Error('no script');
    for (const element of elementNames) {
      const printed = snippetOf({
        script: released.address,
        integrity: released.integrity,
        theme: null,
        element,
        src: tree,
        vkey: read.pins.vkey,
        organiser: read.pins.organiser,
        lang: 'en',
        more: { draw: 'd-2026-w47', unit: 'u01', thread: 'old-bridge' },
      });
      const [head = '', body = ''] = printed.split('\n');
      expect([element, await codes(html(head, body))]).toEqual([element, []]);
    }
  });

  it('ends with 0, 1, 3 or 2: nothing, broken, could be better, not to be opened', async () => {
    const paths: Record<string, string> = {
      '/good': html(tag(), feed()),
      '/broken': html(tag(), ''),
      '/weak': html(tag(), feed(' colour="red"')),
    };
    const portal = await serve((path) => {
      const body = paths[path];
      return body === undefined ? { status: 404 } : { headers: { 'content-type': 'text/html' }, body };
    });
    const said = await Promise.all(
      ['good', 'broken', 'weak', 'none'].map((path) => sundial('--check', `${portal}/${path}`)),
    );
    expect(said.map(({ code }) => code)).toEqual([0, 1, 3, 2]);
    expect(said[1]?.out).toContain('ELEMENT_MISSING');
    expect(said[2]?.out).toContain('line 8');
    expect((await sundial()).code).toBe(2);
    expect((await sundial(diary, '--element', 'diary')).code).toBe(2);
    expect((await sundial(`${diary}/nothing`)).code).toBe(2);
  });
});

it('knows the attributes that each element documents', () => {
  for (const name of elementNames) {
    const source = readFileSync(join(root, 'widget', 'elements', name, `${name}.ts`), 'utf8');
    const documented = [...source.matchAll(/@attr ([\w-]+)/g)].map(([, attribute]) => attribute);
    const { needs, takes } = elements[name];
    expect([name, documented.toSorted()]).toEqual([name, ['src', 'lang', ...needs, ...takes].toSorted()]);
  }
});
