import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { configFrom } from '../../server/config.ts';
import { phoneNumberOf } from '../../server/features/sign-in/phone-number.ts';
import { settings } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { dump } from '../fixtures/dump.ts';
import { openGateway, type TestGateway } from './gateway.ts';

const portal = 'https://portal.example';
const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
const verifierOf = (): string => randomBytes(32).toString('base64url');
const wrongFor = (code: string): string => (code === '000000' ? '111111' : '000000');

describe('a mobile number', () => {
  test.each([
    ['13800138000', '+8613800138000'],
    ['138 0013 8000', '+8613800138000'],
    ['138-0013-8000', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['+852 5123 4567', '+85251234567'],
    ['12800138000', null],
    ['1380013800', null],
    ['138001380000', null],
    ['0512-66680000', null],
    ['+1 202 555 0100', null],
    ['+', null],
    ['', null],
    ['138001380o0', null],
  ])('%j is read as %j', (typed, read) => {
    expect(phoneNumberOf(typed, ['86', '852'])).toBe(read);
  });
});

test('a server that shall send messages does not begin without the gateway’s token, nor with a body that says nothing', () => {
  const phone = { gateway: 'https://sms.example/send' };
  const made = (given: object) =>
    configFrom({ ...settings, identity: { mode: 'phone', phone: { ...phone, ...given } } }, { SUNDIAL_SMS_TOKEN: '' });
  expect(() => made({})).toThrow('SUNDIAL_SMS_TOKEN: MISSING');
  expect(() => made({ body: { to: '{to}' } })).toThrow('TO_AND_CODE');
  expect(() => made({ gateway: 'http://sms.example/send' })).toThrow('PROVIDER_ADDRESS');
});

eachDatabase((name, open) => {
  describe(`sign-in by mobile number on ${name}`, () => {
    let gateway: TestGateway;
    let desk: Desk;
    beforeAll(async () => {
      gateway = await openGateway();
      const body = { mobile: '{to}', template: 'SMS_1', code: '{code}', text: '{text}' };
      desk = await openDesk(await open(), { identity: { mode: 'phone', phone: { gateway: gateway.address, body } } });
    });
    afterAll(() => gateway.stop());
    beforeEach(() => {
      gateway.status = 200;
      // Budgets are of an hour.
      desk.advance(3600);
    });

    const stateIn = (html: string): string => /name="state" value="([\w-]{43})"/.exec(html)?.[1] ?? '';
    const openWindow = (challenge: string, more = '') =>
      desk.page(`/sign-in?challenge=${challenge}&origin=${encodeURIComponent(portal)}${more}`);
    /** The window up to the form for the code, and the code that was sent. */
    const sendTo = async (number: string, verifier = verifierOf(), more = '') => {
      const opened = await openWindow(s256(verifier), more);
      const state = stateIn(opened.text);
      const page = await desk.page('/sign-in/number', { state, number });
      return { verifier, state, page, code: gateway.sent.at(-1)?.body.code ?? '' };
    };
    const exchange = (verifier: string, html: string) =>
      desk.post(
        '/api/v1/reader-sessions',
        { verifier, code: /data-code="([\w-]{43})"/.exec(html)?.[1] ?? '' },
        { headers: { origin: portal } },
      );

    test('who types the code that was sent to the number writes, and an auditor alone learns the number', async () => {
      const { verifier, state, page, code } = await sendTo('138 0013 8000');
      expect(page.text).toContain('尾号 8000');
      expect(gateway.sent.at(-1)).toEqual({
        authorization: 'Bearer token of the tests',
        body: {
          mobile: '+8613800138000',
          template: 'SMS_1',
          code: expect.stringMatching(/^\d{6}$/),
          text: `【试验区】验证码 ${code}，用于在 ${portal} 登录留言，五分钟内有效。工作人员不会向您索要。`,
        },
      });
      const done = await desk.page('/sign-in/code', { state, code: `${code.slice(0, 3)} ${code.slice(3)}` });
      const { token } = (await exchange(verifier, done.text)).json;
      const headers = { origin: portal, 'idempotency-key': desk.key(), authorization: `Reader ${token}` };
      const posted = await desk.post('/api/v1/comments', desk.body({}), { headers });
      expect(posted.status).toBe(201);
      const stored = await dump(desk.context.database);
      for (const secret of ['13800138000', code, state]) expect(stored, secret).not.toContain(secret);
      const id = await desk.idOf(posted.json.number);
      const at = `/api/v1/identities/${id}/openings`;
      expect((await desk.post(at, { basis: '依据某条某款立案调取' }, { as: 'mod-1' })).status).toBe(403);
      expect((await desk.post(at, { basis: '依据某条某款立案调取' }, { as: 'aud-1' })).json.identity).toEqual({
        issuer: 'phone',
        subject: '+8613800138000',
        claims: {},
      });
    });

    test('the portal page is told what readers sign in with, and the organiser how', async () => {
      expect((await desk.get('/public/index.json')).json.signIn).toEqual({ zh: '手机号', en: 'your mobile number' });
      const { json } = await desk.get('/api/v1/settings', { as: 'org-1' });
      expect(json.identity).toEqual({ mode: 'phone', issuer: gateway.address, keptDays: 180 });
    });

    test('nobody writes without it', async () => {
      expect((await desk.send({})).json).toMatchObject({ status: 401, code: 'SIGN_IN_NEEDED' });
    });

    test('a wrong code is told; the fifth ends the sign-in, the right one then too', async () => {
      const { state, code } = await sendTo('13800138001');
      for (let n = 0; n < 5; n += 1) {
        const { status, text } = await desk.page('/sign-in/code', { state, code: wrongFor(code) });
        expect([status, text.includes('验证码不对')]).toEqual([200, true]);
      }
      expect((await desk.page('/sign-in/code', { state, code })).status).toBe(400);
    });

    test('a code works for five minutes and once, and only in the window that asked', async () => {
      const first = await sendTo('13800138002');
      desk.advance(300);
      expect((await desk.page('/sign-in/code', { state: first.state, code: first.code })).status).toBe(400);
      const [mine, other] = [await sendTo('13800138002'), await openWindow(s256(verifierOf()))];
      const elsewhere = await desk.page('/sign-in/code', { state: stateIn(other.text), code: mine.code });
      expect(elsewhere.text).not.toContain('data-code');
      expect((await desk.page('/sign-in/code', { state: mine.state, code: mine.code })).text).toContain('data-code');
      expect((await desk.page('/sign-in/code', { state: mine.state, code: mine.code })).status).toBe(400);
    });

    test('another code ends the one before', async () => {
      const { state, code } = await sendTo('13800138003');
      const again = await desk.page('/sign-in/again', { state });
      expect(stateIn(again.text)).toBe(state);
      await desk.page('/sign-in/number', { state, number: '13800138003' });
      const newer = gateway.sent.at(-1)?.body.code ?? '';
      if (newer !== code) expect((await desk.page('/sign-in/code', { state, code })).text).toContain('验证码不对');
      expect((await desk.page('/sign-in/code', { state, code: newer })).text).toContain('data-code');
    });

    test('a number that cannot be written to is told beside what was typed, and nothing is sent', async () => {
      const before = gateway.sent.length;
      const { page } = await sendTo('+1 202 555 0100 "><b>');
      expect(page.text).toContain('这不像能收短信的手机号');
      expect(page.text).toContain('value="+1 202 555 0100 &quot;&gt;&lt;b&gt;"');
      expect(gateway.sent.length).toBe(before);
    });

    test('a gateway that is away or refuses is told in words, and the next try may serve', async () => {
      for (const status of [0, 503, 302]) {
        gateway.status = status;
        const { state, page } = await sendTo('13800138004');
        expect(page.text).toContain('短信没有发出去');
        expect(page.text).toContain('value="13800138004"');
        gateway.status = 200;
        expect((await desk.page('/sign-in/number', { state, number: '13800138004' })).text).toContain('尾号 8004');
        desk.advance(3600);
      }
      expect(desk.reported).toEqual([]);
    });

    test('five messages go to a number in an hour, not six', async () => {
      const before = gateway.sent.length;
      for (let n = 0; n < 5; n += 1) expect((await sendTo('13800138005')).page.text).toContain('尾号 8005');
      expect((await sendTo('13800138005')).page.text).toContain('短信发得太多了');
      expect(gateway.sent.length).toBe(before + 5);
      expect((await sendTo('13800138006')).page.text).toContain('尾号 8006');
    });

    test('the forms may go to this server alone, hold no address with a secret, and speak the language they were opened in', async () => {
      const opened = await openWindow(s256(verifierOf()), '&lang=en');
      expect(opened.headers.get('content-security-policy')).toContain("form-action 'self'; frame-ancestors 'none'");
      expect(opened.text).toContain('<html lang="en">');
      expect(opened.text).toMatch(/<form method="post" action="sign-in\/number">/);
      expect((await desk.page('/sign-in/number', { state: 'A'.repeat(43), number: '13800138000' })).status).toBe(400);
      const long = { state: stateIn(opened.text), number: '1'.repeat(5000) };
      expect((await desk.page('/sign-in/number', long)).status).toBe(413);
      const foreign = await desk.page(`/sign-in?challenge=${s256(verifierOf())}&origin=https%3A%2F%2Fevil.example`);
      expect(foreign.status).toBe(403);
    });

    test.each([
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=x', 'no part'],
      ['application/x-www-form-urlencoded', 'state=%ff&number=%zz'],
      ['application/x-www-form-urlencoded', '__proto__=1&state[]=1'],
      ['text/plain', 'state=x'],
    ])('a form that is none (%s, %s) gets the page that says so', async (type, body) => {
      for (const path of ['number', 'code', 'again'])
        expect((await desk.page(`/sign-in/${path}`, new Blob([body], { type }))).status).toBe(400);
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
