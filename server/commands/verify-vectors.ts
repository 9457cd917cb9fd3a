// `sundial verify --vectors FILE`: runs the verification over files of the form of bundles.json and deep.json
// (verification.md 15), whatever keys they use. One line for each case: `ok <name>`, or what differs.
import { fromB64, fromB64u } from '../../shared/base/bytes.ts';
import { auditLog } from '../../shared/proof/audit.ts';
import { jcs } from '../../shared/proof/canonical.ts';
import { checkImage } from '../../shared/proof/images.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import type { ShownItem } from '../../shared/proof/seal.ts';
import {
  array,
  type Checked,
  type Guard,
  integer,
  isAnything,
  isObject,
  isString,
  object,
  oneOf,
} from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { parseVkeys, verifyBundle } from '../../shared/proof/verify.ts';

/** Lines to print, and the exit code: 0 when every case came out as expected, else 1. */
export type VectorReport = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 };

const isHead = object({ size: integer(), root: isString });
const isPin = object({ vkey: isString, orgKid: isString });
const isPinChange = object({}, { vkey: isString, orgKid: isString, seen: isHead });
const expectations = { notices: array(isString), items: isAnything, drawn: isAnything, sealed_at: integer() };
const isPatch = array(object({ op: oneOf('add', 'replace', 'remove'), path: isString }, { value: isAnything }));
const isVariant = object({ name: isString, patch: isPatch, expect: isString }, { ...expectations, pin: isPinChange });
const isImageCase = object({
  name: isString,
  sha256: isString,
  type: oneOf('image/jpeg', 'image/png', 'image/webp'),
  width: integer(),
  height: integer(),
  b64: isString,
  expect: isString,
});
const isBundles = object(
  { pin: isPin, base: isAnything, expect: object({}, expectations), variants: array(isVariant) },
  { images: object({ cases: array(isImageCase) }) },
);
const isLeaf: Guard<string | number> = (value): value is string | number => isString(value) || integer()(value);
const isDeepCase = object({ name: isString, leaves: array(isLeaf), checkpoint: isHead, expect: array(isString) });
const isDeep = object({ pin: isPin, clean_leaves: array(isString), cases: array(isDeepCase) });

/** Runs all cases of a vector file. A file of another form is one line and exit code 1. */
export async function verifyVectors(fileText: string): Promise<VectorReport> {
  const file = parseJson(fileText);
  const outcomes = isBundles(file) ? await bundleCases(file) : isDeep(file) ? await deepCases(file) : null;
  if (outcomes === null) return { lines: ['differs: neither a file of bundles nor of whole logs'], exitCode: 1 };
  const lines = outcomes.map(({ name, differences }) =>
    differences.length === 0 ? `ok ${name}` : `differs ${name}: ${differences.join('; ')}`,
  );
  return { lines, exitCode: outcomes.some(({ differences }) => differences.length > 0) ? 1 : 0 };
}

type Outcome = { readonly name: string; readonly differences: readonly string[] };
type Expected = {
  readonly expect: string;
  readonly notices?: readonly string[];
  readonly items?: unknown;
  readonly drawn?: unknown;
  readonly sealed_at?: number;
};

async function bundleCases(file: Checked<typeof isBundles>): Promise<Outcome[]> {
  const outcomes = [await bundleCase('base', file.base, file.pin, { ...file.expect, expect: 'OK' })];
  for (const variant of file.variants) {
    const bundle = variant.patch.reduce(applyPatch, structuredClone(file.base));
    outcomes.push(await bundleCase(variant.name, bundle, { ...file.pin, ...variant.pin }, variant));
  }
  for (const { name, b64, expect, sha256, type, width, height } of file.images?.cases ?? []) {
    const bytes = fromB64(b64) ?? fromB64u(b64) ?? new Uint8Array();
    const checked = await checkImage(bytes, { sha256, type, width, height });
    outcomes.push({
      name: `image ${name}`,
      differences: compare('result', expect, checked.ok ? 'OK' : checked.problem),
    });
  }
  return outcomes;
}

async function bundleCase(
  name: string,
  bundle: unknown,
  { vkey, orgKid, seen }: Checked<typeof isPinChange>,
  expected: Expected,
): Promise<Outcome> {
  const verdict = await verifyBundle(bundle, { vkey, organiser: orgKid }, { seen }, { bls: loadedBls });
  const differences = compare('result', expected.expect, verdict.ok ? 'OK' : verdict.failure);
  if (!verdict.ok) return { name, differences };
  const { notices, items, drawn, sealed_at } = expected;
  return {
    name,
    differences: [
      ...differences,
      ...compare('notices', notices, verdict.notices),
      ...compare('items', items, verdict.items.map(withoutRecord)),
      ...compare('drawn', drawn, verdict.drawn),
      ...compare('sealed_at', sealed_at, verdict.sealedAt),
    ],
  };
}

async function deepCases(file: Checked<typeof isDeep>): Promise<Outcome[]> {
  const { pin, clean_leaves, cases } = file;
  const [vkey] = await parseVkeys(pin.vkey);
  const options = { origin: vkey?.name ?? '', organisers: pin.orgKid.split(' ') };
  const outcomes: Outcome[] = [];
  for (const { name, leaves, checkpoint, expect } of cases) {
    const texts = leaves.map((leaf) => (typeof leaf === 'number' ? (clean_leaves[leaf] ?? '') : leaf));
    const { codes } = await auditLog(texts, checkpoint, options);
    outcomes.push({ name, differences: compare('findings', expect, codes) });
  }
  return outcomes;
}

function compare(what: string, expected: unknown, found: unknown): string[] {
  if (expected === undefined || jcs(expected) === jcs(found)) return [];
  return [`${what}: expected ${jcs(expected)}, found ${jcs(found)}`];
}

// A hold's record is more than the vectors speak of.
const withoutRecord = ({ record: _record, ...item }: ShownItem) => item;

// RFC 6902 with the operations add, replace and remove; paths by RFC 6901.
function applyPatch(target: unknown, { op, path, value }: Checked<typeof isPatch>[number]): unknown {
  if (path === '') return op === 'remove' ? undefined : structuredClone(value);
  const names = path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop() ?? '';
  const parent = names.reduce(memberOf, target);
  if (Array.isArray(parent)) {
    const at = last === '-' ? parent.length : Number(last);
    const put = op === 'remove' ? [] : [structuredClone(value)];
    parent.splice(at, op === 'add' ? 0 : 1, ...put);
  } else if (isObject(parent)) {
    if (op === 'remove') delete parent[last];
    else parent[last] = structuredClone(value);
  }
  return target;
}

function memberOf(parent: unknown, name: string): unknown {
  if (Array.isArray(parent)) return parent[Number(name)];
  return isObject(parent) ? parent[name] : undefined;
}
