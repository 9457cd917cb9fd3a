/** A portal page, a diary server and an OpenID Connect provider, each of its own origin on this machine: the portal is a stand-in, the others
 *  are real. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../server/commands/serve.ts';
import { configFrom } from '../../server/config.ts';
import type { Db } from '../../server/database/port.ts';
import { openContext } from '../../server/open-context.ts';
import { settings } from '../fixtures/app.ts';
import { writeDiary } from '../fixtures/published-diary.ts';
import { freePort } from '../fixtures/served.ts';
import type { TestGateway } from '../sign-in/gateway.ts';
import { clientId, clientSecret, openProvider, type TestProvider } from '../sign-in/provider.ts';
import { openSite, type Site, strictPolicy } from './site.ts';
import { diaryTag, draw, indexOf, treeWith, unit, vectors } from './vector-tree.ts';

export interface SignInWorld {
  readonly portal: Site;
  /** A page that may not post. */
  readonly stranger: Site;
  readonly server: string;
  readonly provider: TestProvider;
  readonly db: Db;
  /** The server's clock in milliseconds ahead of this machine's. */
  readonly clock: { aheadMs: number };
  readonly stop: () => Promise<void>;
}

/** With `gateway` readers are known by their mobile number instead of at the provider. */
export async function openSignInWorld(lang = 'zh-CN', gateway: TestGateway | null = null): Promise<SignInWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-sign-in-'));
  const port = await freePort();
  const server = `http://127.0.0.1:${port}`;
  const provider = await openProvider({ callback: `${server}/sign-in/callback` });
  const index = indexOf({ api: `${server}/api/v1/`, signIn: { zh: '市民账号', en: 'the city account' } });
  const portal = await openSite({
    tree: treeWith(vectors.base, { 'index.json': index }),
    body: diaryTag(),
    lang,
    policy: strictPolicy.replace("connect-src 'self'", `connect-src 'self' ${server}`),
  });
  const stranger = await openSite({ tree: {}, body: '' });
  const config = configFrom(
    {
      ...settings,
      allowedOrigins: [portal.address],
      proofOfWork: { hashes: 0 },
      identity:
        gateway === null
          ? { mode: 'oidc', oidc: { issuer: provider.issuer, clientId } }
          : { mode: 'phone', phone: { gateway: gateway.address, body: { to: '{to}', code: '{code}' } } },
    },
    { SUNDIAL_DATA: folder, PORT: String(port), SUNDIAL_OIDC_CLIENT_SECRET: clientSecret, SUNDIAL_SMS_TOKEN: 'token' },
  );
  const clock = { aheadMs: 0 };
  const context = await openContext(config, { now: () => Date.now() + clock.aheadMs });
  const { db } = context.database;
  await writeDiary(db, draw, unit, 0, [{ kind: 'title', text: '桥' }]);
  const running = await start(context);
  return {
    portal,
    stranger,
    server,
    provider,
    db,
    clock,
    stop: async () => {
      await running.close();
      for (const each of [portal, stranger, provider]) await each.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
