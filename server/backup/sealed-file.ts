/** The file of a backup: a tar (POSIX ustar), packed by gzip, sealed with a passphrase in the age format (age-encryption.org/v1: scrypt, then
 *  ChaCha20-Poly1305 in chunks of 64 KiB, the last one marked). `age -d FILE | tar xz` opens it without us. */
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { extract, pack } from 'tar-stream';
import { BackupTrouble } from './trouble.ts';

/** One file in the backup; `name` with `/` between folders. */
export interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Base-2 logarithm of the scrypt work factor: a second of work for each guess. */
const workFactor = 18;

/** Writes `path` whole or not at all: beside it as `path.part`, forced to the disk, then renamed. Gives its bytes. Throws
 *  BackupTrouble EXISTS where another has begun to write the same file meanwhile. `cost`: see `workFactor`, tests lower it. */
export async function writeSealed(
  path: string,
  passphrase: string,
  parts: AsyncIterable<Part>,
  cost = workFactor,
): Promise<number> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(cost);
  const draft = `${path}.part`;
  // What a killed one left. Another that is still writing keeps its own file, without a name.
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  const hasName = (): boolean => statSync(draft, { throwIfNoEntry: false })?.ino === fstatSync(file).ino;
  let size = 0;
  try {
    const tar = pack();
    const packed = createGzip({ level: 6 });
    const filled = Promise.all([fill(tar, parts), pipeline(tar, packed)]);
    // A failure comes through the stream to the loop below.
    filled.catch(() => undefined);
    const sealed = await encrypter.encrypt(webStream(packed));
    for await (const chunk of sealed) size += writeAll(file, chunk);
    await filled;
    fsyncSync(file);
    if (!hasName()) throw new BackupTrouble('EXISTS', draft);
    renameSync(draft, path);
  } catch (error) {
    if (hasName()) rmSync(draft);
    throw error;
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
  return size;
}

/** The files of a backup in their order. Throws BackupTrouble: UNREADABLE where the file is not there or the disk does not give it, CLOSED for a
 *  wrong passphrase or a file that is none, DAMAGED for one that was cut or altered; what was given before that is not to be believed. */
export async function* readSealed(path: string, passphrase: string): AsyncGenerator<Part> {
  if (!existsSync(path)) throw new BackupTrouble('UNREADABLE', path);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const opened = await decrypter.decrypt(webStream(createReadStream(path))).catch((error: unknown) => {
    throw troubleOf(error, 'CLOSED', path);
  });
  const tar = extract();
  const unpacking = pipeline(Readable.from(opened), createGunzip(), tar);
  // A failure comes through the stream to the loop below.
  unpacking.catch(() => undefined);
  try {
    for await (const entry of tar) {
      yield { name: entry.header.name, bytes: await buffer(entry) };
    }
    await unpacking;
  } catch (error) {
    throw troubleOf(error, 'DAMAGED', path);
  }
}

/** What the disk refuses has a code and a system call; nothing is wrong with the backup then. */
const troubleOf = (error: unknown, code: 'CLOSED' | 'DAMAGED', path: string): BackupTrouble =>
  error instanceof Error && 'syscall' in error && 'code' in error
    ? new BackupTrouble('UNREADABLE', `${path} (${String(error.code)})`, error)
    : new BackupTrouble(code, path, error);

async function fill(tar: ReturnType<typeof pack>, parts: AsyncIterable<Part>): Promise<void> {
  try {
    for await (const { name, bytes } of parts)
      await new Promise<void>((resolve, reject) => {
        const entry = tar.entry({ name, mode: 0o600 }, Buffer.from(bytes), (error) =>
          error ? reject(error) : resolve(),
        );
        // What writes the file may fail in the midst of an entry.
        entry.on('error', reject);
      });
    tar.finalize();
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** A stream of Node as age takes it: only as much is read as is wanted. */
function webStream(readable: Readable): ReadableStream<Uint8Array> {
  const chunks = readable[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void readable.destroy(),
  });
}

/** A full disk may take a part of a chunk. */
function writeAll(file: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  return bytes.length;
}

export function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // a folder cannot be opened there
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
