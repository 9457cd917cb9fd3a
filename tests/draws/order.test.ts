import { describe, expect, it } from 'vitest';
import { runJobs } from '../../server/jobs.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { makeJws } from '../../shared/proof/signature.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { deadline, must, notBefore, openHouse, rule, units } from './house.ts';
import { stagesOn } from './stages.ts';

eachDatabase((_, open) => {
  const { begun, frozen, locked } = stagesOn(open);

  describe('a draw goes its way from rule to publication', () => {
    it('each stage is shown to the desk, and the drawn diaries come out together', async () => {
      const house = await begun();
      const drawn = await house.wholeDraw();
      expect(drawn).toHaveLength(3);
      const { json } = await house.ask('org', 'GET', 'draws');
      expect(json).toMatchObject({
        rule: { index: 7 },
        rows: [{ draw: 'd-2026-w47', stage: 'published', minAcks: 3, acks: units, nonces: units, voidReason: null }],
      });
      const mine = await house.ask(drawn[0] ?? '', 'GET', 'diaries/mine');
      expect(mine.json).toMatchObject({
        rows: [{ draw: 'd-2026-w47', unit: drawn[0], title: `${drawn[0]}2026-W47的标题`, comments: 0, tickets: 0 }],
      });
      expect(house.reported).toEqual([]);
    });

    it('a unit that was drawn rests in the next two draws', async () => {
      const house = await begun();
      const drawn = await house.wholeDraw();
      for (const unit of units) await house.seal(unit, { week: '2026-W48' });
      house.at(deadline + 8 * 86_400);
      const { rest } = await house.truth('2026-W48');
      expect(rest).toEqual([...drawn].sort().map((unit) => ({ unit, last: '2026-W47' })));
    });
  });

  describe('a nonce', () => {
    it('must open the commitment of the listed seal, once, before the lock', async () => {
      const house = await frozen(['u01', 'u02', 'u03', 'u04']);
      expect(await house.log('u01', 'wd-nonce+jwt', { draw: 'd-2026-w47', nonce: 'A'.repeat(43) })).toMatchObject({
        code: 'RECORD_REFUSED',
        reason: 'NONCE_WRONG',
      });
      expect(await house.reveal('u05')).toMatchObject({ reason: 'NOT_LISTED' });
      await must(house.reveal('u01'));
      expect(await house.reveal('u01')).toMatchObject({ code: 'ALREADY_DONE' });
      await must(house.lock());
      expect(await house.reveal('u02')).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'LOCKED' });
      expect(await house.reveal('u02', 'd-2026-w46')).toMatchObject({ reason: 'DRAW_UNKNOWN' });
    });

    it('is awaited of a listed unit until it is there', async () => {
      const house = await frozen();
      const before = await house.ask('u01', 'GET', 'acks');
      expect(before.json).toMatchObject({ rows: [{ draw: 'd-2026-w47', nonce: true, head: null, notBefore }] });
      await must(house.reveal('u01'));
      expect((await house.ask('u01', 'GET', 'acks')).json).toMatchObject({ rows: [{ nonce: false }] });
    });
  });

  describe('a lock', () => {
    it('is made once, and not when the numbers may be known', async () => {
      const house = await frozen();
      expect(await house.lock('d-2026-w40')).toMatchObject({ status: 404 });
      const { json } = await must(house.lock());
      expect(json).toEqual({ size: 14, root: expect.any(String) });
      expect(await house.lock()).toMatchObject({ code: 'ALREADY_DONE' });
      const late = await frozen();
      late.at(notBefore);
      expect(await late.lock()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'NOT_BEFORE' });
    });
  });

  describe('an acknowledgement', () => {
    it('counts once for each unit, of the locked head only, by the own leader key', async () => {
      const house = await locked();
      const head = (await house.ask('u01', 'GET', 'acks')).json as { rows: { head: { size: number; root: string } }[] };
      const known = head.rows[0]?.head ?? { size: 0, root: '' };
      expect(await house.ack('u01', { ...known, root: `${'A'.repeat(43)}=` })).toMatchObject({
        reason: 'HEAD_UNKNOWN',
      });
      expect(await house.ack('u01', known, house.now(), 'u02')).toMatchObject({ reason: 'NOT_OWN_UNIT' });
      expect(await house.ack('u01', known, notBefore)).toMatchObject({ code: 'RECORD_REFUSED', reason: 'TOO_LATE' });
      const iat = house.now();
      await must(house.ack('u01', known, iat));
      expect(await house.ack('u01', known, iat + 1)).toMatchObject({ reason: 'ACK_KNOWN' });
      expect((await house.ask('u01', 'GET', 'acks')).json).toMatchObject({ rows: [{ head: null }] });
      house.at(notBefore);
      expect(await house.ack('u02', known, iat)).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'TOO_LATE' });
    });

    it('is refused before the lock', async () => {
      const house = await frozen();
      expect(await house.ack('u01', { size: 14, root: `${'A'.repeat(43)}=` })).toMatchObject({
        reason: 'HEAD_UNKNOWN',
      });
    });
  });

  describe('a draw record', () => {
    it('waits for the lock, for enough acknowledgements and for the numbers', async () => {
      const house = await frozen();
      house.at(notBefore - 60);
      const early = { ...(await house.proposal()), lock: { size: 13, root: `${'A'.repeat(43)}=` } };
      expect(await house.log('org', 'wd-draw+jwt', early)).toMatchObject({
        code: 'OUT_OF_ORDER',
        reason: 'NOT_LOCKED',
      });
      await must(house.lock());
      await must(house.ack('u01'));
      await must(house.ack('u02'));
      expect(await house.draw()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'ACKS_MISSING' });
      await must(house.ack('u03'));
      expect(await house.draw()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'NOT_BEFORE' });
      house.at(notBefore);
      await must(house.draw());
    });

    it('with another result, other nonces or another issue is not logged', async () => {
      const house = await locked();
      for (const unit of units) await must(house.ack(unit));
      house.at(notBefore + 60);
      const made = await house.proposal();
      const swapped = [...made.drawn].reverse();
      expect(await house.draw(undefined, undefined, { drawn: swapped })).toMatchObject({ reason: 'DRAW_MISMATCH' });
      expect(await house.draw(undefined, undefined, { nonces: [] })).toMatchObject({ reason: 'RANDOMNESS_INVALID' });
      const other = made.values.map((value) => ({ ...value, issue: '2026135' }));
      expect(await house.draw(undefined, undefined, { values: other })).toMatchObject({ reason: 'RANDOMNESS_INVALID' });
      expect(await house.draw(undefined, undefined, { list: 3 })).toMatchObject({ reason: 'LIST_WRONG' });
      await must(house.draw());
      expect(await house.draw()).toMatchObject({ code: 'ALREADY_DONE' });
    });
  });

  describe('a void', () => {
    it('ends a draw at any time before its result and lets it run again with the same seals', async () => {
      const house = await locked();
      const list = 13;
      const silent = { iss: 'org', iat: house.now(), draw: 'd-2026-w47', list, void: '' };
      const jws = await makeJws('wd-draw+jwt', silent, house.keyOf('org'));
      expect(await house.ask('org', 'POST', 'records', { jws })).toMatchObject({ reason: 'SHAPE' });
      await must(house.log('org', 'wd-draw+jwt', { draw: 'd-2026-w47', list, void: '开奖延期' }));
      expect(await house.lock()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'DRAW_VOID' });
      expect(await house.draw()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'DRAW_VOID' });
      await house.seal('u01', { rev: 2, change: '改' });
      const again = await house.truth();
      expect(again.draw).toBe('d-2026-w47-r2');
      expect(again.list[0]?.i).toBe(8);
      await must(house.freeze());
      for (const unit of units) await must(house.reveal(unit, 'd-2026-w47-r2'));
      await must(house.lock('d-2026-w47-r2'));
      for (const unit of units) await must(house.ack(unit));
      house.at(notBefore + 60);
      await must(house.draw('d-2026-w47-r2'));
      await must(house.publish('d-2026-w47-r2'));
      expect((await house.ask('org', 'GET', 'draws')).json).toMatchObject({
        rows: [{ stage: 'published' }, { stage: 'void', voidReason: '开奖延期', drawn: null }],
      });
    });

    it('does not let anybody change the rule of the week: the re-run is frozen under that of its first list', async () => {
      const house = await locked();
      await must(house.log('org', 'wd-draw+jwt', { draw: 'd-2026-w47', list: 13, void: '开奖延期' }));
      const newer = await must(house.setRule({ window: 0, min_acks: 4 }));
      const again = await house.truth();
      expect(again).toMatchObject({ draw: 'd-2026-w47-r2', rule: 7 });
      const { index } = newer.json as { index: number };
      expect(await house.freeze('2026-W47', { rule: index })).toMatchObject({
        code: 'RECORD_REFUSED',
        json: { field: 'rule' },
      });
      await must(house.freeze());
      await must(
        house.log('org', 'wd-draw+jwt', {
          draw: 'd-2026-w47-r2',
          list: (await house.leaves()).length - 1,
          void: '试验',
        }),
      );
      for (const unit of units) await house.seal(unit, { week: '2026-W48' });
      house.at(deadline + 7 * 86_400 + 60);
      expect(await house.truth('2026-W48')).toMatchObject({ rule: index });
    });

    it('comes too late once there is a result', async () => {
      const house = await begun();
      await house.wholeDraw();
      expect(await house.log('org', 'wd-draw+jwt', { draw: 'd-2026-w47', list: 13, void: '不满意' })).toMatchObject({
        code: 'ALREADY_DONE',
      });
    });
  });

  describe('a publication', () => {
    it('follows the review of the result, and waits while a drawn text is missing', async () => {
      const house = await locked();
      expect(await house.publish()).toMatchObject({ code: 'NOT_FOUND' });
      for (const unit of units) await must(house.ack(unit));
      house.at(notBefore + 60);
      await must(house.draw());
      const [{ unit = '' } = {}] = (await house.proposal()).drawn;
      const { seal_hash } = await house.db
        .selectFrom('seal')
        .select('seal_hash')
        .where('unit', '=', unit)
        .executeTakeFirstOrThrow();
      const kept = await house.db
        .selectFrom('disclosure')
        .selectAll()
        .where('seal_hash', '=', seal_hash)
        .where('item', '=', 1)
        .executeTakeFirstOrThrow();
      await house.db
        .updateTable('disclosure')
        .set({ encoded: null })
        .where('seal_hash', '=', seal_hash)
        .where('item', '=', 1)
        .execute();
      expect((await must(house.publish())).json).toEqual({ published: false });
      house.at(notBefore + 7 * 86_400);
      await runJobs(house.context);
      expect((await house.ask('org', 'GET', 'draws')).json).toMatchObject({
        rows: [{ stage: 'drawn', review: { missing: [unit] } }],
      });
      expect(await house.db.selectFrom('publication').selectAll().execute()).toEqual([]);
      await house.db
        .updateTable('disclosure')
        .set({ encoded: kept.encoded })
        .where('seal_hash', '=', seal_hash)
        .where('item', '=', 1)
        .execute();
      await runJobs(house.context);
      expect(await house.publish()).toMatchObject({ code: 'ALREADY_DONE' });
      expect((await house.ask('org', 'GET', 'draws')).json).toMatchObject({ rows: [{ stage: 'published' }] });
    });
  });

  describe('a rule', () => {
    it.each([
      ['a unit that is not there', { roll: [{ unit: 'u99', stratum: 'a' }] }, 'UNIT_UNKNOWN'],
      [
        'a unit twice',
        {
          roll: [
            { unit: 'u01', stratum: 'a' },
            { unit: 'u01', stratum: 'b' },
          ],
        },
        'UNIT_TWICE',
      ],
      ['only its own nonces', { sources: [{ kind: 'nonces', name: 'units' }] }, 'NO_OUTSIDE_SOURCE'],
      ['more witnesses than units', { min_acks: 6 }, 'MIN_ACKS_TOO_HIGH'],
      ['a beacon that no reader can check', { sources: [{ kind: 'drand', name: 'elsewhere' }] }, 'CHAIN_UNKNOWN'],
      ['a zone nobody knows', { zone: 'Asia/Nowhere' }, 'ZONE_UNKNOWN'],
    ] as const)('with %s is not logged', async (_name, change, reason) => {
      const house = await openHouse(await open());
      expect(await house.setRule(change)).toMatchObject({ code: 'RECORD_REFUSED', reason });
    });

    it('is not changed while a draw is open', async () => {
      const house = await frozen();
      expect(await house.setRule({ window: 1 })).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'DRAW_OPEN' });
    });
  });

  describe('a record', () => {
    it('signed by a key that is not valid for it is not logged', async () => {
      const house = await begun();
      expect(await house.log('u01', 'wd-rule+jwt', rule)).toMatchObject({
        code: 'RECORD_REFUSED',
        reason: 'KEY_NOT_VALID',
      });
    });

    it('cannot be posted for somebody else', async () => {
      const house = await begun();
      const jws = await signRecord('wd-rule+jwt', { ...rule, iss: 'org', iat: house.now() }, house.keyOf('org'));
      expect(await house.ask('u01', 'POST', 'records', { jws })).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
      expect(await house.ask('rev1', 'POST', 'records', { jws: `${jws.slice(0, -6)}AAAAAA` })).toMatchObject({
        code: 'RECORD_REFUSED',
        reason: 'SIGNATURE_INVALID',
      });
    });

    it('of a kind that has its own way in is refused here', async () => {
      const house = await begun();
      const leaves = await house.leaves();
      expect(await house.ask('org', 'POST', 'records', { jws: leaves[0] })).toMatchObject({ code: 'RECORD_REFUSED' });
      expect(await house.ask('u01', 'POST', 'records', { jws: (await house.seal('u01')).jws })).toMatchObject({
        reason: 'TYP',
      });
    });
  });
});
