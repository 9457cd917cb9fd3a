/** One step of a history, done by the product's own commands; what a person sees and does is noted in the ledger. */
import { addEntries, changeEntry, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { composeSeal, reopenWeek, signSeal } from '../../extension/commands/seals.ts';
import { dismiss, keepAsCorrection, keepMine } from '../../extension/commands/tray.ts';
import { redo, undo } from '../../extension/commands/undo.ts';
import { release, withhold } from '../../extension/commands/withhold.ts';
import { Unreachable } from '../../extension/remote/client.ts';
import { type HeldItem, progressOf, type TrayItem } from '../../extension/store/database.ts';
import { trayItems, type Written } from '../../extension/store/queries.ts';
import { nextSteps } from '../../extension/store/steps.ts';
import { writtenByIds } from '../../extension/store/written.ts';
import { runSync } from '../../extension/sync/run.ts';
import type { EntryBody } from '../../shared/api/journal.ts';
import { Refusal, type RefusalCode } from '../../shared/api/refusal.ts';
import type { Device } from './device.ts';
import type { Step, Weather } from './history.ts';
import { fair, inWeather } from './network.ts';
import { viewOf, type World, weeks } from './world.ts';

const days = ['2026-11-10', '2026-11-17', '2026-11-19', '2026-11-12'] as const;
const otherHold = { ground: 'state-secret', basis: '《保守国家秘密法》' } as const;
const hold = { ground: 'privacy', basis: '《政府信息公开条例》第十五条' } as const;

/** Does one step; gives the devices whose store it may have changed. */
export async function act(world: World, step: Step): Promise<readonly Device[]> {
  const { house, devices, ledger } = world;
  house.server.clock.ms += 20_000;
  const [signing] = devices;
  if (signing === undefined) throw new Error('a world has devices');
  switch (step.act) {
    case 'backup':
      world.backup = await house.backup();
      return [];
    case 'restore':
    case 'carry':
      if (world.backup !== null) await house.restore(world.backup, true, step.act === 'carry');
      ledger.restored ||= world.backup !== null;
      return [];
    case 'freeze':
      await house.freeze(weekAt(step.week));
      return [];
    case 'reopen':
      await allowing(['NOT_SEALED', 'WEEK_FROZEN'], () => reopenWeek(weekAt(step.week), signing.context));
      return [signing];
    case 'seal':
      return seal(world, signing, step);
    default:
  }
  const device = devices[step.device % devices.length] ?? signing;
  switch (step.act) {
    case 'clock':
      device.clockMs += step.minutes * 60_000;
      return [];
    case 'copy': {
      if (devices.length > 2) return [];
      const copied = await world.start(await device.disk(), device);
      copied.clockMs = device.clockMs;
      ledger.copy(device, copied);
      devices.push(copied);
      return [copied];
    }
    case 'sync':
      await inWeather(
        device,
        step.weather,
        () => sync(device),
        (pick) => edit(world, device, pick),
      );
      return [device];
    case 'write':
      await write(world, device, step.day);
      return [device];
    case 'old':
      await write(world, device, step.day);
      await makeOld(device);
      return [device];
    case 'hold': {
      const text = ledger.newText();
      const [id] = await addEntries([entryOn(step.day, text)], hold, device.context);
      if (id !== undefined) ledger.hold(device, id, text, new Set());
      return [device];
    }
    case 'mine':
    case 'theirs':
    case 'correct':
      await settle(world, device, step.act, step.pick);
      return [device];
    case 'edit':
      await edit(world, device, step.pick);
      return [device];
    case 'undo':
    case 'redo':
      await turn(world, device, step.act);
      return [device];
    default:
  }
  const chosen = await choose(world, device, step.pick);
  if (chosen === null) return [];
  const { id, body, held } = chosen;
  const text = body.text ?? held?.prose.text;
  switch (step.act) {
    case 'remove':
      await allowing(shut, async () => {
        await removeWritten(chosen, device.context);
        if (held !== null) ledger.giveUp(String(text));
        ledger.deleted(device, id);
      });
      return [device];
    case 'move':
      await allowing(shut, async () => {
        await changeEntry(chosen, placed(step.day), device.context);
        if (body.text !== undefined) ledger.put(device, id, body.text);
      });
      return [device];
    case 'withhold':
      if (body.hold === undefined)
        await allowing([...shut, 'NOT_ALLOWED'], async () => {
          await withhold(chosen, hold, device.context);
          ledger.hold(device, id, String(text), await trayTexts(device));
        });
      return [device];
    case 'ground':
      if (body.hold !== undefined) await allowing(shut, () => withhold(chosen, otherHold, device.context));
      return [device];
    case 'release':
      if (held !== null && body.hold !== undefined)
        await allowing(shut, async () => {
          await release(chosen, device.context);
          ledger.put(device, id, String(text));
        });
      return [device];
  }
}

/** A sync that a person asked for. An error that is neither refusal nor network is a bug and is not kept. */
export async function sync(device: Device): Promise<void> {
  await runSync(true, device.context);
  const { refusal } = await progressOf(device.context.database);
  if (refusal === 'INTERNAL') throw new Error('the sync run met a bug');
}

const shut: readonly RefusalCode[] = ['WEEK_SEALED', 'WEEK_FROZEN', 'VERSION_STALE'];

/** Refusals that a person may meet at this place; the act has then not happened. */
async function allowing(codes: readonly RefusalCode[], run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Refusal) || !codes.includes(error.code)) throw error;
  }
}

const weekAt = (n: number): string => weeks[n] ?? weeks[0];

function placed(day: number) {
  const date = days[day] ?? days[0];
  return { day: date, start: `${date}T08:30`, end: `${date}T10:00` };
}

const entryOn = (day: number, text: string) => ({ ...placed(day), text });

async function choose(world: World, device: Device, pick: number): Promise<Written<EntryBody> | null> {
  const view = await viewOf(device, world.ledger);
  const entries = view.filter((written): written is Written<EntryBody> => written.body.kind === 'entry');
  return entries[pick % Math.max(1, entries.length)] ?? null;
}

async function write({ ledger }: World, device: Device, day: number): Promise<void> {
  const text = ledger.newText();
  const [id] = await addEntries([entryOn(day, text)], null, device.context);
  if (id !== undefined) ledger.put(device, id, text);
}

async function edit(world: World, device: Device, pick: number): Promise<void> {
  const chosen = await choose(world, device, pick);
  if (chosen === null || chosen.body.hold !== undefined) return;
  // A parked line is edited where it stands and makes no op.
  const text = world.ledger.newText();
  await allowing(shut, async () => {
    world.ledger.show(device, [chosen]);
    await changeMembers(chosen, { text }, device.context);
    if (chosen.held === null) world.ledger.put(device, chosen.id, text);
    else world.ledger.hold(device, chosen.id, text, await trayTexts(device));
  });
}

/** Texts that wait in the tray, withheld ones too: what happens to their entry meanwhile does not touch them. */
async function trayTexts({ context }: Device): Promise<ReadonlySet<string>> {
  const items = await trayItems(context.database);
  return new Set(items.flatMap(({ body, held }) => [body?.text ?? [], held === undefined ? [] : textOf(held)]).flat());
}

const textOf = ({ prose }: HeldItem): string => String(prose.text);

/** Takes the last edit back, or does it again. */
async function turn({ ledger }: World, device: Device, how: 'undo' | 'redo'): Promise<void> {
  const { database } = device.context;
  const step = (await nextSteps(database))[how];
  if (step === null) return;
  ledger.show(
    device,
    await writtenByIds(
      database,
      step.changes.map(({ id }) => id),
    ),
  );
  await allowing(shut, async () => {
    await (how === 'undo' ? undo : redo)(device.context);
    for (const { id, before, after } of step.changes) {
      const body = how === 'undo' ? before : after;
      if (body === null) ledger.deleted(device, id);
      else if (body.text !== undefined) ledger.put(device, id, body.text);
    }
  });
}

/** The last op becomes one of the version before this, with a member that this version does not know. */
async function makeOld({ context: { database } }: Device): Promise<void> {
  await database.transaction('rw', [database.outbox, database.log], async () => {
    const last = await database.outbox.orderBy('n').last();
    if (last === undefined || last.body === null) return;
    const body = { ...last.body, laterUnknown: '留着' };
    await database.outbox.update(last.n, { schema: 1, body });
    await database.log.update(last.n, { schema: 1, body });
  });
}

async function settle(world: World, device: Device, how: 'mine' | 'theirs' | 'correct', pick: number): Promise<void> {
  const { ledger } = world;
  const { context } = device;
  const { database } = context;
  const items = await trayItems(database);
  const item = items[pick % Math.max(1, items.length)];
  if (item === undefined) return;
  const text = item.body?.text;
  const shown = item.current?.body?.text;
  if (how === 'theirs') {
    await dismiss(item, context);
    ledger.giveUp(text);
    if (item.held !== undefined) ledger.giveUp(textOf(item.held));
    ledger.letGo(device, item.id);
  } else if (how === 'mine')
    await allowing(['VERSION_STALE', 'NOT_FOUND'], async () => {
      await keepMine(item, context);
      // A withheld line whose words are elsewhere takes those that the server has.
      const made = (await database.outbox.where('id').equals(item.id).sortBy('n')).at(-1)?.body?.text;
      if (text !== undefined || made !== undefined) ledger.put(device, item.id, String(text ?? made), [shown]);
      if (item.held !== undefined) ledger.bar(device, textOf(item.held));
      if (item.body === null) ledger.deleted(device, item.id);
    });
  else if (item.reason === 'SEALED' && item.body !== null) await correct(world, device, item);
}

async function correct({ ledger }: World, device: Device, item: TrayItem): Promise<void> {
  const { database } = device.context;
  const prose = item.held?.prose.text;
  const before = (await progressOf(database)).counter;
  const parked = new Set((await database.held.toArray()).map(({ id }) => id));
  await keepAsCorrection(item, device.context);
  ledger.letGo(device, item.id);
  const made = await database.outbox.where('n').above(before).first();
  const text = item.body?.text;
  if (made !== undefined && text !== undefined) ledger.put(device, made.id, text);
  const held = (await database.held.toArray()).find(({ id }) => !parked.has(id));
  if (held !== undefined) ledger.hold(device, held.id, String(prose), new Set());
}

const sealing: readonly RefusalCode[] = [
  'SEAL_STALE',
  'WEEK_SEALED',
  'WEEK_FROZEN',
  'NOT_FOUND',
  'RECORD_REFUSED',
  'EPOCH_CHANGED',
];

/** Composes and signs; in between another device may have synced. */
async function seal(
  world: World,
  device: Device,
  step: { readonly week: number; readonly between: number | null; readonly weather: Weather },
): Promise<readonly Device[]> {
  const week = weekAt(step.week);
  const other = step.between === null ? undefined : world.devices[step.between % world.devices.length];
  const run = () =>
    allowing(sealing, async () => {
      const draft = await composeSeal(week, device.context);
      await world.variant?.composed?.(week);
      if (other !== undefined && other !== device)
        await inWeather(
          other,
          fair,
          () => sync(other),
          () => Promise.resolve(),
        );
      await signSeal(draft, device.context);
    });
  try {
    await inWeather(device, step.weather, run, (pick) => edit(world, device, pick));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
  return other === undefined ? [device] : [device, other];
}
