// Term base and secrecy words travel from the configuration to the devices.
import { expect, test } from 'vitest';
import { readDemoRaw, readDemoSet } from '../../server/demo/demo-set.ts';
import { demoSettings } from '../../server/demo/settings.ts';
import { getHello } from '../../shared/api/journal.ts';
import { getOrganisation } from '../../shared/api/organisation.ts';
import { findings, wordBook } from '../../shared/diary/wording.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, join } from '../fixtures/people.ts';

const more = {
  termBase: [{ id: 't05', preferred: '工作例会', aliases: ['例会'] }],
  secrecyWords: ['考察对象'],
};

eachDatabase((_, open) => {
  test('a device is told the term base and the secrecy words of the configuration', async () => {
    const server = await openServer(await open(), { more });
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01');
    const organisation = await leader.call(getOrganisation);
    expect(organisation.termBase).toEqual([{ id: 't05', preferred: '工作例会', aliases: ['例会'], definition: '' }]);
    expect(organisation.secrecyWords).toEqual(['考察对象']);
    const found = findings('例会，议考察对象', wordBook(organisation));
    expect(found.map(({ kind }) => kind)).toEqual(['alias', 'secrecy']);
  });

  test('the greeting names the organisation’s revision, and another configuration has another one', async () => {
    const opened = await open();
    const server = await openServer(opened, { more });
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01');
    const before = await leader.call(getHello);
    expect(before.organisation).toBe((await leader.call(getOrganisation)).revision);
    expect((await leader.call(getHello)).organisation).toBe(before.organisation);
    const later = await openServer(opened, { more: { ...more, secrecyWords: ['考察对象', '案情'] } });
    const { revision } = await join(later, organiser, 'leader', 'u02').then((other) => other.call(getOrganisation));
    expect(revision).not.toBe(before.organisation);
  });
});

test('the demonstration has its 65 terms and 32 secrecy words', () => {
  const { termBase, secrecyWords } = demoSettings(readDemoSet());
  expect([termBase?.length, secrecyWords?.length]).toEqual([65, 32]);
  expect(readDemoRaw().secrecyWords).toEqual(secrecyWords);
});
