/** File systems of a test's own, where this machine lets us mount: a small one, one whose disk fails, one that is read-only. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a program; gives what it complained of where it failed, else null. */
export function failureOf(program: string, ...words: readonly string[]): string | null {
  const done = spawnSync(program, words, { encoding: 'utf8' });
  if (done.error !== undefined) return `${program}: ${done.error.message}`;
  return done.status === 0 ? null : `${program}: ${done.stderr.trim() || `ended with ${done.status}`}`;
}

/** Why nothing can be mounted here; null where it can. */
export function whyNoMount(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-mount-'));
  const why = failureOf('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
  if (why === null) failureOf('umount', folder);
  rmSync(folder, { recursive: true });
  return why;
}

export interface FailingDisk {
  readonly folder: string;
  /** The kernel meets an error on it and takes no more writes, whoever has files open. */
  readonly fail: () => void;
  /** Unmounts, repairs and mounts it again. */
  readonly repair: () => void;
  readonly close: () => void;
}

/** An ext4 on a file that turns read-only by itself after an error, as Debian mounts it; or why there is none. */
export function openFailingDisk(): FailingDisk | string {
  const parent = mkdtempSync(join(tmpdir(), 'sundial-disk-'));
  const [image, folder] = [join(parent, 'image'), join(parent, 'mounted')];
  mkdirSync(folder);
  const mount = () => failureOf('mount', '-o', 'loop,errors=remount-ro', image, folder);
  const why = failureOf('truncate', '-s', '64M', image) ?? failureOf('mkfs.ext4', '-q', '-F', image) ?? mount();
  if (why !== null) {
    rmSync(parent, { recursive: true });
    return why;
  }
  return {
    folder,
    fail: () => {
      const source = spawnSync('findmnt', ['-no', 'SOURCE', folder], { encoding: 'utf8' }).stdout.trim();
      const device = readdirSync('/sys/fs/ext4').find((name) => source.endsWith(`/${name}`));
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, '1');
    },
    repair: () => {
      const trouble = failureOf('umount', folder);
      if (trouble !== null) throw new Error(trouble);
      // It ends with 1 where it repaired something.
      spawnSync('e2fsck', ['-y', '-f', image]);
      const again = mount();
      if (again !== null) throw new Error(again);
    },
    close: () => {
      failureOf('umount', folder);
      rmSync(parent, { recursive: true });
    },
  };
}
