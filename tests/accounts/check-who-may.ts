/** Asks every route of a server as everybody, and holds the answers against the table of `who-may.ts`. */
import type { Hono } from 'hono';
import { expect } from 'vitest';
import { createApp } from '../../server/app.ts';
import type { Db } from '../../server/database/port.ts';
import { declarationsOf } from '../../server/http/route.ts';
import { tokenHash } from '../../server/http/session.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { isUnitRole, type Role, roles } from '../../shared/organisation/role.ts';
import type { OpenedDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { pages, type Row, rows, type Thing } from './who-may.ts';

const letters = { leader: 'L', organiser: 'O', reviewer: 'R', moderator: 'M', handler: 'H', auditor: 'A' } as const;
const own = 'lianpu';
const units = [own, 'cgj'];

/** A role, of a unit where it belongs to one. */
interface Person {
  readonly name: string;
  readonly role: Role;
  readonly unit: string | null;
}

const people: readonly Person[] = roles.flatMap((role): Person[] =>
  isUnitRole(role)
    ? units.map((unit) => ({ name: `${role} of ${unit}`, role, unit }))
    : [{ name: role, role, unit: null }],
);

/** A token that holds, one whose time is over, and one of a device that was ended. */
const states = ['fresh', 'expired', 'revoked'] as const;
type State = (typeof states)[number];

/** Parameters of a path that lead to a thing, and such as lead to none. */
interface Ways {
  readonly there: Readonly<Record<string, string>>;
  readonly nowhere: Readonly<Record<string, string>>;
}

interface World {
  readonly desk: Desk;
  readonly app: Hono;
  readonly things: Readonly<Record<Thing, Ways>>;
}

/** A desk with people of every role in both units, in every state of their tokens, and one thing of each kind. */
async function openWorld(opened: OpenedDatabase): Promise<World> {
  const desk = await openDesk(opened);
  for (const person of people) for (const state of states) await signIn(desk.db, person, state);
  await signIn(desk.db, { name: 'second device', role: 'leader', unit: own }, 'fresh', personOf('leader of lianpu'));
  return { desk, app: createApp(desk.context), things: await makeThings(desk) };
}

/** Every route has a row; pages without a declaration are the listed ones. */
export async function checkRows(opened: OpenedDatabase): Promise<void> {
  const { app } = await openWorld(opened);
  expect(
    declarationsOf(app)
      .map(nameOf)
      .filter((name) => rows[name] === undefined),
  ).toEqual([]);
  const undeclared = app.routes.flatMap(({ handler, method, path }) =>
    'declared' in handler || method === 'ALL' ? [] : [`${method} ${path}`],
  );
  expect([...new Set(undeclared)].sort()).toEqual(pages);
}

/** Who gets through the door of each route, by role, unit and token. */
export async function checkDoors(opened: OpenedDatabase): Promise<void> {
  const { app } = await openWorld(opened);
  const found: string[] = [];
  const wanted: string[] = [];
  for (const declared of declarationsOf(app)) {
    const name = nameOf(declared);
    const row = rows[name] ?? { who: '' };
    const path = filled(declared.path, {});
    const say = async (as: string, token: string | null, expected: string) => {
      const answer = await ask(app, declared, path, token);
      found.push(`${name} | ${as} | ${doorOf(answer)}`);
      wanted.push(`${name} | ${as} | ${expected}`);
    };
    await say('nobody', null, withoutToken(row));
    for (const person of people)
      for (const state of states)
        await say(`${person.name}, ${state}`, tokenOf(person, state), expectedOf(row, person, state));
  }
  expect(found).toEqual(wanted);
}

/** Who may not know of a thing is answered the same whether it is there or not: status, headers and body. Who may finds it. */
export async function checkHidden(opened: OpenedDatabase): Promise<void> {
  const { app, things, desk } = await openWorld(opened);
  for (const declared of declarationsOf(app)) {
    const name = nameOf(declared);
    const row = rows[name];
    if (row?.hides === undefined) continue;
    const { there, nowhere } = things[row.hides];
    const asks = [null, ...people.filter((person) => !sees(row, person))];
    for (const person of asks) {
      const token = person === null ? null : tokenOf(person, 'fresh');
      const [real, none] = [
        await ask(app, declared, filled(declared.path, there), token, row.body),
        await ask(app, declared, filled(declared.path, nowhere), token, row.body),
      ];
      const as = `${name}, ${person?.name ?? 'nobody'}`;
      expect([as, real]).toEqual([as, none]);
      expect([as, real.status >= 400]).toEqual([as, true]);
      if (passes(row, person)) expect([as, real.code]).toEqual([as, 'NOT_FOUND']);
    }
    for (const person of people.filter((each) => sees(row, each))) {
      const real = await ask(app, declared, filled(declared.path, there), tokenOf(person, 'fresh'), row.body);
      const as = `${name}, ${person.name}`;
      expect([as, ['NOT_FOUND', 'NOT_ALLOWED', 'FIELD_INVALID'].includes(real.code ?? '')]).toEqual([as, false]);
    }
  }
  expect(desk.reported).toEqual([]);
}

/** A list has a thing for those who may know of it alone. */
export async function checkLists(opened: OpenedDatabase): Promise<void> {
  const { app, things } = await openWorld(opened);
  for (const declared of declarationsOf(app)) {
    const name = nameOf(declared);
    const row = rows[name];
    if (row?.lists === undefined) continue;
    const id = Object.values(things[row.lists].there)[0] ?? '';
    const asks = row.who === 'anybody' ? [null] : people.filter((person) => passes(row, person));
    const query = name === 'GET /api/v1/comments' ? `?draw=d-2026-w39&unit=${own}` : '';
    for (const person of asks) {
      const token = person === null ? null : tokenOf(person, 'fresh');
      const answer = await ask(app, declared, `${declared.path}${query}`, token);
      const as = `${name}, ${person?.name ?? 'nobody'}`;
      const isSeen = person !== null && sees(row, person);
      expect([as, answer.status, answer.body.includes(`"${id}"`)]).toEqual([as, 200, isSeen]);
    }
  }
}

interface Answered {
  readonly status: number;
  readonly code: string | null;
  readonly headers: readonly string[];
  readonly body: string;
}

async function ask(
  app: Hono,
  declared: Endpoint,
  path: string,
  token: string | null,
  body: unknown = {},
): Promise<Answered> {
  const answer = await app.request(path, {
    method: declared.method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
      origin: 'https://portal.example',
    },
    ...(declared.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type') === 'application/problem+json';
  return {
    status: answer.status,
    code: isProblem ? String(JSON.parse(text).code) : null,
    // The request's own number says nothing of what is there.
    headers: [...answer.headers]
      .filter(([name]) => name !== 'x-request-id')
      .map(([name, value]) => `${name}: ${value}`)
      .sort(),
    body: text,
  };
}

const closed = ['TOKEN_MISSING', 'TOKEN_EXPIRED', 'DEVICE_REVOKED', 'RECEIPT_INVALID', 'NOT_ALLOWED'];

/** The code with which the door was shut, else `in`. */
function doorOf({ code }: Answered): string {
  // Journals say it in their own word.
  if (code === 'NOT_AUTHOR') return 'NOT_ALLOWED';
  return code !== null && closed.includes(code) ? code : 'in';
}

const isOpen = ({ who }: Row): boolean => who === 'anybody';
const withoutToken = (row: Row): string =>
  isOpen(row) ? 'in' : row.who === 'receipt' ? 'RECEIPT_INVALID' : 'TOKEN_MISSING';

function expectedOf(row: Row, person: Person, state: State): string {
  if (isOpen(row) || row.who === 'receipt') return withoutToken(row);
  if (state !== 'fresh') return state === 'expired' ? 'TOKEN_EXPIRED' : 'DEVICE_REVOKED';
  return passes(row, person) ? 'in' : 'NOT_ALLOWED';
}

const passes = (row: Row, person: Person | null): boolean =>
  isOpen(row) || (person !== null && row.who.includes(letters[person.role]));

function sees({ seenBy = '' }: Row, { role, unit }: Person): boolean {
  const letter = letters[role];
  return seenBy.includes(letter) || (unit === own && seenBy.includes(letter.toLowerCase()));
}

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const filled = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'x');

const personOf = (name: string): string => `p-${name.replaceAll(' ', '-')}`;
const tokenOf = ({ name }: Person, state: State): string => `${name.replaceAll(' ', '-')}-${state}-`.padEnd(40, '0');

async function signIn(db: Db, person: Person, state: State, as = personOf(person.name)): Promise<void> {
  const { name, role, unit } = person;
  const actor = as.slice(2);
  const device = `d-${name.replaceAll(' ', '-')}-${state}`;
  if (state === 'fresh' && as === personOf(name)) {
    await db.insertInto('person').values({ id: as, name, match: name, added_at: 0 }).execute();
    await db.insertInto('actor').values({ actor, role, unit, person: as }).execute();
  }
  await db
    .insertInto('device')
    .values({
      id: device,
      kid: device,
      jwk: '{}',
      person: as,
      invitation: '',
      grants: JSON.stringify([{ role, unit, actor }]),
      state: state === 'revoked' ? 'revoked' : 'active',
      added_at: 0,
      last_seen: null,
    })
    .execute();
  await db
    .insertInto('access_token')
    .values({
      hash: await tokenHash(tokenOf(person, state)),
      device,
      expires_at: state === 'expired' ? 1 : 4_000_000_000,
    })
    .execute();
}

/** What the routes of the table are asked about. */
async function makeThings(desk: Desk): Promise<Readonly<Record<Thing, Ways>>> {
  const contact = { text: '138 0000 0000', consent: true } as const;
  const { ticket } = await desk.ticket({ kind: 'report', contact });
  const at = { unit: own, note: '请承办' };
  await desk.move(ticket, 'org-1', { to: 'assigned', ...at });
  await desk.move(ticket, 'h-lianpu', { to: 'accepted' });
  await desk.move(ticket, 'h-lianpu', { to: 'inProgress', firstContact: true, note: '已联系' });
  const comment = await desk.idOf((await desk.comment({})).number);
  const sha256 = 'a'.repeat(64);
  const leader = personOf('leader of lianpu');
  const image = { author: leader, sha256, type: 'image/png', size: 1, bytes: 'AA==', at: 0 };
  await desk.db.insertInto('blob').values(image).execute();
  await desk.db
    .insertInto('term')
    .values({ id: 'lianpu-1', unit: own, post: '书记', from_day: '2026-01-01', to_day: null })
    .execute();
  await desk.db
    .insertInto('dossier')
    .values({
      id: 'dossier-1',
      term: 'lianpu-1',
      unit: own,
      person: leader,
      from_day: '2026-01-01',
      to_day: '2026-06-30',
      made_by: 'org-1',
      made_at: desk.now(),
      content: '{}',
      digest: '',
      open_at: desk.now() + 86_400,
      seen_at: null,
      released_at: null,
    })
    .execute();
  return {
    ticket: {
      there: { number: ticket, id: 'first', sha256 },
      nowhere: { number: '999999999', id: 'first', sha256 },
    },
    comment: { there: { id: comment }, nowhere: { id: '0'.repeat(comment.length) } },
    device: { there: { id: 'd-second-device-fresh' }, nowhere: { id: 'd-no-such-device' } },
    dossier: { there: { id: 'dossier-1' }, nowhere: { id: 'dossier-2' } },
    image: { there: { sha256 }, nowhere: { sha256: 'b'.repeat(64) } },
    undrawn: {
      there: { draw: 'd-2026-w39', unit: 'undrawn', sha256 },
      nowhere: { draw: 'd-2026-w39', unit: 'nowhere', sha256 },
    },
  };
}
