/** One world of the model: server, devices and the ledger. Opened once, it begins every history from the same enrolled devices. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Written, writtenIn } from '../../extension/store/queries.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { claimLink, enrolLeader } from '../fixtures/enrolled.ts';
import { chance } from './chance.ts';
import { type Device, type Disk, startDevice } from './device.ts';
import { type Backup, type House, openHouse } from './house.ts';
import { Ledger } from './ledger.ts';
import { type Told, told } from './told.ts';
import type { Variant } from './variants.ts';

/** Weeks that entries are written for, and the one that late ones come into. */
export const weeks = ['2026-W46', '2026-W47', '2026-W48'] as const;

export interface World {
  readonly house: House;
  readonly devices: Device[];
  readonly ledger: Ledger;
  readonly told: Told;
  readonly variant: Variant | null;
  /** The last backup of the operator. */
  backup: Backup | null;
  readonly start: (disk: Disk, from: Device) => Promise<Device>;
}

export interface Stage {
  /** A new world for one history. */
  readonly begin: (seed: number, devices: number, variant: ((house: House) => Variant) | null) => Promise<World>;
  readonly close: () => Promise<void>;
}

const began = Date.UTC(2026, 10, 20, 8);

/** Enrols an organiser, a leader's signing device and two that only write, by the product's own commands. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-model-'));
  const house = await openHouse(folder);
  const now = () => house.server.clock.ms;
  const enrolled: Disk[] = [];
  const blank = (seed: number) => startDevice(null, { chance: chance(seed), signs: false, now, fetch: house.fetch });
  const organiser = await blank(1);
  const first = await firstInvitation(house.server.context);
  await claimLink(first.link, organiser.context);
  for (const n of [0, 1, 2]) {
    const device = await blank(2 + n);
    await enrolLeader(device.context, organiser.context, { unit: 'u01', name: '局长', signs: n === 0 });
    enrolled.push(await device.disk());
    device.close();
  }
  organiser.close();
  const backup = await house.backup();
  return {
    begin: async (seed, count, variant) => {
      house.server.clock.ms = began;
      house.plugin = null;
      await house.restore(backup, false);
      const made = variant?.(house) ?? null;
      house.plugin = made?.plugin ?? null;
      const record = told();
      const linked = (device: Device) => record.listen(device, made?.link?.(device, house.fetch) ?? house.fetch);
      const started = async (disk: Disk, signs: boolean, luck: ReturnType<typeof chance>): Promise<Device> => {
        const device = await startDevice(disk, { chance: luck, signs, now, fetch: house.fetch });
        device.fetch = linked(device);
        return device;
      };
      const devices: Device[] = [];
      for (const [n, disk] of enrolled.entries())
        if (n < count) devices.push(await started(disk, n === 0, chance(seed + n)));
      return {
        house,
        devices,
        ledger: new Ledger(),
        told: record,
        variant: made,
        backup: null,
        start: (disk, from) => started(disk, from.signs, from.chance.copy()),
      };
    },
    close: async () => {
      await house.database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everything that a device shows, in the order in which it was first written. */
export async function viewOf({ context: { database } }: Device, { order }: Ledger): Promise<readonly Written[]> {
  const tables = [database.rows, database.outbox, database.held];
  const all = await database.transaction('r', tables, () =>
    Promise.all(weeks.map((week) => writtenIn(database, week))),
  );
  const rank = ({ id }: Written) => order.get(id) ?? Number.POSITIVE_INFINITY;
  return all.flat().sort((a, b) => rank(a) - rank(b));
}
