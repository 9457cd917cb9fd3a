/** The question who is there before signing: PIN and its tries. */
import { pbkdf2Sync } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { confirmByPin, isWeakPin, personCheckOf, setUpPin } from '../../extension/commands/person.ts';
import type { Context } from '../../extension/device/context.ts';
import { SundialDatabase } from '../../extension/store/database.ts';

const minute = 60_000;

/** A device with a clock of its own. */
function device(): { readonly context: Context; readonly clock: { now: number } } {
  const clock = { now: 1_784_000_000_000 };
  const context: Context = {
    database: new SundialDatabase('person', { indexedDB: new IDBFactory(), IDBKeyRange }),
    fetch: () => Promise.reject(new TypeError('no network')),
    now: () => clock.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    token: { read: async () => null, write: async () => undefined },
    poke: () => undefined,
    alone: (_, run) => run(),
  };
  return { context, clock };
}

test('the right PIN confirms, and full-width digits are the same digits', async () => {
  const { context } = device();
  await setUpPin('271828', context);
  expect(await confirmByPin('271828', context)).toEqual({ right: true });
  expect(await confirmByPin('２７１８２８', context)).toEqual({ right: true });
});

test('of the PIN its hash is kept, of 600,000 rounds under a salt of its own', async () => {
  const [first, other] = [device().context, device().context];
  for (const context of [first, other]) await setUpPin('271828', context);
  const kept = JSON.stringify(await first.database.personal.toArray());
  expect(kept).not.toContain('271828');
  const [, salt = ''] = /"salt":"([^"]+)"/.exec(kept) ?? [];
  const hash = pbkdf2Sync('271828', Buffer.from(salt, 'base64url'), 600_000, 32, 'sha256').toString('base64url');
  expect(kept).toContain(`"hash":"${hash}"`);
  expect(JSON.stringify(await other.database.personal.toArray())).not.toContain(salt);
});

test('after five wrong PINs the right one waits for 15 minutes, after a sixth for 30', async () => {
  const { context, clock } = device();
  await setUpPin('271828', context);
  for (const left of [4, 3, 2, 1])
    expect(await confirmByPin('000001', context)).toEqual({ right: false, left, lockedUntil: 0 });
  const locked = clock.now + 15 * minute;
  expect(await confirmByPin('000001', context)).toEqual({ right: false, left: 0, lockedUntil: locked });
  expect(await confirmByPin('271828', context)).toEqual({ right: false, left: 0, lockedUntil: locked });
  clock.now = locked;
  expect(await confirmByPin('000001', context)).toEqual({ right: false, left: 0, lockedUntil: locked + 30 * minute });
  clock.now = locked + 30 * minute;
  expect(await confirmByPin('271828', context)).toEqual({ right: true });
  expect(await confirmByPin('000001', context)).toEqual({ right: false, left: 4, lockedUntil: 0 });
});

test('of PINs tried in several windows at once no more than five are judged', async () => {
  const { context, clock } = device();
  await setUpPin('271828', context);
  const wrong = Array.from({ length: 5 }, () => confirmByPin('000001', context));
  const answers = await Promise.all([...wrong, confirmByPin('271828', context)]);
  const locked = clock.now + 15 * minute;
  expect(answers.map((answer) => (answer.right ? 'in' : answer.left))).toEqual([4, 3, 2, 1, 0, 0]);
  expect(await personCheckOf(context)).toMatchObject({ wrong: 5, lockedUntil: locked });
});

test('a page that is closed while a PIN is judged gives no try back', async () => {
  const { context } = device();
  await setUpPin('271828', context);
  const judged = confirmByPin('271828', context);
  await expect
    .poll(async () => {
      const check = await personCheckOf(context);
      return check?.kind === 'pin' ? check.wrong : null;
    })
    .toBe(1);
  expect(await judged).toEqual({ right: true });
});

test.each([
  ['12345', true],
  ['123456', true],
  ['654321', true],
  ['000000', true],
  ['abcdef', true],
  ['135790', false],
  ['271828', false],
])('PIN %s is weak: %s', (pin, weak) => {
  expect(isWeakPin(pin)).toBe(weak);
});
