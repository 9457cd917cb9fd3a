import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { runNotices } from '../../server/notices/run.ts';
import { b64 } from '../../shared/base/bytes.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { type Hook, type Mailbox, openHook, openMailbox } from './receivers.ts';

const secret = b64(new Uint8Array(32).fill(7));
let box: Mailbox;
let hook: Hook;

beforeAll(async () => {
  box = await openMailbox();
  hook = await openHook(secret);
});
afterAll(async () => {
  await box.close();
  await hook.close();
});
beforeEach(() => {
  box.mails.length = 0;
  box.refuse = null;
  box.refuseSender = null;
  hook.calls.length = 0;
  hook.answer = (response) => void response.writeHead(204).end();
});

const mailOnly = () => ({ SUNDIAL_SMTP_URL: box.url, SUNDIAL_MAIL_FROM: '晴湖 <sundial@qinghu.example>' });
const both = () => ({ ...mailOnly(), SUNDIAL_WEBHOOK_SECRET_DESK: `whsec_${secret}` });
const webhooks = () => ({ webhooks: [{ id: 'desk', url: hook.url, kinds: ['ticketAssigned' as const] }] });

/** Runs until nothing is due, as a process does every ten seconds. */
async function run(desk: Pick<Desk, 'context'>, said: string[] = []) {
  return runNotices(desk.context, (line) => said.push(line));
}

/** Lets a person prove an address by the code that came with the mail, and choose. */
async function subscribe(
  desk: Desk,
  as: string,
  address: string,
  kinds: readonly string[],
  lang = 'zh',
): Promise<void> {
  const asked = await desk.put('/api/v1/mail/address', { address, lang }, { as });
  expect(asked.json).toMatchObject({ pending: address, address: null });
  await run(desk);
  const code = /\d{8}/.exec(box.mails.at(-1)?.body ?? '')?.[0];
  expect(box.mails.at(-1)?.to).toEqual([address]);
  expect((await desk.post('/api/v1/mail/code', { code }, { as })).json).toMatchObject({ address, pending: null });
  await desk.put('/api/v1/mail/kinds', { kinds, lang }, { as });
  box.mails.length = 0;
}

const assign = (desk: Desk, ticket: string) => desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });

eachDatabase((name, open) => {
  test(`on ${name} a handler gets one mail for the tickets of ten minutes, without a word of theirs, and the webhook one call for each`, async () => {
    const desk = await openDesk(await open(), webhooks(), both());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    const tickets = [];
    for (let n = 0; n < 3; n += 1) tickets.push((await desk.ticket({ text: '喇叭太吵' })).ticket);
    for (const ticket of tickets) await assign(desk, ticket);
    await run(desk);
    expect(box.mails).toEqual([]);
    expect(hook.calls.map(({ isSigned }) => isSigned)).toEqual([true, true, true]);
    expect(
      hook.calls.map(({ body }) => JSON.parse(body)).sort((a, b) => (a.data.subject < b.data.subject ? -1 : 1)),
    ).toMatchObject(tickets.map((subject) => ({ type: 'ticketAssigned', data: { unit: 'cgj', subject } })));
    expect(new Set(hook.calls.map(({ id }) => id)).size).toBe(3);
    desk.advance(60);
    await run(desk);
    expect(box.mails).toHaveLength(1);
    const [mail] = box.mails;
    expect(mail?.to).toEqual(['sun@cgj.example']);
    expect(mail?.headers.get('subject')).toBe('日晷：有3件工单派到您单位');
    expect(mail?.headers.get('from')).toBe('晴湖 <sundial@qinghu.example>');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    for (const ticket of tickets) expect(mail?.body).toContain(ticket);
    expect(mail?.body).toContain('https://diary.example/desk');
    expect(mail?.body).not.toContain('喇叭');
    expect(hook.calls.map(({ body }) => body).join()).not.toContain('喇叭');
    const { ticket } = await desk.ticket({ text: '还有一件' });
    await assign(desk, ticket);
    desk.advance(60);
    await run(desk);
    expect(box.mails).toHaveLength(1);
    desk.advance(600);
    await run(desk);
    expect(box.mails).toHaveLength(2);
    expect(box.mails[1]?.body).toContain(ticket);
    expect(box.mails[1]?.body).not.toContain(tickets[0]);
  });

  test(`on ${name} a webhook that fails is tried again later and later with the same id, then given up in sight of the operator`, async () => {
    const desk = await openDesk(await open(), webhooks(), both());
    await run(desk);
    hook.answer = (response) => void response.writeHead(302, { location: hook.url }).end();
    await assign(desk, (await desk.ticket({})).ticket);
    const said: string[] = [];
    await run(desk, said);
    const waits = [];
    const state = async () => {
      const row = await desk.db
        .selectFrom('notice_delivery')
        .select(['state', 'due_at', 'at', 'problem', 'tries'])
        .executeTakeFirstOrThrow();
      return { ...row, due_at: Number(row.due_at) };
    };
    for (let now = await state(); waits.length < 7; now = await state()) {
      expect(now.problem).toBe('HTTP_302');
      waits.push(now.due_at - desk.now());
      desk.set(now.due_at - 1);
      await run(desk, said);
      expect((await state()).tries).toBe(now.tries);
      desk.set(now.due_at);
      await run(desk, said);
    }
    // Between half of and the whole of a minute, three, nine, at most a quarter of an hour: it is down for all.
    for (const [n, wait] of waits.entries()) {
      const whole = Math.min(60 * 3 ** n, 900);
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThanOrEqual(whole);
    }
    desk.set((await state()).at + 3 * 86_400);
    await run(desk, said);
    expect(new Set(hook.calls.map(({ id, body }) => id + body)).size).toBe(1);
    expect(hook.calls).toHaveLength(waits.length + 2);
    expect(await state()).toMatchObject({ state: 'givenUp', problem: 'HTTP_302' });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('webhook:desk');
    expect((await desk.audit()).at(-1)).toMatchObject({ actor: 'system', action: 'notice.giveUp' });
  });

  test(`on ${name} a webhook that breaks off is tried again, one that wants no more is given up at once`, async () => {
    const desk = await openDesk(await open(), webhooks(), both());
    await run(desk);
    hook.answer = (response) => void response.destroy();
    await assign(desk, (await desk.ticket({})).ticket);
    expect(await run(desk)).toEqual({ sent: 0, failed: 1, givenUp: 0 });
    const row = await desk.db.selectFrom('notice_delivery').select('problem').executeTakeFirstOrThrow();
    expect(row.problem).toBe('UNREACHABLE');
    hook.answer = (response) => void response.writeHead(410).end();
    desk.advance(60);
    expect(await run(desk)).toEqual({ sent: 0, failed: 0, givenUp: 1 });
  });

  test(`on ${name} a sender that died after it sent is followed by another, under the same Message-ID and the same webhook-id`, async () => {
    const opened = await open();
    const desk = await openDesk(opened, webhooks(), both());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    await assign(desk, (await desk.ticket({})).ticket);
    await run(desk);
    desk.advance(60);
    await run(desk);
    // As it stands when the process dies before it writes that it sent: claimed, not settled.
    const died = { state: 'waiting', claim: 'dead', claimed_until: desk.now() + 120, settled_at: null } as const;
    await desk.db.updateTable('notice_delivery').set(died).where('kind', '=', 'ticketAssigned').execute();
    desk.advance(119);
    await run(desk);
    expect([box.mails.length, hook.calls.length]).toEqual([1, 1]);
    desk.advance(1);
    await run(desk);
    expect([box.mails.length, hook.calls.length]).toEqual([2, 2]);
    expect(box.mails[1]?.headers.get('message-id')).toBe(box.mails[0]?.headers.get('message-id'));
    expect(box.mails[1]?.raw).toBe(box.mails[0]?.raw);
    expect(hook.calls[1]).toEqual(hook.calls[0]);
  });

  // On SQLite a server is one process; two handles in one thread would wait for each other.
  test.runIf(name === 'PostgreSQL')(`on ${name} two processes on one database send each once`, async () => {
    const opened = await open();
    const desk = await openDesk(opened, webhooks(), both());
    await run(desk);
    for (let n = 0; n < 12; n += 1) await assign(desk, (await desk.ticket({})).ticket);
    const database = await openDatabase(opened.address);
    const twin = { context: { ...desk.context, database } };
    const reports = await Promise.all([run(desk), run(twin), run(desk), run(twin)]);
    const more = await Promise.all([run(desk), run(twin)]);
    await database.close();
    expect([...reports, ...more].reduce((sum, { sent }) => sum + sent, 0)).toBe(12);
    expect(hook.calls).toHaveLength(12);
    expect(new Set(hook.calls.map(({ id }) => id)).size).toBe(12);
  });

  test(`on ${name} an address that the mail server refuses is given up at once, and its person sees it`, async () => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    box.refuse = 451;
    await assign(desk, (await desk.ticket({})).ticket);
    await run(desk);
    desk.advance(60);
    expect(await run(desk)).toMatchObject({ failed: 1, givenUp: 0 });
    box.refuse = 550;
    desk.advance(60);
    expect(await run(desk)).toMatchObject({ failed: 0, givenUp: 1 });
    expect((await desk.get('/api/v1/mail', { as: 'h-cgj' })).json.failedAt).toBe(desk.now());
  });

  test(`on ${name} a mail server that does not take our sender refuses no address: the mail waits until it does`, async () => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    box.refuseSender = 553;
    await assign(desk, (await desk.ticket({})).ticket);
    await run(desk);
    desk.advance(60);
    expect(await run(desk)).toEqual({ sent: 0, failed: 1, givenUp: 0 });
    expect((await desk.get('/api/v1/mail', { as: 'h-cgj' })).json.failedAt).toBeNull();
    box.refuseSender = null;
    desk.advance(60);
    expect(await run(desk)).toEqual({ sent: 1, failed: 0, givenUp: 0 });
  });

  test(`on ${name} after hours without a mail server what waited goes out within minutes, and what is new soon after it`, async () => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    box.refuseSender = 421;
    const minutes = async (count: number, step = 1) => {
      for (let n = 0; n < count; n += step) {
        desk.advance(step * 60);
        await run(desk);
      }
    };
    const assigned = async () => {
      const { ticket } = await desk.ticket({});
      await assign(desk, ticket);
      return ticket;
    };
    const old = await assigned();
    await minutes(240, 5);
    const fresh = await assigned();
    await minutes(1);
    box.refuseSender = null;
    await minutes(15, 5);
    expect(box.mails.map(({ body }) => body).join()).toContain(old);
    // Of one kind a person gets at most one mail in ten minutes.
    await minutes(10, 5);
    expect(box.mails.map(({ body }) => body).join()).toContain(fresh);
  });

  test(`on ${name} an address that is refused for now is tried less and less often, up to six hours`, async () => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    box.refuse = 451;
    await assign(desk, (await desk.ticket({})).ticket);
    await run(desk);
    desk.advance(60);
    await run(desk);
    const waits = [];
    for (let n = 0; n < 8; n += 1) {
      const { due_at } = await desk.db
        .selectFrom('notice_delivery')
        .select('due_at')
        .where('kind', '!=', 'code')
        .executeTakeFirstOrThrow();
      waits.push(Number(due_at) - desk.now());
      desk.set(Number(due_at));
      await run(desk);
    }
    for (const [n, wait] of waits.entries()) {
      const whole = Math.min(60 * 3 ** n, 21_600);
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThanOrEqual(whole);
    }
  });

  test(`on ${name} a code that cannot be delivered says nothing against the address in use`, async () => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    box.refuse = 550;
    await desk.put('/api/v1/mail/address', { address: 'snu@cgj.example', lang: 'zh' }, { as: 'h-cgj' });
    expect(await run(desk)).toMatchObject({ givenUp: 1 });
    const { json } = await desk.get('/api/v1/mail', { as: 'h-cgj' });
    expect(json).toMatchObject({ address: 'sun@cgj.example', failedAt: null });
  });

  test.each([
    [
      'who wants to hear no more of it',
      (desk: Desk) => desk.put('/api/v1/mail/kinds', { kinds: [], lang: 'zh' }, { as: 'h-cgj' }),
    ],
    [
      'who has no device in use any more',
      (desk: Desk) => desk.db.updateTable('device').set({ state: 'ended' }).where('person', '=', 'p-h-cgj').execute(),
    ],
  ])(`on ${name} %s is told nothing, also of what was gathered before`, async (_, leave) => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned']);
    await assign(desk, (await desk.ticket({})).ticket);
    await run(desk);
    await leave(desk);
    desk.advance(60);
    expect(await run(desk)).toEqual({ sent: 0, failed: 0, givenUp: 0 });
    expect(box.mails).toEqual([]);
    const states = await desk.db.selectFrom('notice_delivery').select('state').where('kind', '!=', 'code').execute();
    expect(states).toEqual([{ state: 'dropped' }]);
  });

  test(`on ${name} a receiver that takes its time ends a run after half a minute, for the others wait for it`, async () => {
    const desk = await openDesk(await open(), webhooks(), both());
    await run(desk);
    for (let n = 0; n < 5; n += 1) await assign(desk, (await desk.ticket({})).ticket);
    hook.answer = (response) => {
      desk.advance(14);
      response.writeHead(204).end();
    };
    expect(await run(desk)).toMatchObject({ sent: 3 });
    expect(await run(desk)).toMatchObject({ sent: 2 });
    expect(new Set(hook.calls.map(({ id }) => id)).size).toBe(5);
  });

  test.each([
    ['another webhook', ['other']],
    ['none at all', []],
  ])(
    `on ${name} what waits for a webhook that is set up no more is given up after three days, with %s`,
    async (_, left) => {
      const opened = await open();
      const desk = await openDesk(opened, webhooks(), both());
      await run(desk);
      hook.answer = (response) => void response.writeHead(503).end();
      await assign(desk, (await desk.ticket({})).ticket);
      await run(desk);
      const [old] = desk.context.config.webhooks;
      if (old === undefined) throw new Error('no webhook');
      const config = { ...desk.context.config, mail: null, webhooks: left.map((id) => ({ ...old, id })) };
      const later = { context: { ...desk.context, config } };
      const said: string[] = [];
      desk.advance(3 * 86_400);
      expect(await run(later, said)).toEqual({ sent: 0, failed: 0, givenUp: 0 });
      desk.advance(1);
      expect(await run(later, said)).toEqual({ sent: 0, failed: 0, givenUp: 1 });
      expect(said).toEqual([expect.stringContaining('webhook:desk')]);
      const row = await desk.db.selectFrom('notice_delivery').select(['state', 'problem']).executeTakeFirstOrThrow();
      expect(row).toEqual({ state: 'givenUp', problem: 'NOT_SET_UP' });
      expect((await desk.audit()).at(-1)).toMatchObject({ actor: 'system', action: 'notice.giveUp' });
    },
  );

  test(`on ${name} each is told of what waits for the own role, and nothing of what was before the first run or long ago`, async () => {
    const desk = await openDesk(await open(), {}, mailOnly());
    await assign(desk, (await desk.ticket({})).ticket);
    await run(desk);
    await subscribe(desk, 'h-cgj', 'sun@cgj.example', ['ticketAssigned', 'ticketDisputed', 'ticketOverdue'], 'en');
    await subscribe(desk, 'org-1', 'wang@org.example', ['ticketToAssign', 'ticketDisputed']);
    await subscribe(desk, 'h-lianpu', 'qian@lianpu.example', ['ticketAssigned']);
    const { ticket } = await desk.ticket({});
    await assign(desk, ticket);
    await desk.move(ticket, 'h-cgj', { to: 'disputed', note: '不归我们管' });
    await run(desk);
    desk.advance(60);
    await run(desk);
    const got = box.mails.map(({ to, headers }) => `${to.join()} ${headers.get('subject')}`).sort();
    expect(got).toEqual([
      'sun@cgj.example Sundial: 1 ticket for your unit',
      'wang@org.example 日晷：有1件工单的承办单位提出派单异议',
      'wang@org.example 日晷：有1件工单等您派单',
    ]);
    expect(box.mails.map(({ body }) => body).join()).not.toContain('不归我们管');
    box.mails.length = 0;
    await assign(desk, (await desk.ticket({})).ticket);
    desk.advance(86_401);
    await run(desk);
    desk.advance(60);
    await run(desk);
    expect(box.mails.filter(({ to }) => to.includes('sun@cgj.example'))).toEqual([]);
  });
});
