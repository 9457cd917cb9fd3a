// The readers' window: a main file, Lit inside, as an IIFE that leaves no global behind, and beside it parts that not every reader loads.
// `npm run build` prints sizes and integrity. Why parts, and how they borrow: docs/decisions/0005-widget-parts.md.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import literals from 'rollup-plugin-html-literals';
import { prepare, withoutPreparing, withoutUnused } from './widget/build/prepare.js';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const folder = process.env.SUNDIAL_WIDGET ?? 'dist/widget';
const main = `${folder}/sundial-${version}.js`;
const lentModule = `${root}/widget/remote/lent.ts`;
/** By name; each is `widget/<name>.ts`. */
const parts = ['drand', 'work', 'en', 'check', 'comments', 'feed', 'draw', 'more', 'talk', 'proof'];
/** Further languages: a catalogue each (widget/locales/catalogue.ts), `<tag>.ts` in this folder. */
const catalogues = resolve(process.env.SUNDIAL_CATALOGUES ?? `${root}/widget/locales/more`);
const languages = existsSync(catalogues)
  ? readdirSync(catalogues).flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
  : [];
/** These run without the main file; one of them is a worker as well. */
const standalone = new Set(['drand', 'work']);
const fileOf = (part) => `${folder}/sundial-${version}-${part}.js`;

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
  ...withoutPreparing,
  ...withoutUnused,
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

/** Tells Chromium that nearly all of the file runs at once: it compiles while the file comes, off the page's thread. */
const compileAhead = '//# allFunctionsCalledOnLoad\n';
const atOnce = new Set([main, fileOf('check'), fileOf('comments')]);

/** With a byte order mark, so that a page in another encoding reads the file right; then says what came out. */
function deliver(file) {
  return {
    name: 'deliver',
    writeBundle() {
      const hint = atOnce.has(file) ? compileAhead : '';
      writeFileSync(file, `\ufeff${hint}${readFileSync(file, 'utf8')}`);
      if (file === main) copyFileSync(main, `${folder}/sundial.js`);
      const size = (brotliCompressSync(readFileSync(file)).length / 1000).toFixed(1);
      console.log(`${file}  ${size} kB brotli  ${integrityOf(file)}`);
    },
  };
}

const integrityOf = (file, hash = 'sha384') =>
  `${hash}-${createHash(hash).update(readFileSync(file)).digest('base64')}`;

/** Pure, and the main file needs little of them: each part has its own share. */
const shared = /shared\/(base\/(bytes|text)|proof\/shape|locales\/zh)\.ts$/;
/** Ids of the modules of the main file that are lent. Filled by `readMain`. */
const lendable = new Set();
/** What parts asked of them, in order: `[module, name of the export]`. A part knows a thing by its number. */
const borrowed = [];

function numberOf(id, name) {
  const known = borrowed.findIndex(([module, exported]) => module === id && exported === name);
  return known >= 0 ? known : borrowed.push([id, name]) - 1;
}

async function readMain() {
  const bundle = await rollup({ input: 'widget/main.ts', plugins: plugins.slice(0, -1) });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  for (const id of Object.keys(output[0].modules)) if (!shared.test(id)) lendable.add(id);
}

/** In a part: what the main file has is not bundled again. */
const borrow = {
  name: 'borrow',
  async resolveId(source, importer, options) {
    // The resolver asks once more about what it found.
    if (importer === undefined || options.custom?.['node-resolve']?.resolved) return null;
    const found = await this.resolve(source, importer, options);
    return found !== null && lendable.has(found.id) ? { id: found.id, external: 'absolute' } : found;
  },
  // Before the minifier: `unit_ts.name` of what is borrowed becomes `unit_ts[7]`.
  renderChunk(code, { imports, importedBindings }) {
    const [, names = ''] = /^\(function \(([^)]*)\)/.exec(code) ?? [];
    const variables = names.split(', ').filter(Boolean);
    if (variables.length !== imports.length) this.error(`${variables.length} variables for ${imports.length} imports`);
    return imports.reduce((short, id, n) => {
      const variable = variables[n];
      return importedBindings[id].reduce(
        (some, name) =>
          some.replaceAll(new RegExp(`\\b${variable}\\.${name}\\b`, 'g'), `${variable}[${numberOf(id, name)}]`),
        short,
      );
    }, code);
  },
};

/** The part of a language: hands over its catalogue. */
const speak = {
  name: 'speak',
  resolveId: (id) => (languages.some((tag) => id === `language-${tag}`) ? id : null),
  load(id) {
    const tag = languages.find((one) => id === `language-${one}`);
    if (tag === undefined) return null;
    return `import { catalogue } from '${catalogues}/${tag}.ts';
if (document.currentScript) Object.assign(document.currentScript, { sundial: catalogue });`;
  },
};

/** In the main file: the files of the parts, and what they borrow. Hashes do not compress: the shorter one, as strong for this. */
const lend = {
  name: 'lend',
  load(id) {
    if (id !== lentModule) return null;
    const uses = borrowed.map(([module, name], n) => `import { ${name} as lent_${n} } from '${module}';`);
    const all = borrowed.map((_, n) => `lent_${n}`);
    const hashes = Object.fromEntries(
      [...parts, ...languages].map((part) => [part, integrityOf(fileOf(part), 'sha256')]),
    );
    return `${uses.join('\n')}
export const fileOf = (part) => 'sundial-${version}-' + part + '.js';
export const integrityOf = ${JSON.stringify(hashes)};
export const languages = ${JSON.stringify(languages)};
export const lent = () => [${all}];`;
  },
};

const plugins = [
  nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.mjs', '.js', '.ts'] }),
  leaveNoTrace(),
  literals({ options: { minifyOptions: { removeAttributeQuotes: true } } }),
  esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', charset: 'utf8' }),
  prepare(),
  terser({ module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { comments: false } }),
];

// A second version on the same page leaves everything to the first: one Trusted Types policy, no elements of two makes in each other.
const intro = "if (customElements.get('sundial-feed')) return;";
const globals = () => 'document.currentScript.lent';

// In this order: parts borrow what is in the main file, and the main file carries what they borrow and their integrity.
export default async () => {
  await readMain();
  return [
    ...[...parts, ...languages].map((part) => ({
      input: languages.includes(part) ? `language-${part}` : `widget/${part}.ts`,
      output: { file: fileOf(part), format: 'iife', globals },
      plugins: [speak, ...(standalone.has(part) ? [] : [borrow]), ...plugins, deliver(fileOf(part))],
    })),
    {
      input: 'widget/main.ts',
      output: { file: main, format: 'iife', intro },
      plugins: [lend, ...plugins, deliver(main)],
    },
  ];
};
