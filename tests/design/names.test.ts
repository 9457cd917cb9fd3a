/** Names that pages and code must share: whoever looks one up in the docs finds it as the program has it, and none is left out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { elements } from '../../server/embed/elements.ts';
import { allJobs } from '../../server/jobs.ts';
import { verify } from '../../server/locales/en/verify.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { refusalStatus } from '../../shared/api/refusal.ts';
import { closedStates, moves, resolutionKinds, rootCauses, ticketStates } from '../../shared/feedback/ticket.ts';
import { Settings } from '../../shared/organisation/config.ts';
import { deskNoticeKinds } from '../../shared/organisation/desk-notice.ts';
import { isObject } from '../../shared/proof/shape.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');
const filesOf = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => read(folder, path));
const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([whole, part]) => part ?? whole))].sort();

const papers = filesOf('docs', /\.md$/).join('\n');
const operators = read('docs', 'for-operators.md');
const server = filesOf('server', /\.ts$/).join('\n');
const code = ['shared', 'extension', 'widget'].flatMap((folder) => filesOf(folder, /\.tsx?$/)).join('\n') + server;

/** Names in backticks of one kind of place in a text. */
const named = (text: string, pattern = /`([^`\n]+)`/g): string[] => found(text, pattern);
/** A part of a page from a heading to the next one of its level or above. */
function section(page: string, heading: string): string {
  const start = page.indexOf(`\n${heading}\n`);
  expect(start, heading).toBeGreaterThan(-1);
  const level = heading.split(' ')[0]?.length ?? 0;
  const rest = page.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

describe('the guide for operators', () => {
  test('has every variable of the environment that the server reads, and no other', () => {
    const variables = /\bSUNDIAL_[A-Z]+(?:_[A-Z]+)*\b/g;
    expect(found(operators, variables)).toEqual(found(server, variables));
  });

  test('has every member of the configuration, of its deadlines and of its limits', () => {
    const members = (schema: v.GenericSchema): string[] => Object.keys(entriesOf(schema));
    const { deadlines, limits, privacy } = entriesOf(Settings);
    const wanted = [Settings, deadlines, limits, privacy].flatMap((schema) => (schema ? members(schema) : []));
    expect(wanted.length).toBeGreaterThan(60);
    // For editors, and what is refused.
    const apart = ['$schema', 'trustProxy'];
    const isThere = (name: string) => new RegExp(`[\`"](?:limits.)?${name}[\`"]`).test(operators);
    expect(wanted.filter((name) => !apart.includes(name) && !isThere(name))).toEqual([]);
  });

  test('names only jobs, figures and kinds of notices that there are, and every kind', () => {
    const jobs: readonly string[] = allJobs.map(({ name }) => name);
    expect(['publishReviewed', 'anchorAudit'].filter((name) => !jobs.includes(name))).toEqual([]);
    const figures = named(operators, /`sundial_(\w+)`/g);
    expect(figures.length).toBeGreaterThan(3);
    expect(figures.filter((name) => !server.includes(`'${name}'`) && !server.includes(`'sundial_${name}'`))).toEqual(
      [],
    );
    const kinds = operators.match(/`kinds` left out means all: (.*?)\. /)?.[1] ?? '';
    expect(named(kinds)).toEqual([...deskNoticeKinds].sort());
  });
});

/** Members of an object schema through pipes and defaults. */
function entriesOf(schema: v.GenericSchema): Readonly<Record<string, v.GenericSchema>> {
  const inner = Object.entries(schema).find(([name]) => name === 'wrapped')?.[1];
  const entries = Object.entries(schema).find(([name]) => name === 'entries')?.[1];
  return entries ?? (inner === undefined ? {} : entriesOf(inner));
}

test('every word of the glossary has an id that code uses', () => {
  const rows = section(read('docs', 'design', 'design.md'), '## 3. Words').match(/^\| \p{Script=Han}.*\|$/gmu) ?? [];
  const ids = rows.slice(1).flatMap((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    return [cells[3], cells[7]].flatMap((cell) => cell?.match(/[A-Za-z]+/g) ?? []);
  });
  expect(ids.length).toBeGreaterThan(60);
  expect(ids.filter((id) => !new RegExp(`\\b${id}\\b`).test(code))).toEqual([]);
});

test('the commands of the design are those of the program', () => {
  const commands = read('docs', 'design', 'design.md').match(/`sundial ([a-z |-]+)`; `--help`/)?.[1] ?? '';
  const files = readdirSync(join(root, 'server', 'commands')).map((name) => name.replace('.ts', ''));
  expect(commands.split(' | ').sort()).toEqual(files.filter((name) => name !== 'verify-vectors').sort());
});

test('every route that a page names is one of the contract', async () => {
  const routes = new Set<string>();
  for (const name of readdirSync(join(root, 'shared', 'api')))
    for (const value of Object.values(await import(join(root, 'shared', 'api', name))))
      if (isEndpoint(value)) routes.add(`${value.method} ${value.path}`);
  const wanted = found(papers, /\b(?:GET|POST|PUT|DELETE) (?:<server>)?\/api\/v1\/[\w/{}.-]+/g).map((route) =>
    route.replace('<server>', ''),
  );
  expect(wanted.length).toBeGreaterThan(6);
  expect(wanted.filter((route) => !routes.has(route))).toEqual([]);
});
const isEndpoint = (value: unknown): value is Endpoint =>
  isObject(value) && typeof value.path === 'string' && typeof value.method === 'string';

test('every code in capitals that a page names is one that a program says', () => {
  // What a page of the widget looks like has no code of its own; the others are of systemd, Windows and a shell.
  const apart = ['NOT_CHECKED', 'AF_INET', 'AF_UNIX', 'HKEY_LOCAL_MACHINE', 'CODE_HASH'];
  const codes = found(papers, /\b[A-Z]{2,}(?:_[A-Z]+)+\b/g).filter((each) => !apart.includes(each));
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((each) => !new RegExp(`\\b${each}\\b`).test(code))).toEqual([]);
});

test('the wire format has every failure, finding and notice of the check', () => {
  const format = read('docs', 'design', 'verification.md');
  const codes = [...Object.keys(verify.failure), ...Object.keys(verify.notice)];
  expect(codes.length).toBeGreaterThan(35);
  expect(codes.filter((each) => !format.includes(each))).toEqual([]);
});

test('the protocol of sync has only refusals that there are', () => {
  const errors =
    read('docs', 'design', 'sync.md')
      .match(/Whole-request errors: (.*)/)?.[1]
      ?.split('\n')[0] ?? '';
  const refusals = found(errors.split('Rules.')[0] ?? '', /\b4\d\d [A-Z_]+/g);
  expect(refusals.length).toBeGreaterThan(6);
  const known = Object.entries(refusalStatus).map(([name, status]) => `${status} ${name}`);
  expect(refusals.filter((each) => !known.includes(each))).toEqual([]);
});

test('the table of the ticket has every state with its moves', () => {
  const page = read('docs', 'design', 'closed-loop.md');
  const rows = [...page.matchAll(/^\| \p{Script=Han}+ \| `(\w+)`.*? \| (.*) \| (open|closed) \|$/gmu)];
  expect(rows.map(([, state, , open311]) => [state, open311])).toEqual(
    ticketStates.map((state) => [state, closedStates.includes(state) ? 'closed' : 'open']),
  );
  for (const [, state, next = ''] of rows) {
    // What stands in brackets with a reply is what it must say.
    const to = named(next).filter((name) => ticketStates.some((each) => each === name));
    expect([state, to]).toEqual([
      state,
      moves
        .filter(({ from }) => from === state)
        .map(({ to }) => to)
        .sort(),
    ]);
  }
  const kinds = [...resolutionKinds, ...rootCauses];
  expect(kinds.filter((each) => !page.includes(`\`${each}\``))).toEqual([]);
});

test('the guide for webmasters has every element with what it takes, and every event', () => {
  const page = read('docs', 'for-webmasters.md');
  for (const [name, { needs, takes }] of Object.entries(elements)) {
    const [, row = ''] = page.match(new RegExp(`^\\| \`<sundial-${name}>\`[^|]*\\|([^|]*)\\|`, 'm')) ?? [];
    const words = new Set(row.match(/[a-z]+/g));
    expect([name, [...needs, ...takes].filter((attribute) => !words.has(attribute))]).toEqual([name, []]);
  }
  const events = found(filesOf('widget', /\.ts$/).join('\n'), /'(sundial:[a-z]+)'/g);
  expect(events.filter((event) => !page.includes(event))).toEqual([]);
});

test('permissions in the guide for administrators are those that the extension asks for', () => {
  const config = read('wxt.config.ts');
  const asked = [...named(config.match(/permissions: \[([^\]]*)\]/)?.[1] ?? '', /'(\w+)'/g), 'sidePanel'];
  const rows = section(read('docs', 'for-administrators.md'), '## Permissions');
  expect(named(rows, /^\| `(\w+)` \|/gm)).toEqual(asked.sort());
});

test('every file of the project that a page names is there', () => {
  const paths = found(papers, /`((?:shared|server|extension|widget|tests|docs)\/[\w./-]+)`/g);
  expect(paths.length).toBeGreaterThan(100);
  // Made by whoever adds a language.
  const later = /^widget\/locales\/more\/?$/;
  expect(paths.filter((path) => !later.test(path) && !existsSync(join(root, path)))).toEqual([]);
});
