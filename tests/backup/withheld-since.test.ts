/** A device backup from before an entry was withheld: its words and images come back to their author's device, and never leave
 *  it (design.md 2 rule 3). */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { makeBackup } from '../../extension/commands/backup.ts';
import { addImage, describeImage } from '../../extension/commands/images.ts';
import { addEntries } from '../../extension/commands/journal.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import { entriesOn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { hold } from '../extension/one-entry.ts';
import { openProfile, type ProfileDouble } from '../extension/profile-double.ts';
import { issuer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump } from '../fixtures/dump.ts';
import { enrolLeader } from '../fixtures/enrolled.ts';
import { hasTrace } from '../fixtures/traces.ts';
import { pngOfShade } from '../images/pictures.ts';
import { draftsOf, passphrase, restored, work } from './devices.ts';
import { day, House, written } from './lost-house.ts';

const secret = '后来才不公开的话';

/** A device whose requests are kept. */
async function watched(house: House): Promise<{ readonly device: ProfileDouble; readonly sent: string[] }> {
  const sent: string[] = [];
  const told = async (address: string, init: RequestInit) => {
    const { body } = init;
    sent.push(address, body instanceof Uint8Array ? hex(body) : String(body ?? ''));
    return house.server.send(address.slice(issuer.length), init);
  };
  const device = await openProfile(told, { enrolled: false, now: () => house.server.clock.ms });
  return { device, sent };
}

eachDatabase((kind, open) => {
  test.runIf(kind === 'SQLite').each([
    ['delivered', 'server as it was'],
    ['delivered', 'server restored since'],
    ['waiting', 'server as it was'],
    ['waiting', 'server restored since'],
  ])('backup while the entry was %s, %s', async (when, server) => {
    const house = await House.open(await open());
    const organiser = await house.organiser();
    const mine = await house.leader(organiser, 'u01');
    const { device, sent } = await watched(house);
    await enrolLeader(device.context, organiser.context, { unit: 'u01', signs: false });
    const { context, network } = mine;
    network.on = when === 'delivered';
    await addEntries([written(secret, 8)], null, context);
    const [entry] = await entriesOn(context.database, day);
    if (entry === undefined) throw new Error('no entry');
    const bytes = pngOfShade(9);
    const name = hex(await sha256(bytes));
    const image = { sha256: name, type: 'image/png' as const, width: 2, height: 2, bytes, sent: false, addedAt: 0 };
    await addImage(entry.id, image, context);
    await describeImage(entry.id, name, '便桥', '', context);
    await runSync(true, context);
    const file = await makeBackup(passphrase, work, context, draftsOf());
    network.on = true;
    await runSync(true, context);
    const [present] = await entriesOn(context.database, day);
    if (present === undefined) throw new Error('no entry');
    await withhold(present, hold, context);
    await runSync(true, context);
    await house.backup();
    if (server === 'server restored since') {
      await house.restore([await house.copy()], kind);
      await runSync(true, context);
    }
    await restored(file, device.context);
    sent.length = 0;
    for (const _ of [1, 2, 3]) await runSync(true, device.context);
    expect(sent.length).toBeGreaterThan(0);
    const told = sent.join('\n');
    expect([told.includes(secret), told.includes(name), told.includes(hex(bytes))]).toEqual([false, false, false]);
    expect(hasTrace(Buffer.from(await dump(house.server.context.database)), secret)).toBe(false);
    expect(await house.server.context.database.db.selectFrom('blob').select('sha256').execute()).toEqual([]);
  });
});
