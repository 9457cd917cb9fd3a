/** The floor under a verification: exactly the WebCrypto calls that it makes, each different one once, with nothing around them. Runs in Node
 *  and in a page. */
import { hex } from '../../../shared/base/bytes.ts';

type Subtle = typeof crypto.subtle;

/** Calls of one run: hashes, imports and signature checks. A call that a run makes twice is `repeated`, and not in the floor. */
export interface Calls {
  readonly digests: readonly Parameters<Subtle['digest']>[];
  readonly imports: readonly Parameters<Subtle['importKey']>[];
  /** `key`: which of the imports. */
  readonly verifies: readonly {
    readonly key: number;
    readonly rest: readonly [AlgorithmIdentifier | EcdsaParams, BufferSource, BufferSource];
  }[];
  readonly repeated: number;
}

/** Runs the work once and notes every call that it makes of WebCrypto. */
export async function callsOf(work: () => Promise<unknown>): Promise<Calls> {
  const { subtle } = crypto;
  const plain = { digest: subtle.digest, importKey: subtle.importKey, verify: subtle.verify };
  const digests = new Map<string, Parameters<Subtle['digest']>>();
  const imports = new Map<string, Parameters<Subtle['importKey']>>();
  const verifies = new Map<string, Calls['verifies'][number]>();
  const places = new WeakMap<CryptoKey, number>();
  let made = 0;
  subtle.digest = (algorithm, bytes) => {
    made += 1;
    digests.set(textOf(bytes), [algorithm, bytes]);
    return plain.digest.call(subtle, algorithm, bytes);
  };
  const importKey = async (...given: Parameters<Subtle['importKey']>): Promise<CryptoKey> => {
    made += 1;
    const name = JSON.stringify(given.map((part) => (ArrayBuffer.isView(part) ? textOf(part) : part)));
    imports.set(name, given);
    const key = await plain.importKey.call(subtle, ...given);
    places.set(key, [...imports.keys()].indexOf(name));
    return key;
  };
  Object.assign(subtle, { importKey });
  subtle.verify = (algorithm, key, signature, signed) => {
    made += 1;
    const place = places.get(key) ?? -1;
    verifies.set(`${place} ${textOf(signature)} ${textOf(signed)}`, {
      key: place,
      rest: [algorithm, signature, signed],
    });
    return plain.verify.call(subtle, algorithm, key, signature, signed);
  };
  try {
    await work();
  } finally {
    Object.assign(subtle, plain);
  }
  return {
    digests: [...digests.values()],
    imports: [...imports.values()],
    verifies: [...verifies.values()],
    repeated: made - digests.size - imports.size - verifies.size,
  };
}

/** Makes the calls, as many at once as WebCrypto takes. Throws where a signature is not good, so that nothing else was measured. */
export async function rawCrypto({ digests, imports, verifies }: Calls): Promise<void> {
  const { subtle } = crypto;
  const hashes = Promise.all(digests.map((given) => subtle.digest(...given)));
  const keys = await Promise.all(imports.map((given) => subtle.importKey(...given)));
  const good = await Promise.all(
    verifies.map(({ key, rest: [algorithm, signature, signed] }) => {
      const imported = keys[key];
      if (imported === undefined) throw new TypeError('a key was used that was not imported');
      return subtle.verify(algorithm, imported, signature, signed);
    }),
  );
  await hashes;
  if (good.includes(false)) throw new TypeError('a signature of the floor is not good');
}

/** Makes the same calls, each after the one before. */
export async function rawOneByOne({ digests, imports, verifies }: Calls): Promise<void> {
  const { subtle } = crypto;
  for (const given of digests) await subtle.digest(...given);
  const keys: CryptoKey[] = [];
  for (const given of imports) keys.push(await subtle.importKey(...given));
  for (const { key, rest } of verifies) {
    const [algorithm, signature, signed] = rest;
    const imported = keys[key];
    if (imported === undefined || !(await subtle.verify(algorithm, imported, signature, signed)))
      throw new TypeError('a signature of the floor is not good');
  }
}

const textOf = (bytes: BufferSource): string =>
  hex(
    ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes),
  );
