/** Words of `sundial embed` and of the page that writes the snippet, in English. */
import type { EmbedWords } from '../zh/embed.ts';

export const embedWords: EmbedWords = {
  lang: 'en',
  usage: `Usage: sundial embed URL [--element feed|diary|carousel|thread|draw|rates|ticket|comments] [--draw ID] [--unit ID]
                     [--thread ID] [--lang zh-CN|en] [--theme plain|uswds|govuk|dsfr] [--div] [--json]
       sundial embed --check PAGE [--json]

The first prints what to copy into a page: the script with version and integrity, and both pins as index.json there states them.
  --div    for editors that strip unknown elements
The second opens a live page and says what is in the way: content security policy, old script, integrity, old pin, attributes.
  Exit codes: 0 nothing found; 1 readers see it; 3 it works, and could be better; 2 cannot be opened, or wrong usage`,
  noTree: {
    NO_ANSWER: (address) => `No index.json at ${address}. Give the address of a Sundial server or of its public files.`,
    ODD: (address) => `index.json at ${address} is not Sundial's.`,
  },
  noScript: (tree) => `There is no script beside ${tree}. Put the files of dist/widget into the folder above it.`,
  needs: (element, attribute) => `${element} needs --${attribute}.`,
  unpinned: 'The log has not begun, so there is no key to pin. Fetch the snippet again once the organiser is enrolled.',
  comparePins:
    'The server itself named these keys. Before the page goes live compare them with what the organiser gave you:',
  pageTrouble: {
    NO_ANSWER: (address) => `${address} cannot be reached.`,
    TIMEOUT: (address) => `${address} did not answer within 15 seconds.`,
    TOO_LARGE: (address) => `${address} is larger than 5 MB and was not read.`,
    STATUS: (address, status) => `${address} answered ${status}: there is no page to look at.`,
  },
  looked: (address, scripts, elements) => `${address}: scripts: ${scripts}, elements: ${elements}.`,
  fine: 'Nothing is in the way.',
  level: { broken: 'Fix', weak: 'Better' },
  at: (line) => (line === 0 ? '' : `line ${line}: `),
  finding: {
    PAGE_HTTP: () =>
      'The page is not on https. Browsers allow no check there, and readers see "not checked". Move it to https.',
    MIXED_CONTENT: ({ address }) =>
      `The page is on https and ${address} is not, so browsers block it. Use https for both.`,
    SCRIPT_MISSING: () => 'No script of Sundial. Add the first line that sundial embed prints.',
    SCRIPT_TWICE: ({ address, value }) => `Two scripts: ${value} and ${address}. Keep the newer one.`,
    SCRIPT_NO_ANSWER: ({ address, value }) =>
      `The script ${address} cannot be fetched (${value || 'no such address'}).`,
    SCRIPT_TYPE: ({ address, value }) =>
      `The script ${address} comes as "${value}", which browsers do not run. Serve it as text/javascript.`,
    SCRIPT_CORS: ({ address }) =>
      `The script ${address} is on another host without Access-Control-Allow-Origin, so browsers do not run it.`,
    SCRIPT_OLD: ({ address, value, wanted }) =>
      `The script is version ${value}; ${wanted} is at ${address}. Change its integrity too.`,
    INTEGRITY_MISSING: ({ wanted }) => `The script has no integrity. Add integrity="${wanted}" crossorigin.`,
    INTEGRITY_WRONG: ({ value, wanted }) =>
      `The integrity does not match the file, so browsers do not run it. The page says ${value}, the file is ${wanted}.`,
    INTEGRITY_MOVES: ({ address }) =>
      `${address} changes with each release, so its integrity will fail. Use the file with a version in its name.`,
    CROSSORIGIN_MISSING: () => 'A script on another host with integrity needs crossorigin, or browsers do not run it.',
    CSP_NO_SCRIPTS: () => 'The policy sandboxes the page without scripts. Add allow-scripts.',
    CSP_SCRIPT: ({ address, wanted }) => `The policy does not let ${address} run. Add ${wanted} to script-src.`,
    CSP_CONNECT: ({ address, wanted }) =>
      `The policy does not let the page read ${address}. Add ${wanted} to connect-src.`,
    CSP_TRUSTED_TYPES: ({ wanted }) => `The policy forbids the Trusted Types policy named sundial. Say ${wanted}.`,
    CSP_PARTS: ({ wanted }) =>
      `The policy lets this one script run and not its parts (comments, threads, carousel, details of the proof). Add ${wanted} to script-src.`,
    ELEMENT_MISSING: () =>
      'No element of Sundial. Add the second line that sundial embed prints; one that a program inserts is not seen here.',
    ELEMENT_UNKNOWN: ({ name }) => `There is no ${name}.`,
    ELEMENT_OPEN: ({ name }) => `${name} has no end tag, so it swallows what follows. Add the end tag.`,
    ATTRIBUTE_MISSING: ({ name, value }) => `${name} has no ${value}.`,
    ATTRIBUTE_WRONG: ({ name, value }) => `${name}: ${value} is wrong, or there is none of that name.`,
    ATTRIBUTE_UNKNOWN: ({ name, value }) => `${name} does not know ${value}; it does nothing.`,
    TREE_NO_ANSWER: ({ address }) => `No index.json at ${address}.`,
    TREE_ODD: ({ address }) => `index.json at ${address} is not Sundial's.`,
    TREE_CORS: ({ address }) =>
      `${address} is on another host without Access-Control-Allow-Origin: *, so browsers cannot read it.`,
    PIN_MISSING: ({ name, value, wanted }) =>
      `${name} does not pin ${value}, and readers see "no pinned keys". Compare, then add ${value}="${wanted}".`,
    PIN_WRONG: ({ name, value, wanted }) =>
      `${name}: ${value} is none of the log's keys, so every check fails. Today's is ${wanted}.`,
    PIN_OTHER: ({ name, value }) => `${name}: ${value} is not a key of today. Remove it once the rotation is over.`,
  },
  page: {
    title: 'Put it into a page',
    lead: 'Choose what to show, and see the real thing and what to copy.',
    other: '中文',
    element: 'What to show',
    elements: {
      feed: 'List of diaries',
      diary: 'One diary',
      carousel: 'Carousel',
      thread: 'Threads',
      draw: 'Draw',
      rates: 'Figures of tickets',
      ticket: 'Follow by receipt',
      comments: 'Comments on one diary',
    },
    diary: 'Which diary',
    unit: 'Unit',
    anyUnit: 'All units',
    thread: 'Which thread',
    anyThread: 'All threads',
    lang: 'Language',
    langs: { '': 'As the page', 'zh-CN': '中文', en: 'English' },
    theme: 'Looks',
    themes: { none: 'Its own', plain: 'Plain portal', uswds: 'USWDS', govuk: 'GOV.UK', dsfr: 'DSFR' },
    scheme: 'Light or dark',
    schemes: { light: 'Light', dark: 'Dark' },
    schemeHint: "The element follows the page's color-scheme; nothing to write for it.",
    show: 'Update',
    preview: 'How it looks',
    snippet: 'What to copy',
    forDiv: 'For editors that strip unknown elements',
    copy: 'Copy',
    copyOf: (name) => `Copy: ${name}`,
    copied: 'Copied.',
    notCopied: 'Not copied. Select the lines and copy them yourself.',
    updated: 'Lines and looks are up to date.',
    asking: 'Fetching the lines.',
    missed:
      'No answer from the server: lines and looks are those of the choice before, so do not copy them yet. Press "Update" once the network is back.',
    compare: 'This server named both keys. Before the page goes live compare them with what the organiser gave you.',
    noScript: 'The script is not built yet: run npm run build.',
    policy: 'A page with a content security policy needs these (trusted-types only where it has that directive)',
    check: 'Once it is live, look it over',
  },
};
