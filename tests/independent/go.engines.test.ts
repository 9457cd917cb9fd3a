/** The log as golang.org/x/mod/sumdb sees it, the packages from which signed notes and tiles come (Debian's golang-golang-x-mod-dev). */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canInstall, install } from '../fixtures/debian.ts';
import { bodyOf, outsideWitness } from '../witness/outside.ts';
import { type PublishedLog, publishedLog } from './published-log.ts';

const sumdb = '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tile.go';
const isThere = (): boolean => existsSync(sumdb) && spawnSync('go', ['version']).status === 0;
const hasGo = isThere() || (canInstall() && install('golang-go', 'golang-golang-x-mod-dev') && isThere());
if (!hasGo)
  console.log(
    'skipped: the log is not read by Go, since golang-golang-x-mod-dev is not here and apt cannot install it',
  );

describe.skipIf(!hasGo)('the reference packages of signed notes and tiles', () => {
  let log: PublishedLog;
  beforeAll(async () => {
    log = await publishedLog();
  });
  afterAll(() => log.remove());

  const read = (tree = log.tree) => {
    const { context } = log.house;
    const reader = join(import.meta.dirname, 'read-log.go');
    const { status, stdout, stderr } = spawnSync('go', ['run', reader, tree, context.log.vkeyEd25519, log.spki], {
      encoding: 'utf8',
      env: {
        ...process.env,
        GO111MODULE: 'off',
        GOPATH: '/usr/share/gocode',
        GOCACHE: join(context.config.dataFolder, 'go'),
      },
    });
    return { status, stdout, stderr };
  };

  /** A copy of the tree in which one byte of a file is another. */
  const flipped = (path: string, at: number): string => {
    const copy = join(log.house.context.config.dataFolder, path.replaceAll('/', '-'));
    cpSync(log.tree, copy, { recursive: true });
    const bytes = readFileSync(join(copy, path));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(join(copy, path), bytes);
    return copy;
  };

  it('open the checkpoint, prove every record and every earlier tree from the tiles, and accept the proofs in the bundles', async () => {
    const { status, stdout, stderr } = read();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const size = (await log.house.leaves()).length;
    expect(size).toBeGreaterThan(512);
    expect(JSON.parse(stdout)).toMatchObject({ size, records: size, bundles: 3 });
    expect(JSON.parse(stdout).bundleLeaves).toBeGreaterThan(3 * 15);
  });

  it.each([
    ['tile/0/001', 5 * 32, /inconsistent tile|invalid transparency proof/],
    ['tile/1/000.p/2', 33, /inconsistent tile/],
    ['tile/entries/000', 300, /record ?\d+: invalid transparency proof/],
    ['checkpoint', 21, /checkpoint: invalid signature/],
  ])('refuse a log in which one byte of %s is another', (path, at, message) => {
    const { status, stderr } = read(flipped(path, at));
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });

  it('open a checkpoint that an outside witness has signed as before, by the same keys', () => {
    const copy = join(log.house.context.config.dataFolder, 'cosigned');
    cpSync(log.tree, copy, { recursive: true });
    const path = join(copy, 'checkpoint');
    const note = readFileSync(path, 'utf8');
    writeFileSync(path, note + outsideWitness().line(bodyOf(note), 1_795_400_000));
    expect(read(copy)).toMatchObject({ status: 0, stderr: '' });
  });

  it('refuse a checkpoint in which one line of a key that is pinned is another', () => {
    const copy = flipped('tile/0/000', 0);
    cpSync(join(log.tree, 'tile/0/000'), join(copy, 'tile/0/000'));
    const lines = readFileSync(join(copy, 'checkpoint'), 'utf8').split('\n');
    const line = lines.findLastIndex((text) => text.startsWith('— '));
    lines[line] = (lines[line] ?? '').replace(/.{9}$/, 'AAAAAAAAA');
    writeFileSync(join(copy, 'checkpoint'), lines.join('\n'));
    expect(read(copy)).toMatchObject({ status: 1, stderr: expect.stringContaining('checkpoint: ') });
  });
});
