// The readers' window: one file with what every reader needs, and two parts that load when they are wanted, bound to it by their hashes.
// IIFEs with Lit inside that leave no global behind. `npm run build` prints sizes and the integrity of the file.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import literals from 'rollup-plugin-html-literals';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const folder = 'dist/widget';
const parts = new Map();

/** Lit notes its versions on globalThis, replaces Symbol.metadata and makes a Trusted Types policy of its own: a page must find nothing of
 *  this, and one policy. Each place must be found, so that a new Lit cannot slip past. */
const strangers = [
  [/lit-html[\\/]lit-html\.js$/, /\(\w+\.litHtmlVersions\?\?=\[\]\)\.push\("[^"]*"\)/, '0'],
  [
    /lit-html[\\/]lit-html\.js$/,
    /\w+\?\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/,
    'sundialPolicy',
  ],
  [/reactive-element\.js$/, /\(\w+\.reactiveElementVersions\?\?=\[\]\)\.push\("[^"]*"\)/, '0'],
  [/reactive-element\.js$/, /Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/, ''],
  [/reactive-element\.js$/, 'const t=this[Symbol.metadata];', 'const t=null;'],
  [/lit-element[\\/]lit-element\.js$/, /\(\w+\.litElementVersions\?\?=\[\]\)\.push\("[^"]*"\)/, '0'],
];

function leaveNoTrace() {
  return {
    name: 'leave-no-trace',
    transform(code, id) {
      let clean = code;
      for (const [module, found, put] of strangers) {
        if (!module.test(id)) continue;
        const next = clean.replace(found, put);
        if (next === clean) this.error(`${id}: ${found} is not there any more`);
        clean = next;
      }
      if (clean === code) return null;
      const uses = clean.includes('sundialPolicy');
      const policy = `import { policy as sundialPolicy } from '${root}/widget/base/trusted.ts';`;
      return { code: uses ? policy + clean : clean, map: null };
    },
  };
}

/** A part takes Lit from the main file that loaded it (widget/base/on-demand.ts). */
function borrowLit() {
  return {
    name: 'borrow-lit',
    resolveId: (source) => (source === 'lit' ? '\0lit' : null),
    load: (id) =>
      id === '\0lit'
        ? 'export const { css, html, LitElement, nothing, svg } = document.currentScript.sundial.lit;'
        : null,
  };
}

/** Names and hashes of the parts, in the place of `sundial:<part>`. */
function nameParts() {
  return {
    name: 'name-parts',
    renderChunk: (code) => ({
      code: code.replace(/sundial:(check|talk|en)\b/g, (_, part) => parts.get(part)),
      map: null,
    }),
  };
}

/** With a byte order mark, so that a page in another encoding reads the file right; then says what came out. */
function deliver(name, part) {
  return {
    name: 'deliver',
    writeBundle() {
      const file = `${folder}/${name}`;
      writeFileSync(file, `\ufeff${readFileSync(file, 'utf8')}`);
      const bytes = readFileSync(file);
      const integrity = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
      if (part === null) copyFileSync(file, `${folder}/sundial.js`);
      // The query keeps a part of an earlier build of the same version out of the way.
      else parts.set(part, `${name}?${createHash('sha256').update(bytes).digest('hex').slice(0, 8)} ${integrity}`);
      console.log(`${file}  ${(brotliCompressSync(bytes).length / 1000).toFixed(1)} kB brotli  ${integrity}`);
    },
  };
}

const bundle = (input, name, part, own) => ({
  input,
  output: { file: `${folder}/${name}`, format: 'iife' },
  plugins: [
    ...own,
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.mjs', '.js', '.ts'] }),
    leaveNoTrace(),
    literals({ options: { minifyOptions: { removeAttributeQuotes: true } } }),
    esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', charset: 'utf8' }),
    terser({ module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { comments: false } }),
    deliver(name, part),
  ],
});

export default [
  bundle('widget/on-demand/check.ts', `sundial-${version}-check.js`, 'check', [borrowLit()]),
  bundle('widget/on-demand/talk.ts', `sundial-${version}-talk.js`, 'talk', [borrowLit()]),
  bundle('widget/on-demand/en.ts', `sundial-${version}-en.js`, 'en', []),
  bundle('widget/main.ts', `sundial-${version}.js`, null, [nameParts()]),
];
