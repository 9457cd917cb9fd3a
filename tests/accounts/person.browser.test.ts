/** The question who is there, in real Chromium with an authenticator of its own: the machine's check, whatever kind of key the machine
 *  makes, and the PIN; the focus is where the next key belongs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zh } from '../../extension/locales/zh.ts';
import { fillStore } from '../fixtures/filled-store.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';

const text = zh.security;
let folder: string;
let profile: Profile;
let page: Page;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-person-'));
  profile = await openProfile(folder);
  profile.context.setDefaultTimeout(8000);
  const filling = await profile.open('popup.html');
  await fillStore(filling);
  await filling.close();
});
afterEach(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine that tells its person; `verified`: whether it recognises them. */
async function machine(): Promise<{ readonly recognise: (verified: boolean) => Promise<void> }> {
  const cdp: CDPSession = await profile.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    recognise: async (verified) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: verified });
    },
  };
}

/** Lets the machine make keys of one algorithm alone, as Windows does with RS256 (-257). */
const makesOnly = (algorithm: number) =>
  page.evaluate((only) => {
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = (options) => {
      const { publicKey } = options ?? {};
      if (publicKey === undefined) return create(options);
      const pubKeyCredParams = publicKey.pubKeyCredParams.filter(({ alg }) => alg === only);
      if (pubKeyCredParams.length === 0) return Promise.reject(new DOMException('no such key', 'NotSupportedError'));
      return create({ publicKey: { ...publicKey, pubKeyCredParams } });
    };
  }, algorithm);

/** Lets the machine answer only once its person has come; asked meanwhile it refuses, as Chromium does while a question is open. */
async function personComesLater(): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    const come = new Promise((done) => window.addEventListener('person', done, { once: true }));
    let isOpen = false;
    navigator.credentials.get = async (options) => {
      if (isOpen) throw new DOMException('A request is already pending.', 'OperationError');
      isOpen = true;
      await come;
      return get(options);
    };
  });
  return () => page.evaluate(() => void window.dispatchEvent(new Event('person')));
}

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
const isIn = (label: string) =>
  page.getByLabel(label, { exact: true }).evaluate((element) => element === document.activeElement);

test.each([
  ['ES256', -7],
  ['RS256', -257],
])(
  'a machine that makes %s keys is asked, and the answer is believed only when it recognised its person',
  async (_, algorithm) => {
    page = await profile.open('desk.html#/settings');
    const { recognise } = await machine();
    await page.getByText(text.nowNone).waitFor();
    await makesOnly(algorithm);
    await press(text.change);
    await expect.poll(focused).toBe(text.usePlatform);
    await page.keyboard.press('Enter');
    await page.getByText(text.nowPlatform).waitFor();

    await press(text.change);
    await expect.poll(focused).toBe(text.confirm);
    await recognise(false);
    await page.keyboard.press('Enter');
    await page.getByText(text.platformLost).waitFor();
    await recognise(true);
    await press(text.confirm);
    // Whoever was recognised may choose another way.
    await page.getByRole('button', { name: text.usePin }).waitFor();
  },
  30_000,
);

test('while the machine waits for its person that is said, and a second press breaks nothing off', async () => {
  page = await profile.open('desk.html#/settings');
  await machine();
  await page.getByText(text.nowNone).waitFor();
  await press(text.change);
  await press(text.usePlatform);
  await page.getByText(text.nowPlatform).waitFor();

  await press(text.change);
  const come = await personComesLater();
  await press(text.confirm);
  await page.getByText(text.platformWaiting).waitFor();
  await press(text.confirm);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.getByText(text.platformWaiting).waitFor();
  expect(await page.getByText(text.platformLost).count()).toBe(0);
  await come();
  await page.getByRole('button', { name: text.usePin }).waitFor();
});

test('the PIN is set and asked for without a pointer', async () => {
  page = await profile.open('desk.html#/settings');
  await machine();
  await page.getByText(text.nowNone).waitFor();
  await press(text.change);
  await press(text.usePin);
  await expect.poll(() => isIn(text.newPin)).toBe(true);
  await page.keyboard.type('123456');
  await page.getByRole('button', { name: text.keepPin }).click();
  await page.getByText(text.pinWeak(6)).waitFor();
  await expect.poll(() => isIn(text.newPin)).toBe(true);
  await page.getByLabel(text.newPin, { exact: true }).fill('271828');
  await page.getByLabel(text.pinAgain).fill('271829');
  await page.keyboard.press('Enter');
  await page.getByText(text.pinDiffers).waitFor();
  await expect.poll(() => isIn(text.pinAgain)).toBe(true);
  await page.getByLabel(text.pinAgain).fill('271828');
  await page.keyboard.press('Enter');
  await page.getByText(text.nowPin).waitFor();

  await press(text.change);
  await expect.poll(() => isIn(text.pin)).toBe(true);
  await page.keyboard.type('000001');
  await page.getByRole('button', { name: text.confirm, exact: true }).click();
  await page.getByText(text.pinWrong(4)).waitFor();
  await expect.poll(() => isIn(text.pin)).toBe(true);
  await page.keyboard.type('271828');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: text.usePlatform }).waitFor();
});
