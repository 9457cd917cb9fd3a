import { describe, expect, test } from 'vitest';
import { verifyVectors } from '../../server/commands/verify-vectors.ts';
import { judgeRecords, type LogRecord, readRecord } from '../../shared/proof/keys.ts';
import { type Pins, verifyBundle } from '../../shared/proof/verify.ts';
import { vectorText } from '../fixtures/vectors.ts';

type Vectors = {
  pin: { vkey: string; orgKid: string };
  base: Record<string, unknown> & { leaves: { i: number; jws: string }[]; checkpoint: string };
  variants: { name: string }[];
};
const bundles: Vectors = JSON.parse(vectorText('bundles'));
const deep: { cases: { name: string }[] } = JSON.parse(vectorText('deep'));
const pins: Pins = { vkey: bundles.pin.vkey, organiser: bundles.pin.orgKid };

describe('the vectors', async () => {
  const reports = await Promise.all(['bundles', 'deep'].map((name) => verifyVectors(vectorText(name))));
  const lines = reports.flatMap((report) => report.lines);

  test('every bundle, every variant, every image and every whole log has a line', () => {
    expect(lines).toHaveLength(1 + 76 + 5 + deep.cases.length);
  });

  test.each(lines)('%s', (line) => {
    expect(line).toMatch(/^ok /);
  });

  test('a case that comes out otherwise is named with both outcomes, and the exit code is 1', async () => {
    const changed = vectorText('bundles')
      .replace('"expect":"TEXT_ALTERED"', '"expect":"OK"')
      .replace('"expect": "TEXT_ALTERED"', '"expect": "OK"');
    const report = await verifyVectors(changed);
    expect(report.exitCode).toBe(1);
    expect(report.lines[1]).toBe('differs text-edited: result: expected "OK", found "TEXT_ALTERED"');
  });

  test('a file of another form is refused in one line', async () => {
    expect(await verifyVectors('{"a":1}')).toMatchObject({ exitCode: 1, lines: [expect.stringContaining('differs')] });
    expect(await verifyVectors('no JSON')).toMatchObject({ exitCode: 1 });
  });
});

describe('verifying a bundle', () => {
  const text = JSON.stringify(bundles.base);

  test('each step is told once, in order, when it has passed', async () => {
    const steps: number[] = [];
    await verifyBundle(text, pins, {}, { passed: (step) => steps.push(step) });
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('a failure names the step at which it was found', async () => {
    const verdict = await verifyBundle({ ...bundles.base, published: ['u01'] }, pins);
    expect(verdict).toMatchObject({ ok: false, failure: 'DRAWN_NOT_PUBLISHED', step: 10, pinned: true });
  });

  test('the text and the parsed bundle verify alike, with sealing time, latest acknowledgement and head', async () => {
    const expected = { ok: true, pinned: true, sealedAt: 1795220400, notLaterThan: 1795399200, head: { size: 43 } };
    expect(await verifyBundle(text, pins)).toMatchObject(expected);
    expect(await verifyBundle(bundles.base, pins)).toMatchObject(expected);
  });

  test('without pins the server is taken at its word, and the verdict says so', async () => {
    const stated = { vkey: pins.vkey, organiser: pins.organiser };
    expect(await verifyBundle(text, {}, {}, { stated })).toMatchObject({ ok: true, pinned: false });
    expect(await verifyBundle(text, {}, {})).toMatchObject({ ok: true, pinned: false });
    expect(await verifyBundle(text, { vkey: pins.vkey })).toMatchObject({ ok: true, pinned: false });
    const altered = { ...bundles.base, published: [] };
    expect(await verifyBundle(altered, {}, {}, { stated })).toMatchObject({ ok: false, pinned: false });
  });

  test('a pin that is no key is a failure, not an absent pin', async () => {
    expect(await verifyBundle(text, { ...pins, vkey: 'rubbish' })).toMatchObject({ failure: 'CHECKPOINT_INVALID' });
    expect(await verifyBundle(text, { ...pins, organiser: 'rubbish' })).toMatchObject({ failure: 'KEY_NOT_VALID' });
  });

  test('the bundle of another unit or draw is not taken for the one asked for', async () => {
    const want = { draw: 'd-2026-w47', unit: 'u02' };
    expect(await verifyBundle(text, pins, {}, { want })).toMatchObject({ failure: 'BUNDLE_MALFORMED', step: 0 });
  });

  test.each(['', '{', '[]', 'null', '{"v":2}'])('the text %j is malformed', async (bad) => {
    expect(await verifyBundle(bad, pins)).toMatchObject({ ok: false, failure: 'BUNDLE_MALFORMED', step: 0 });
  });

  test('a withheld item names who withheld it and at which leaf', async () => {
    const verdict = await verifyBundle(text, pins);
    if (!verdict.ok) throw new Error(verdict.failure);
    expect(verdict.items[6]).toMatchObject({ withheld: { ground: 'privacy' }, record: { iss: 'rev1', index: 16 } });
    expect(verdict.items[3]).not.toHaveProperty('record');
  });
});

describe('of several records that fail in step 4', () => {
  const { leaves, checkpoint } = bundles.base;
  type Change = (jws: string) => string;
  /** The first letter of the signature is another one. */
  const unsigned: Change = (jws) =>
    jws.replace(/\.([\w-])([\w-]*)$/, (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`);
  const withHeader = (jws: string, change: (header: string) => string): string => {
    const [header = '', ...rest] = jws.split('.');
    const changed = change(Buffer.from(header, 'base64url').toString());
    return [Buffer.from(changed).toString('base64url'), ...rest].join('.');
  };
  /** Signed, by its header, with a key that nobody enrolled; so the signature is wrong as well. */
  const stranger: Change = (jws) =>
    withHeader(jws, (header) => header.replace(/"kid":"[^"]*"/, `"kid":"${'A'.repeat(43)}"`));
  /** The stranger's header with a member too many. */
  const wordy: Change = (jws) => withHeader(stranger(jws), (header) => header.replace('}', ',"x":1}'));

  /** Changes the seals at these places among the seals. */
  const failureOf = async (...changes: readonly (Change | null)[]): Promise<string | null> => {
    let seals = 0;
    const records = leaves.flatMap(({ i, jws }): LogRecord[] => {
      const record = readRecord(i, jws);
      const change = record?.typ === 'wd-seal+sd-jwt' ? changes[seals++] : null;
      return [(change ? readRecord(i, change(jws)) : record) ?? []].flat();
    });
    expect(records).toHaveLength(leaves.length);
    return (await judgeRecords(records, checkpoint.split('\n')[0] ?? '', [bundles.pin.orgKid])).failure;
  };

  test.each<[string, string | null, readonly (Change | null)[]]>([
    ['none', null, []],
    ['a wrong signature, then an unknown key', 'SIGNATURE_INVALID', [unsigned, stranger]],
    ['an unknown key, then a wrong signature', 'KEY_NOT_VALID', [stranger, unsigned]],
    [
      'a wrong signature after a record that holds, then an unknown key',
      'SIGNATURE_INVALID',
      [null, unsigned, stranger],
    ],
  ])('the first in the log decides: %s', async (_title, failure, changes) => {
    expect(await failureOf(...changes)).toBe(failure);
  });

  test.each<[string, string, Change]>([
    ['the key before the signature', 'KEY_NOT_VALID', stranger],
    ['the header before the key', 'SIGNATURE_INVALID', wordy],
  ])('and of one record %s', async (_title, failure, change) => {
    expect(await failureOf(change)).toBe(failure);
  });
});
