// One file for readers: Lit, minified, as an IIFE that leaves no global behind. `npm run build` prints its size and integrity.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import literals from 'rollup-plugin-html-literals';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const file = `dist/widget/sundial-${version}.js`;

/** Lit notes its versions on globalThis, replaces Symbol.metadata and names its Trusted Types policy after itself: a page must find
 *  nothing of this, and one policy named `sundial`. Each must be found, so that a new Lit cannot slip past. */
const strangers = [
  [/lit-html[\\/]lit-html\.js$/, /\(\w+\.litHtmlVersions\?\?=\[\]\)\.push\("[^"]*"\)/, '0'],
  [/lit-html[\\/]lit-html\.js$/, 'createPolicy("lit-html"', 'createPolicy("sundial"'],
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
      return clean === code ? null : { code: clean, map: null };
    },
  };
}

/** Blanks between declarations of `css` and of style texts, which the template minifier leaves alone. */
function tightStyles() {
  return {
    name: 'tight-styles',
    transform(code, id) {
      if (!id.endsWith('.styles.ts')) return null;
      return { code: code.replace(/\n\s+/g, '\n').replace(/([;{},])\n/g, '$1'), map: null };
    },
  };
}

function report() {
  return {
    name: 'report',
    writeBundle() {
      const bytes = readFileSync(file);
      copyFileSync(file, 'dist/widget/sundial.js');
      const kilobytes = (brotliCompressSync(bytes).length / 1000).toFixed(1);
      console.log(`${file}  ${kilobytes} kB brotli  sha384-${createHash('sha384').update(bytes).digest('base64')}`);
    },
  };
}

export default {
  input: 'widget/main.ts',
  output: { file, format: 'iife' },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.mjs', '.js', '.ts'] }),
    leaveNoTrace(),
    literals(),
    tightStyles(),
    esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', charset: 'utf8' }),
    terser({
      module: true,
      ecma: 2020,
      compress: { passes: 3, unsafe_arrows: true },
      mangle: { properties: false },
      format: { comments: false },
    }),
    report(),
  ],
};
