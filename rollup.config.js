// The readers' window: one file, Lit inside, as an IIFE that leaves no global behind, and beside it a part that few readers load.
// `npm run build` prints sizes and integrity.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import literals from 'rollup-plugin-html-literals';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const folder = 'dist/widget';
const main = `${folder}/sundial-${version}.js`;
const drand = `${folder}/sundial-${version}-drand.js`;

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
function deliver(file) {
  return {
    name: 'deliver',
    writeBundle() {
      writeFileSync(file, `\ufeff${readFileSync(file, 'utf8')}`);
      if (file === main) copyFileSync(main, `${folder}/sundial.js`);
      const size = (brotliCompressSync(readFileSync(file)).length / 1000).toFixed(1);
      console.log(`${file}  ${size} kB brotli  ${integrityOf(file)}`);
    },
  };
}

const integrityOf = (file) => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;

const plugins = [
  nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.mjs', '.js', '.ts'] }),
  leaveNoTrace(),
  literals({ options: { minifyOptions: { removeAttributeQuotes: true } } }),
  esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', charset: 'utf8' }),
  terser({ module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { comments: false } }),
];

// In this order: the main file carries the integrity of its part.
export default [
  { input: 'widget/drand.ts', output: { file: drand, format: 'iife' }, plugins: [...plugins, deliver(drand)] },
  {
    input: 'widget/main.ts',
    output: {
      file: main,
      format: 'iife',
      intro: () => `const drandPart = ${JSON.stringify([basename(drand), integrityOf(drand)])};`,
    },
    plugins: [...plugins, deliver(main)],
  },
];
