import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuer as ours } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { dump } from '../fixtures/dump.ts';
import { atProvider, clientId, clientSecret, openProvider, type TestProvider } from './provider.ts';

const callback = `${ours}/sign-in/callback`;
const portal = 'https://portal.example';

/** The form of RFC 7636 4.2, by Node's own hash. */
const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
const verifierOf = (): string => randomBytes(32).toString('base64url');

const identityOf = (provider: TestProvider, over: object = {}) => ({
  identity: {
    mode: 'oidc' as const,
    oidc: { issuer: provider.issuer, clientId, scopes: ['openid', 'profile'], claims: ['name'], ...over },
  },
});

eachDatabase((name, open) => {
  describe(`sign-in of readers on ${name}`, () => {
    let provider: TestProvider;
    let desk: Desk;
    beforeAll(async () => {
      provider = await openProvider({ callback });
      desk = await openDesk(await open(), identityOf(provider));
    }, 60_000);
    afterAll(() => provider.stop());

    const openWindow = (challenge: string, origin = portal, more = '') =>
      desk.page(`/sign-in?challenge=${challenge}&origin=${encodeURIComponent(origin)}${more}`);
    /** The window up to the page that hands over. */
    const comeBack = async (challenge: string, account: string | null = 'wang', more = '') => {
      const opened = await openWindow(challenge, portal, more);
      expect(opened.status).toBe(303);
      const back = await atProvider(opened.headers.get('location') ?? '', account);
      return { back, page: await desk.page(back.pathname + back.search) };
    };
    const handedOver = async (challenge: string) => {
      const { page } = await comeBack(challenge);
      expect(page.status).toBe(200);
      return {
        code: /data-code="([\w-]{43})"/.exec(page.text)?.[1] ?? '',
        digits: /<output>(\d{4}) (\d{4})<\/output>/.exec(page.text)?.slice(1).join('') ?? '',
        page,
      };
    };
    const exchange = (verifier: string, code: string, origin: string | undefined = portal) =>
      desk.post('/api/v1/reader-sessions', { verifier, code }, { headers: { origin } });
    const signIn = async (): Promise<string> => {
      const verifier = verifierOf();
      const { code } = await handedOver(s256(verifier));
      return (await exchange(verifier, code)).json.token;
    };
    const comment = (token: string | null, text = '请问') =>
      desk.post('/api/v1/comments', desk.body({ text }), {
        headers: {
          origin: portal,
          'idempotency-key': desk.key(),
          ...(token === null ? {} : { authorization: `Reader ${token}` }),
        },
      });

    test('who signed in at the provider writes for thirty minutes, and then no longer', async () => {
      const token = await signIn();
      expect((await comment(token)).status).toBe(201);
      desk.advance(1799);
      expect((await comment(token)).status).toBe(201);
      desk.advance(1);
      expect((await comment(token)).json).toMatchObject({ status: 401, code: 'SIGN_IN_NEEDED' });
    });

    test('without a sign-in comments and reports of comments are refused, and reading is not', async () => {
      const refused = await comment(null);
      expect([refused.status, refused.json.code, refused.headers.get('www-authenticate')]).toEqual([
        401,
        'SIGN_IN_NEEDED',
        'Reader',
      ]);
      expect((await comment('A'.repeat(43))).json.code).toBe('SIGN_IN_NEEDED');
      const posted = await comment(await signIn(), '可以举报的');
      await desk.publish(posted.json.number);
      const at = `/api/v1/comments/${await desk.idOf(posted.json.number)}/flags`;
      const body = { reader: verifierOf(), reason: 'abuse' };
      const from = { origin: portal };
      expect((await desk.post(at, body, { headers: from })).json.code).toBe('SIGN_IN_NEEDED');
      const headers = { ...from, authorization: `Reader ${await signIn()}` };
      expect((await desk.post(at, body, { headers })).status).toBe(204);
      expect((await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu')).status).toBe(200);
    });

    test('a receipt still serves without a sign-in', async () => {
      const code = '0123456789ABCDEF';
      const sent = desk.body({ codeHash: createHash('sha256').update(code).digest('base64url') });
      const headers = { origin: portal, 'idempotency-key': desk.key(), authorization: `Reader ${await signIn()}` };
      const { json } = await desk.post('/api/v1/comments', sent, { headers });
      const receipt = { number: json.number, code };
      expect((await desk.get('/api/v1/receipt', { receipt })).json).toMatchObject({ state: 'waiting' });
    });

    test('the code goes to the page that asked and to no other: it stands beside that origin, in a page that may do nothing else', async () => {
      const { page, code, digits } = await handedOver(s256(verifierOf()));
      expect(page.text).toContain(`data-origin="${portal}"`);
      expect([code, digits]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^\d{8}$/)]);
      const headers = Object.fromEntries(page.headers);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';/,
      );
      expect(headers).not.toHaveProperty('set-cookie');
      expect(page.text).not.toMatch(/<script(?! src="callback\.js">)/);
    });

    test('the window speaks the language it was opened in', async () => {
      const { page } = await comeBack(s256(verifierOf()), 'wang', '&lang=en');
      expect(page.text).toContain('<html lang="en">');
      expect(page.text).toContain('Type them on https://portal.example only.');
    });

    test('a page that may not post gets no window', async () => {
      for (const origin of ['https://evil.example', 'https://portal.example.evil.example', 'null', '*', '']) {
        const opened = await openWindow(s256(verifierOf()), origin);
        expect([opened.status, opened.headers.has('location')], origin).toEqual([403, false]);
      }
      expect((await openWindow('short')).status).toBe(400);
    });

    test('the way to the provider carries PKCE, state and nonce, and no secret', async () => {
      const opened = await openWindow(s256(verifierOf()));
      const to = new URL(opened.headers.get('location') ?? '');
      expect(Object.fromEntries(to.searchParams)).toMatchObject({
        response_type: 'code',
        client_id: 'sundial',
        redirect_uri: callback,
        scope: 'openid profile',
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        state: expect.stringMatching(/^[\w-]{43}$/),
        nonce: expect.stringMatching(/^[\w-]{43}$/),
      });
      expect(to.href).not.toContain('secret');
      await atProvider(to.href, 'wang').then((back) => desk.page(back.pathname + back.search));
      const sent = provider.exchanges.at(-1)?.get('code_verifier') ?? '';
      expect(s256(sent)).toBe(to.searchParams.get('code_challenge'));
      expect(await dump(desk.context.database)).not.toContain(sent);
    });

    test('a stolen code is worth nothing without the verifier, and stays good for whom it is meant', async () => {
      const verifier = verifierOf();
      const { code } = await handedOver(s256(verifier));
      for (let n = 0; n < 8; n += 1)
        expect((await exchange(verifierOf(), code)).json).toMatchObject({ status: 401, code: 'SIGN_IN_INVALID' });
      expect((await exchange(verifier, code)).status).toBe(201);
    });

    test('a code works once, also when it comes twice at the same moment', async () => {
      const verifier = verifierOf();
      const { code, digits } = await handedOver(s256(verifier));
      const both = await Promise.all([exchange(verifier, code), exchange(verifier, code)]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
      expect((await exchange(verifier, digits)).status).toBe(401);
    });

    test('a code works for three minutes', async () => {
      const verifier = verifierOf();
      const { code } = await handedOver(s256(verifier));
      desk.advance(180);
      expect((await exchange(verifier, code)).json.code).toBe('SIGN_IN_INVALID');
    });

    test('a code works only from the page that asked for it', async () => {
      const verifier = verifierOf();
      const { code } = await handedOver(s256(verifier));
      expect((await exchange(verifier, code, 'https://evil.example')).json.code).toBe('ORIGIN_REFUSED');
      expect((await exchange(verifier, code, ours)).json.code).toBe('SIGN_IN_INVALID');
      expect((await exchange(verifier, code)).status).toBe(201);
    });

    test('eight digits serve where the window cannot answer; the fifth wrong ones end it', async () => {
      const verifier = verifierOf();
      const { digits } = await handedOver(s256(verifier));
      const wrong = digits === '00000000' ? '11111111' : '00000000';
      for (let n = 0; n < 4; n += 1) expect((await exchange(verifier, wrong)).status).toBe(401);
      expect((await exchange(verifier, digits)).status).toBe(201);
      const other = verifierOf();
      const { digits: mine, code } = await handedOver(s256(other));
      const bad = mine === '00000000' ? '11111111' : '00000000';
      for (let n = 0; n < 5; n += 1) expect((await exchange(other, bad)).status).toBe(401);
      expect((await exchange(other, mine)).status).toBe(401);
      expect((await exchange(other, code)).status).toBe(401);
    });

    test('an answer with another state, or a second one with the same, is refused without asking the provider', async () => {
      const opened = await openWindow(s256(verifierOf()));
      const back = await atProvider(opened.headers.get('location') ?? '', 'wang');
      const asked = provider.exchanges.length;
      const forged = new URL(back);
      forged.searchParams.set('state', verifierOf());
      expect((await desk.page(forged.pathname + forged.search)).status).toBe(400);
      expect((await desk.page('/sign-in/callback')).status).toBe(400);
      expect(provider.exchanges.length).toBe(asked);
      expect((await desk.page(back.pathname + back.search)).status).toBe(200);
      const again = await desk.page(back.pathname + back.search);
      expect([again.status, provider.exchanges.length]).toEqual([400, asked + 1]);
      expect(again.text).not.toContain('data-code');
    });

    test("the provider's code of one sign-in does not serve under the state of another", async () => {
      const [one, two] = [await openWindow(s256(verifierOf())), await openWindow(s256(verifierOf()))];
      const [mine, theirs] = [
        await atProvider(one.headers.get('location') ?? '', 'wang'),
        await atProvider(two.headers.get('location') ?? '', 'li'),
      ];
      mine.searchParams.set('code', theirs.searchParams.get('code') ?? '');
      const page = await desk.page(mine.pathname + mine.search);
      expect([page.status, page.text.includes('data-code')]).toEqual([502, false]);
    });

    test('who waits ten minutes at the provider begins again; a challenge is used once', async () => {
      const challenge = s256(verifierOf());
      const opened = await openWindow(challenge);
      expect((await openWindow(challenge)).status).toBe(400);
      const back = await atProvider(opened.headers.get('location') ?? '', 'wang');
      desk.advance(600);
      expect((await desk.page(back.pathname + back.search)).status).toBe(400);
    });

    test('a refusal of the provider is told in words, and gives no code', async () => {
      const { back, page } = await comeBack(s256(verifierOf()), null);
      expect(back.searchParams.get('error')).toBe('access_denied');
      expect([page.status, page.text.includes('data-code')]).toEqual([403, false]);
      expect(page.text).toContain('没有登录成功');
    });

    test('signing out ends the token', async () => {
      const token = await signIn();
      const end = () => desk.delete('/api/v1/reader-sessions', { headers: { authorization: `Reader ${token}` } });
      expect((await end()).status).toBe(204);
      expect((await comment(token)).status).toBe(401);
      expect((await end()).status).toBe(204);
    });

    test('no secret lies in the database: no token, no code, no digits, no name, no state', async () => {
      const verifier = verifierOf();
      const challenge = s256(verifier);
      const { back } = await comeBack(challenge, 'zhaowu');
      const ready = await dump(desk.context.database);
      for (const secret of [
        back.searchParams.get('state') ?? '',
        back.searchParams.get('code') ?? '',
        'zhaowu',
        '名为',
      ])
        expect(ready).not.toContain(secret);
      const other = verifierOf();
      const { code, digits } = await handedOver(s256(other));
      const waiting = await dump(desk.context.database);
      const token = (await exchange(other, code)).json.token;
      await comment(token);
      const kept = await dump(desk.context.database);
      for (const secret of [code, digits, other, token, 'wang', '名为', clientSecret])
        expect([waiting.includes(secret), kept.includes(secret)], secret).toEqual([false, false]);
    });

    test('the same person behind two comments does not look the same in the database', async () => {
      const token = await signIn();
      const numbers = [(await comment(token)).json.number, (await comment(token)).json.number];
      const rows = await desk.db
        .selectFrom('reader_identity')
        .innerJoin('comment', 'comment.id', 'reader_identity.comment')
        .select('reader_identity.identity')
        .where('comment.number', 'in', numbers)
        .execute();
      const [one, two] = rows.map(({ identity }) => identity.split('.')[1] ?? '');
      expect(rows).toHaveLength(2);
      expect(one?.slice(0, 40)).not.toBe(two?.slice(0, 40));
    });

    test('only an auditor with a basis opens who it was, and each time is written down', async () => {
      const { json } = await comment(await signIn(), '要查的');
      const id = await desk.idOf(json.number);
      const ask = (as: string, basis: string) => desk.post(`/api/v1/identities/${id}/openings`, { basis }, { as });
      for (const as of ['mod-1', 'org-1', 'rev-1', 'h-lianpu', 'lead-lianpu'])
        expect((await ask(as, '依据某条某款立案调取')).status).toBe(403);
      expect((await ask('aud-1', '       x       ')).status).toBe(400);
      const openings = async () => (await desk.audit()).filter(({ action }) => action === 'identity.open');
      expect(await openings()).toEqual([]);
      const opened = await ask('aud-1', '依据某条某款立案调取');
      expect(opened.json.identity).toEqual({ issuer: provider.issuer, subject: 'wang', claims: { name: '名为wang' } });
      expect(opened.headers.get('cache-control')).toBe('no-store');
      const [row, ...more] = await openings();
      expect(more).toEqual([]);
      expect(row).toMatchObject({ actor: 'aud-1', subject: id });
      expect(JSON.parse(row?.facts ?? '')).toEqual({ basis: '依据某条某款立案调取' });
      expect(
        (await desk.post('/api/v1/identities/nobody/openings', { basis: '依据某条某款立案调取' }, { as: 'aud-1' }))
          .status,
      ).toBe(404);
    });

    test('an identity put beside another comment does not open, nor under another key', async () => {
      const token = await signIn();
      const [one, two] = [await comment(token), await comment(token)];
      const [mine, theirs] = [await desk.idOf(one.json.number), await desk.idOf(two.json.number)];
      const basis = '依据某条某款立案调取';
      const open = (id: string) => desk.post(`/api/v1/identities/${id}/openings`, { basis }, { as: 'aud-1' });
      const { identity } = await desk.db
        .selectFrom('reader_identity')
        .select('identity')
        .where('comment', '=', mine)
        .executeTakeFirstOrThrow();
      await desk.db.updateTable('reader_identity').set({ identity }).where('comment', '=', theirs).execute();
      expect((await open(theirs)).status).toBe(500);
      expect(desk.reported.splice(0)).toHaveLength(1);
      const elsewhere = `AAAAAAAA.${identity.split('.')[1]}`;
      await desk.db.updateTable('reader_identity').set({ identity: elsewhere }).where('comment', '=', mine).execute();
      expect((await open(mine)).json.code).toBe('GONE');
    });

    test('the key is a file of its own outside the database that only the server reads', async () => {
      const path = join(desk.context.config.dataFolder, 'keys', 'identity.key');
      expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
      const key = readFileSync(path, 'utf8').trim();
      expect(Buffer.from(key, 'base64url')).toHaveLength(32);
      expect(await dump(desk.context.database)).not.toContain(key);
    });

    test('who it was is forgotten after the days that are set, sign-ins and sessions when their time is over', async () => {
      const { json } = await comment(await signIn());
      await openWindow(s256(verifierOf()));
      const id = await desk.idOf(json.number);
      const counts = async () =>
        Promise.all(
          (['sign_in', 'reader_session', 'reader_identity'] as const).map(
            async (table) => (await desk.db.selectFrom(table).selectAll().execute()).length,
          ),
        );
      desk.advance(1800);
      await desk.runJobs();
      const [flows, sessions, kept = 0] = await counts();
      expect([flows, sessions]).toEqual([0, 0]);
      expect(kept).toBeGreaterThan(0);
      desk.advance(180 * 86_400);
      await desk.runJobs();
      expect(await counts()).toEqual([0, 0, 0]);
      const basis = '依据某条某款立案调取';
      expect((await desk.post(`/api/v1/identities/${id}/openings`, { basis }, { as: 'aud-1' })).json.code).toBe('GONE');
    });

    test('the public index says that sign-in is asked and what the account is called, and nothing else of it', async () => {
      const index = (await desk.get('/public/index.json')).text;
      expect(JSON.parse(index).signIn).toEqual({ zh: '统一身份认证', en: 'the common account' });
      for (const hidden of [provider.issuer, clientSecret, '"oidc"']) expect(index).not.toContain(hidden);
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });

  describe(`sign-in of readers on ${name}, where something is wrong`, () => {
    const refused = async (provider: TestProvider, given?: Desk): Promise<readonly [number, boolean]> => {
      const desk = given ?? (await openDesk(await open(), identityOf(provider)));
      const opened = await desk.page(`/sign-in?challenge=${s256(verifierOf())}&origin=${encodeURIComponent(portal)}`);
      const back = await atProvider(opened.headers.get('location') ?? '', 'wang');
      const page = await desk.page(back.pathname + back.search);
      expect(desk.reported).toEqual([]);
      return [page.status, page.text.includes('data-code')];
    };

    test('an ID token that is not whole, not fresh, not for us or not of this sign-in is not taken', async () => {
      const provider = await openProvider({ callback });
      const desk = await openDesk(await open(), identityOf(provider));
      const now = Math.floor(Date.now() / 1000);
      const forgeries: readonly (readonly [string, TestProvider['forge']])[] = [
        ['expired', (claims) => ({ ...claims, iat: now - 7200, exp: now - 3600 })],
        ['for another client', (claims) => ({ ...claims, aud: 'somebody' })],
        ['of another provider', (claims) => ({ ...claims, iss: 'https://evil.example' })],
        ['of another sign-in', (claims) => ({ ...claims, nonce: verifierOf() })],
        ['without a nonce', ({ nonce, ...claims }) => claims],
        ['without a subject', ({ sub, ...claims }) => claims],
      ];
      for (const [what, forge] of forgeries) {
        provider.forge = forge;
        expect([what, ...(await refused(provider, desk))]).toEqual([what, 502, false]);
      }
      provider.forge = null;
      provider.breaksSignature = true;
      expect(await refused(provider, desk)).toEqual([502, false]);
      provider.breaksSignature = false;
      provider.forge = (claims) => claims;
      expect(await refused(provider, desk)).toEqual([200, true]);
      await provider.stop();
    });

    test('with a wrong secret nobody is signed in', async () => {
      const provider = await openProvider({ callback, secret: 'another secret of the tests' });
      expect(await refused(provider)).toEqual([502, false]);
      await provider.stop();
    });

    test('a provider that does not answer is told in words, and asked again the next time', async () => {
      const provider = await openProvider({ callback });
      await provider.stop();
      const desk = await openDesk(await open(), identityOf(provider));
      const path = () => `/sign-in?challenge=${s256(verifierOf())}&origin=${encodeURIComponent(portal)}`;
      for (let n = 0; n < 2; n += 1) {
        const page = await desk.page(path());
        expect([page.status, page.text.includes('账号系统没有应答')]).toEqual([502, true]);
      }
      expect(desk.reported).toEqual([]);
    });

    test('where nobody is asked to sign in there is no window, no session and no word of it', async () => {
      const desk = await openDesk(await open());
      expect((await desk.page(`/sign-in?challenge=${s256(verifierOf())}&origin=${portal}`)).status).toBe(404);
      expect((await desk.send({})).status).toBe(201);
      const body = { verifier: verifierOf(), code: '12345678' };
      expect((await desk.post('/api/v1/reader-sessions', body, { headers: { origin: portal } })).status).toBe(404);
      expect((await desk.get('/public/index.json')).json.signIn ?? null).toBeNull();
    });
  });
});
