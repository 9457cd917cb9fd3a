/** `sundial embed URL` prints what a webmaster copies into a page; `sundial embed --check PAGE` says what is wrong on a live one. */
import { parsed, wordsHere } from '../command-line.ts';
import { checkPage, type PageReport } from '../embed/check-page.ts';
import { type ElementName, elements, isElementName } from '../embed/elements.ts';
import { findScript, findTree } from '../embed/origin-of-widget.ts';
import { elementTag, snippetOf } from '../embed/snippet.ts';
import { isTheme } from '../embed/themes.ts';
import { embedWords as en } from '../locales/en/embed.ts';
import { type EmbedWords, embedWords as zh } from '../locales/zh/embed.ts';

/** Exit codes: nothing found; readers see it; cannot be opened or wrong usage; it works and could be better. */
const exit = { good: 0, broken: 1, unusable: 2, weak: 3 } as const;

/** Runs the command with the words behind `embed`. Gives the exit code. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = readArgs(args);
  if (given === null) {
    process.stderr.write(`${words.usage}\n`);
    return exit.unusable;
  }
  if (given.help) {
    process.stdout.write(`${words.usage}\n`);
    return exit.good;
  }
  return given.check === undefined ? print(given, words) : check(given.check, given.json, words);
}

async function print({ address, element, more, lang, theme, div, json }: Given, words: EmbedWords): Promise<number> {
  const missing = elements[element].needs.find((name) => (more[name] ?? '') === '');
  if (missing !== undefined) return tell(words.needs(element, missing));
  const found = await findTree(address);
  if (!found.ok) return tell(words.noTree[found.problem](address));
  const { tree, index } = found.value;
  const script = await findScript(tree);
  if (script === null) return tell(words.noScript(tree));
  const { vkey, organiser } = index.pins;
  const snippet = {
    script: script.address,
    integrity: script.integrity,
    theme: theme === null ? null : new URL(`../embed/themes/${theme}.css`, tree).href,
    element,
    src: tree,
    vkey,
    organiser,
    lang,
    more,
  };
  const form = div ? 'div' : 'element';
  if (json) {
    const { version } = script;
    const lines = { html: snippetOf(snippet, form), tag: elementTag(snippet, form) };
    process.stdout.write(`${JSON.stringify({ version, ...snippet, ...lines })}\n`);
  } else process.stdout.write(snippetOf(snippet, form));
  const pins = organiser === null ? words.unpinned : `${words.comparePins}\n  vkey ${vkey}\n  organiser ${organiser}`;
  process.stderr.write(`${pins}\n`);
  return exit.good;
}

function tell(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return exit.unusable;
}

async function check(address: string, json: boolean, words: EmbedWords): Promise<number> {
  const checked = await checkPage(address);
  if (!checked.ok) {
    const { code, status } = checked.problem;
    return tell(words.pageTrouble[code](address, status));
  }
  const { findings } = checked.value;
  process.stdout.write(json ? `${JSON.stringify(checked.value)}\n` : textOf(checked.value, words));
  if (findings.some(({ level }) => level === 'broken')) return exit.broken;
  return findings.length > 0 ? exit.weak : exit.good;
}

function textOf({ address, scripts, elements: found, findings }: PageReport, words: EmbedWords): string {
  const lines = findings.map(
    ({ code, level, line, facts }) => `${words.level[level]} ${code} ${words.at(line)}${words.finding[code](facts)}`,
  );
  return `${[words.looked(address, scripts, found.length), ...(lines.length === 0 ? [words.fine] : lines)].join('\n')}\n`;
}

interface Given {
  readonly address: string;
  readonly check: string | undefined;
  readonly element: ElementName;
  readonly more: Readonly<Record<string, string>>;
  readonly lang: string | null;
  readonly theme: string | null;
  readonly div: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const found = parsed({
    args,
    allowPositionals: true,
    options: {
      check: text,
      element: { type: 'string', default: 'feed' },
      draw: text,
      unit: text,
      thread: text,
      lang: text,
      theme: text,
      div: flag,
      json: flag,
      help: { ...flag, short: 'h' },
    },
  });
  if (found === null) return null;
  const { values, positionals } = found;
  const [address, ...rest] = positionals;
  const { check: page, element, draw, unit, thread, lang, theme, div, json, help } = values;
  const isAddress = (one: string | undefined): boolean => one !== undefined && /^https?:\/\/[^/]/.test(one);
  if (
    !help &&
    (page === undefined ? rest.length > 0 || !isAddress(address) : address !== undefined || !isAddress(page))
  )
    return null;
  if (!isElementName(element) || (theme !== undefined && !isTheme(theme))) return null;
  const more = { draw: draw ?? '', unit: unit ?? '', thread: thread ?? '' };
  return {
    address: address ?? '',
    check: page,
    element,
    more,
    lang: lang ?? null,
    theme: theme ?? null,
    div,
    json,
    help,
  };
}
