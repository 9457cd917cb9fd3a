// The readers' window: one file, Lit inside, as an IIFE that leaves no global behind. `npm run build` prints its size and integrity.
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
const file = `${folder}/sundial-${version}.js`;

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

/** With a byte order mark, so that a page in another encoding reads the file right; then says what came out. */
function deliver() {
  return {
    name: 'deliver',
    writeBundle() {
      writeFileSync(file, `\ufeff${readFileSync(file, 'utf8')}`);
      copyFileSync(file, `${folder}/sundial.js`);
      const bytes = readFileSync(file);
      const integrity = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
      console.log(`${file}  ${(brotliCompressSync(bytes).length / 1000).toFixed(1)} kB brotli  ${integrity}`);
    },
  };
}

export default {
  input: 'widget/main.ts',
  output: { file, format: 'iife' },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.mjs', '.js', '.ts'] }),
    leaveNoTrace(),
    literals({ options: { minifyOptions: { removeAttributeQuotes: true } } }),
    esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', charset: 'utf8' }),
    terser({ module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { comments: false } }),
    deliver(),
  ],
};
