// Templates are prepared when the widget is built: a reader's browser need not look for the places of values in each, and Lit comes without
// the code that looks.
import { parseFragment } from 'parse5';

/** What Lit draws in the place of its own template: markup, and where values go in it, as `prepare` writes them. */
const preparedTemplates = `class S {
  constructor(markup, places, isSvg) {
    Object.assign(this, { markup, places, isSvg });
  }
  get el() {
    if (this.made === undefined) {
      this.made = l.createElement('template');
      this.made.innerHTML = e === undefined ? this.markup : e.createHTML(this.markup);
      const { content } = this.made;
      if (this.isSvg) content.replaceChildren(...content.firstChild.childNodes);
      this.parts = (this.places.match(/\\S+/g) ?? []).map((place) => {
        const [, index, sign, name] = /(\\d+)(\\W?)(.*)/.exec(place);
        return name === ''
          ? { type: 2, index: +index }
          : { type: 1, index: +index, name, strings: ['', ''], ctor: { '.': I, '?': L, '@': z }[sign] ?? H };
      });
    }
    return this.made;
  }
}
const prepared = (markup, places, isSvg) => {
  const _$litType$ = new S(markup, places, isSvg);
  return (...values) => ({ _$litType$, values });
};
`;

/** What of Lit is put in another's place, as `[module, found, put]`: its own search for the places of values. */
export const withoutPreparing = [
  [/const N=\(t,i\)=>\{.*?\};class S\{.*?\}\}function M\(/, `${preparedTemplates}function M(`],
  [/"number"==typeof s\?this\._\$AC\(t\):\(void 0===s\.el&&\(.*?\),s\);/, 's;'],
  [/_\$AC\(t\)\{.*?return void 0===i&&.*?,i\}/, ''],
  [',L:N,', ','],
  ['B?.(S,k),', ''],
  ['export{', 'export{prepared,'],
].map((change) => [/lit-html[\\/]lit-html\.js$/, ...change]);

/** Parts of Lit that nothing here uses: directives and what ends them, values of a whole element, attributes of several values, hooks of polyfills and of pages
 *  drawn by a server, sentences for whoever writes `css` wrong. Each must be found, so that a new Lit cannot slip past. */
export const withoutUnused = [
  ...[
    [/function M\(t,i,s=t,e\)\{.*?,i\}/, 'function M(t,i){return i}'],
    [/class Z\{.*?\}\}(?=const j)/, ''],
    [':6===r.type&&(i=new Z(h,this,t))', ':0'],
    [',F:Z}', '}'],
    ['void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])', 's._$AI(t[i])'],
    [/s\.length>2\|\|.*?:this\._\$AH=A\}/, 'this._$AH=A}'],
    [
      /_\$AI\(t,i=this,s,e\)\{const h=this\.strings;.*?o&&!e&&this\.j\(t\)\}/,
      '_$AI(t){(!a(t)||t!==this._$AH&&t!==E)&&(this._$AH=t,this.j(t))}',
    ],
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}', ''],
    [/get parentNode\(\)\{let t=.*?get endNode\(\)\{return this\._\$AB\}/, ''],
    ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    ['for(this._$AP?.(!1,!0,s);', 'for(;'],
    [',this._$Cv=e?.isConnected??!0', ''],
    ['Math.random().toFixed(9).slice(2)', '0'],
  ].map((change) => [/lit-html[\\/]lit-html\.js$/, ...change]),
  ...[
    [/connectedCallback\(\)\{.*?setConnected\(!1\)\}/, ''],
    ['i._$litElement$=!0,', ''],
    [',s.litElementHydrateSupport?.({LitElement:i});', ';'],
    ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
  ].map((change) => [/lit-element[\\/]lit-element\.js$/, ...change]),
  [/reactive-element\.js$/, /\w+=\w+\.reactiveElementPolyfillSupport/, 'unused=0'],
  [/reactive-element\.js$/, /\w+\?\.\(\{ReactiveElement:\w+\}\),/, ''],
  [/css-tag\.js$/, /"CSSResult is not[^"]*"/, '"css"'],
  [/css-tag\.js$/, /"Value passed to 'css'[^"]*"\+t\+"[^"]*"/, '"css"'],
];

/** Turns the templates of a module into `prepared` ones: what Lit would look for in each when it is first drawn is found here, and Lit comes
 *  without the code that looks. A place is the number of its node, among elements and comments, with the name of its attribute. */
export function prepare() {
  return {
    name: 'prepare',
    transform(code, id) {
      if (/\bfrom '(lit|lit-html)\/directive/.test(code)) this.error(`${id}: Lit comes without directives here`);
      if (!/\.ts$/.test(id) || !/\b(html|svg)`/.test(code)) return null;
      const heads = [];
      const found = templatesIn(this.parse(code)).sort((one, other) => one.start - other.start);
      /** The code from `start` to `end`, its templates prepared. */
      const written = (start, end) => {
        let text = '';
        let at = start;
        for (const node of found) {
          if (node.start < at || node.end > end) continue;
          const { quasis, expressions } = node.quasi;
          const [markup, places] = placesOf(quasis.map(({ value }) => value.cooked));
          if (places.length !== expressions.length) this.error(`${id}: a value stands where none can: ${markup}`);
          const isSvg = node.tag.name === 'svg';
          const given = [isSvg ? `<svg>${markup}</svg>` : markup, places.join(' ')].map((one) => JSON.stringify(one));
          const name = `prepared_${heads.length}`;
          heads.push(`const ${name} = /* @__PURE__ */ prepared(${given}${isSvg ? ', true' : ''});`);
          const values = expressions.map((one) => `(${written(one.start, one.end)})`);
          text += `${code.slice(at, node.start)}${name}(${values})`;
          at = node.end;
        }
        return text + code.slice(at, end);
      };
      const body = written(0, code.length);
      return { code: `import { prepared } from 'lit';\n${heads.join('\n')}\n${body}`, map: null };
    },
  };
}

/** Templates of a tree of syntax. */
function templatesIn(node) {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(templatesIn);
  const own = node.type === 'TaggedTemplateExpression' && ['html', 'svg'].includes(node.tag.name) ? [node] : [];
  return [...own, ...Object.values(node).flatMap(templatesIn)];
}

/** Markup of a template without its values, and the place of each. */
function placesOf(strings) {
  const attribute = /\s+([^\s"'>/=]+)=\{\}/g;
  // Between tags a value is a comment, in a tag it is all of an attribute.
  const joined = strings.reduce((all, string) => {
    const isInTag = /<[^>]*$/.test(all);
    return `${all}${isInTag ? '{}' : '<?>'}${string}`;
  });
  const names = [...joined.matchAll(attribute)].map(([, name]) => name);
  let number = 0;
  const marked = joined.replaceAll(attribute, () => ` value-${number++}`);
  const places = [];
  let index = 0;
  const walk = ({ childNodes, content }) => {
    for (const node of (content ?? { childNodes }).childNodes) {
      if (node.nodeName === '#text') continue;
      for (const { name } of node.attrs ?? [])
        if (name.startsWith('value-')) places.push(index + names[name.slice('value-'.length)]);
      if (node.nodeName === '#comment' && node.data === '?') places.push(String(index));
      index += 1;
      if (node.childNodes) walk(node);
    }
  };
  walk(parseFragment(marked));
  // As Lit does: what stands last has an end of its own.
  return [joined.replaceAll(attribute, '') + (strings.at(-1) === '' ? '<?>' : ''), places];
}
