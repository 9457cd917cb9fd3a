/** What a reader does in the forms of a diary's page, over a site that asks for a proof of work and takes whatever is sent. */
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import type { Page } from 'playwright-core';
import type { Answered, Asked, Site } from './site.ts';
import { openTalk, type TalkOptions } from './talk-site.ts';
import { voices } from './voices.ts';

/** The server's answer to what it took. */
export const accepted: Answered = {
  status: 201,
  body: { number: '000000011', state: 'waiting', decidedBy: 1_795_600_000 },
};
const secret = 'of the test';

/** A challenge as altcha makes it: `counters` of 64 hashes to try at most. */
const challenge = (counters: number) =>
  createChallenge({
    algorithm: 'SHA-256',
    cost: 64,
    counter: counters - 1,
    deriveKey,
    data: { until: 4_000_000_000 },
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: secret,
  });

/** Whether altcha itself takes what the widget sent for a proof. */
export async function isProven(asked: Asked | undefined): Promise<boolean> {
  const header = String(asked?.headers['sundial-proof'] ?? '');
  const proof = JSON.parse(Buffer.from(header, 'base64url').toString() || 'null');
  if (proof === null) return false;
  return (await verifySolution({ ...proof, deriveKey, hmacSignatureSecret: secret, hmacKeySignatureSecret: secret }))
    .verified;
}

/** Opens such a site among those of a file; the work takes at most `counters` tries. */
export const writingOn =
  (sites: Site[]) =>
  async (options: Partial<TalkOptions> = {}, counters = 300): Promise<Site> => {
    const { answer, ...rest } = options;
    const site = await openTalk({
      comments: () => voices,
      ...rest,
      answer: async (asked) => {
        if (asked.path.endsWith('/challenges')) return { status: 201, body: { challenge: await challenge(counters) } };
        return (await answer?.(asked)) ?? accepted;
      },
    });
    sites.push(site);
    return site;
  };

/** What was sent, without what asks for work. */
export const posts = (site: Site): Asked[] =>
  site.asked.filter(({ method, path }) => method === 'POST' && !path.endsWith('/challenges'));

/** Ticks age and publication. */
export async function agree(page: Page): Promise<void> {
  await page.getByLabel('我已满14周岁').check();
  await page.getByLabel('同意公开这段文字').check();
}

/** Writes a comment on the whole diary and waits for its receipt. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  await page.getByLabel('内容').fill(text);
  await agree(page);
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByRole('heading', { name: '已收到' }).waitFor();
}
