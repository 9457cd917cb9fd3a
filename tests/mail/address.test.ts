import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configFrom } from '../../server/config.ts';
import { forgetNotices } from '../../server/notices/forget.ts';
import { runNotices } from '../../server/notices/run.ts';
import type { Environment } from '../../server/operation.ts';
import { settings } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { type Mailbox, openMailbox } from './receivers.ts';

let box: Mailbox;
beforeAll(async () => {
  box = await openMailbox();
});
afterAll(() => box.close());
beforeEach(() => {
  box.mails.length = 0;
});

const from = 'sundial@qinghu.example';
const quiet = () => undefined;

test.each([
  [
    'a line break in the sender',
    { SUNDIAL_SMTP_URL: 'smtp://x', SUNDIAL_MAIL_FROM: `晴湖\r\nBcc: a@b.example <${from}>` },
  ],
  ['no sender', { SUNDIAL_SMTP_URL: 'smtp://x' }],
  ['no SMTP address', { SUNDIAL_SMTP_URL: 'https://x', SUNDIAL_MAIL_FROM: from }],
  [
    'a percent sign of the password as it is',
    { SUNDIAL_SMTP_URL: 'smtps://user:50%off@mail.example', SUNDIAL_MAIL_FROM: from },
  ],
  ['no secret of the webhook', {}],
  ['a secret of the webhook that is too short', { SUNDIAL_WEBHOOK_SECRET_OA: 'whsec_c2hvcnQ=' }],
] as const)('a server does not begin with %s, and the message has no value of it', (_, environment: Environment) => {
  const webhooks = 'SUNDIAL_SMTP_URL' in environment ? [] : [{ id: 'oa', url: 'https://oa.example/hook' }];
  const load = () => configFrom({ ...settings, webhooks }, environment);
  expect(load).toThrow(/SUNDIAL_(MAIL_FROM|SMTP_URL|WEBHOOK_SECRET_OA): [A-Z_]+$/);
});

test.each(['http://oa.example/hook', 'https://oa.example/hook?key=1', 'ftp://oa.example/'])(
  'a webhook at %s is refused: https, or this machine',
  (url) => {
    expect(() => configFrom({ ...settings, webhooks: [{ id: 'oa', url }] })).toThrow('PROVIDER_ADDRESS');
  },
);

eachDatabase((name, open) => {
  test(`on ${name} an address that would begin a header of its own is refused, and the organisation's name cannot begin one`, async () => {
    const environment = { SUNDIAL_SMTP_URL: box.url, SUNDIAL_MAIL_FROM: from };
    const desk = await openDesk(await open(), { name: { zh: '晴湖\r\nBcc: x@y.example', en: 'Q' } }, environment);
    const as = { as: 'org-1' };
    for (const address of [
      'a@b.example\r\nBcc: c@d.example',
      'a b@c.example',
      '<a@b.example>',
      'a@b',
      '"a"@b.example',
      'a@b.example,c@d.example',
    ])
      expect((await desk.put('/api/v1/mail/address', { address, lang: 'zh' }, as)).json.code).toBe('FIELD_INVALID');
    await desk.put('/api/v1/mail/address', { address: 'wang@org.example', lang: 'zh' }, as);
    await runNotices(desk.context, quiet);
    const [mail] = box.mails;
    expect(mail?.to).toEqual(['wang@org.example']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.headers.get('from')).toBe(`晴湖 Bcc: x@y.example <${from}>`);
  });

  test(`on ${name} five wrong codes end a code, an hour does as well, and the proved address stays until another is proved`, async () => {
    const desk = await openDesk(await open(), {}, { SUNDIAL_SMTP_URL: box.url, SUNDIAL_MAIL_FROM: from });
    const as = { as: 'org-1' };
    const codeFor = async (address: string): Promise<string> => {
      await desk.put('/api/v1/mail/address', { address, lang: 'en' }, as);
      await runNotices(desk.context, quiet);
      return /\d{8}/.exec(box.mails.at(-1)?.body ?? '')?.[0] ?? '';
    };
    const prove = (code: string) => desk.post('/api/v1/mail/code', { code }, as);
    const first = await codeFor('one@org.example');
    expect((await prove(first)).json.address).toBe('one@org.example');
    expect((await prove(first)).status).toBe(404);
    const second = await codeFor('two@org.example');
    const wrong = second === '00000000' ? '11111111' : '00000000';
    for (let n = 0; n < 5; n += 1) expect((await prove(wrong)).json.code).toBe('FIELD_INVALID');
    expect((await prove(second)).status).toBe(404);
    const third = await codeFor('three@org.example');
    desk.advance(3601);
    expect((await prove(third)).status).toBe(404);
    expect((await desk.get('/api/v1/mail', as)).json).toMatchObject({ address: 'one@org.example', pending: null });
    const audit = JSON.stringify(await desk.audit());
    expect(audit).not.toContain('org.example');
    expect((await desk.delete('/api/v1/mail', as)).json).toMatchObject({ address: null, kinds: [] });
    expect(await desk.db.selectFrom('notice_mail').selectAll().execute()).toEqual([]);
  });

  test(`on ${name} an address that nobody proved is erased when its code is over, for it may be a stranger's; the one in use stays`, async () => {
    const desk = await openDesk(await open(), {}, { SUNDIAL_SMTP_URL: box.url, SUNDIAL_MAIL_FROM: from });
    const as = { as: 'org-1' };
    await desk.put('/api/v1/mail/address', { address: 'wang@org.example', lang: 'zh' }, as);
    await runNotices(desk.context, quiet);
    await desk.post('/api/v1/mail/code', { code: /\d{8}/.exec(box.mails[0]?.body ?? '')?.[0] ?? '' }, as);
    await desk.put('/api/v1/mail/address', { address: 'wnag@org.example', lang: 'zh' }, as);
    desk.advance(3600);
    await forgetNotices(desk.context);
    expect((await desk.get('/api/v1/mail', as)).json).toMatchObject({ pending: 'wnag@org.example' });
    desk.advance(1);
    await forgetNotices(desk.context);
    const [row, ...more] = await desk.db.selectFrom('notice_mail').selectAll().execute();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ address: 'wang@org.example', pending: null, nonce: null });
  });
});
