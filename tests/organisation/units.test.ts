import { expect, test } from 'vitest';
import { contextOver } from '../../server/open-context.ts';
import { getOrganisation, putTerm, putUnit } from '../../shared/api/organisation.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, join } from '../fixtures/people.ts';

eachDatabase((_, open) => {
  test('units and terms come from the configuration once; what the organiser changed stays', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01');
    const name = { zh: '一局（更名）', en: 'Bureau One' };
    await organiser.call(putUnit, { params: { id: 'u01' }, body: { kind: 'subdistrict', name } });
    await organiser.call(putUnit, { params: { id: 'u00' }, body: { kind: 'soe', name: { zh: '新公司', en: 'New' } } });
    await contextOver(server.context.config, server.context.database);
    const { units, terms } = await leader.call(getOrganisation);
    expect(units.map(({ id }) => id)).toEqual(['u01', 'u02', 'u03', 'u00']);
    expect(units[0]).toEqual({ id: 'u01', kind: 'subdistrict', name });
    expect(terms).toHaveLength(3);
  });

  test('a change of head ends one term and begins the next; terms of a unit never overlap', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const put = (id: string, unit: string, from: string, to: string | null) =>
      organiser.call(putTerm, { params: { id }, body: { unit, post: '局长', from, to } });
    await expect(put('u01-2', 'u01', '2026-10-14', null)).rejects.toMatchObject({ facts: { reason: 'TERMS_OVERLAP' } });
    await put('u01-1', 'u01', '2026-01-01', '2026-10-13');
    await put('u01-2', 'u01', '2026-10-14', null);
    await expect(put('u01-2', 'u02', '2020-01-01', '2020-12-31')).rejects.toMatchObject({
      facts: { reason: 'TERM_OF_OTHER_UNIT' },
    });
    await expect(put('u01-3', 'u99', '2026-01-01', null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(put('u01-2', 'u01', '2026-10-14', '2026-10-13')).rejects.toMatchObject({ field: 'to' });
    await expect(
      organiser.call(putUnit, { params: { id: 'org7' }, body: { kind: 'soe', name: { zh: 'x', en: 'x' } } }),
    ).rejects.toMatchObject({ field: 'id' });
    const { terms } = await organiser.call(getOrganisation);
    expect(terms.filter(({ unit }) => unit === 'u01').map(({ id, to }) => [id, to])).toEqual([
      ['u01-1', '2026-10-13'],
      ['u01-2', null],
    ]);
    const audit = await server.context.database.db
      .selectFrom('audit')
      .select(['actor', 'action'])
      .where('action', '=', 'term.change')
      .execute();
    expect(audit).toEqual([
      { actor: 'org', action: 'term.change' },
      { actor: 'org', action: 'term.change' },
    ]);
  });
});
