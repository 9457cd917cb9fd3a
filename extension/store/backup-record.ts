/** What stands in a backup: one JSON text a line, `{kind, value}`. Never keys, tokens or how this device asks for its person (sync.md l). */
import * as v from 'valibot';
import { Body, Hold, Image, Op, Receipt, Row, ThreadLink } from '../../shared/api/journal.ts';
import { fromB64u } from '../../shared/base/bytes.ts';

const text = v.string();
const texts = v.array(v.string());
const count = v.number();

/** Whose backup it is, and what is in it. */
const About = v.object({
  /** ISO 8601. */
  at: text,
  person: v.nullable(v.object({ id: text, name: text })),
  zone: text,
  epoch: v.nullable(count),
  counter: count,
  counts: v.object({ rows: count, waiting: count, tray: count, held: count, images: count, drafts: count }),
});
export type About = v.InferOutput<typeof About>;

const OwnOp = v.object({ ...Op.entries, body: v.nullable(Body) });

const HeldText = {
  id: text,
  week: text,
  prose: v.record(text, v.unknown()),
  salt: text,
  disclosure: text,
  digest: text,
  hold: Hold,
  parked: v.nullable(Body),
  rest: v.exactOptional(v.record(text, v.unknown())),
};
const Held = v.object({ ...HeldText, earlier: v.exactOptional(v.array(v.object(HeldText))) });

const TrayText = v.object({
  id: text,
  body: v.nullable(Body),
  reason: v.picklist(['CONFLICT', 'SEALED', 'INVALID', 'LOST']),
  field: v.nullable(text),
  detail: v.nullable(text),
  current: v.nullable(Row),
  at: count,
  held: v.exactOptional(Held),
});

const Seal = v.object({
  seal: text,
  week: text,
  rev: count,
  iat: count,
  jws: text,
  disclosures: texts,
  kept: v.array(count),
  manifest: v.array(v.tuple([text, text])),
  items: texts,
  state: v.picklist(['signed', 'logged', 'refused']),
  refusal: v.nullable(text),
  receipt: v.nullable(Receipt),
  confirmed: v.nullable(v.boolean()),
});

const Thread = v.object({
  id: text,
  name: v.nullable(text),
  aliases: texts,
  mergedInto: v.nullable(text),
  moved: v.array(v.object({ id: text, before: v.array(ThreadLink) })),
  state: text,
  ended: v.boolean(),
});

const KeptImage = v.object({
  sha256: Image.entries.sha256,
  type: Image.entries.type,
  width: Image.entries.width,
  height: Image.entries.height,
  bytes: v.pipe(
    text,
    v.transform((written) => fromB64u(written)),
    v.instance(Uint8Array<ArrayBuffer>),
  ),
  addedAt: count,
});

const record = <const Kind extends string, S extends v.GenericSchema>(kind: Kind, value: S) =>
  v.object({ kind: v.literal(kind), value });

/** One line; `row` is server truth, `waiting` an own op not sent yet, `logged` one ever made. */
export const BackupRecord = v.variant('kind', [
  record('about', About),
  record('row', v.object({ ...Row.entries, epoch: count })),
  record('waiting', OwnOp),
  record('logged', v.object({ ...OwnOp.entries, blanked: v.boolean() })),
  record('tray', TrayText),
  record('held', Held),
  record('nonce', v.object({ week: text, nonce: text })),
  record('seal', Seal),
  record(
    'week',
    v.object({ week: text, seal: text, rev: count, index: count, open: v.boolean(), frozen: v.boolean() }),
  ),
  record('template', v.object({ id: text, line: text, weekdays: v.array(count), usedAt: count })),
  record('thread', Thread),
  record('personal', v.object({ id: text, value: v.unknown() })),
  record('draft', v.object({ surface: text, text })),
  record('image', KeptImage),
]);
export type BackupRecord = v.InferOutput<typeof BackupRecord>;
export type RecordOf<Kind extends BackupRecord['kind']> = Extract<BackupRecord, { kind: Kind }>['value'];

/** A line of a backup. */
export const backupLine = (kind: BackupRecord['kind'], value: unknown): string => JSON.stringify({ kind, value });

/** Names in `personal` that are of this device alone: how it asks for its person, what it gathered, showed and backed up. */
export const ofThisDevice: ReadonlySet<string> = new Set([
  'personCheck',
  'threads',
  'notices',
  'draws',
  'waiting',
  'backup',
  'restored',
]);
