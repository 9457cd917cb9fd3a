import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

/** A JPEG of 8 by 6 pixels that says where it was taken. */
const jpeg = sharp({ create: { width: 8, height: 6, channels: 3, background: '#b33' } })
  .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 12/1 0/1' } })
  .jpeg()
  .toBuffer();

eachDatabase((name, open) => {
  describe(`work on tickets on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open(), { moderation: { reviewFirst: false } });
    }, 60_000);

    const answered = { resolutionKind: 'fixed', rootCause: 'workGap', note: '22时起禁用喇叭', public: true } as const;
    const reply = (number: string) => desk.move(number, 'h-lianpu', { to: 'replied', ...answered });
    const view = async (number: string, as = 'h-lianpu') => (await desk.get(`/api/v1/tickets/${number}`, { as })).json;
    const note = (number: string, as: string, kind: string, text: string) =>
      desk.post(`/api/v1/tickets/${number}/notes`, { kind, text }, { as });
    const lines = async (query: string, as = 'org-1') => (await desk.get(`/api/v1/tickets?${query}`, { as })).json;
    const numbers = async (query: string, as = 'org-1') =>
      (await lines(query, as)).rows.map((row: { number: string }) => row.number);

    async function accepted(over: Parameters<Desk['ticket']>[0] = {}, clock = 'standard') {
      const opened = await desk.ticket({ kind: 'report', ...over }, clock);
      await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
      await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
      return opened;
    }
    async function working(over: Parameters<Desk['ticket']>[0] = {}, clock = 'standard') {
      const opened = await accepted(over, clock);
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '已电话联系' });
      return opened;
    }

    test('the first contact by message is read by the reporter and by nobody else; a logged call by the desk alone', async () => {
      const opened = await accepted({ text: '晚上放喇叭' });
      const message = '您好，今晚21时到现场看，方便时来一趟居委会。';
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: message, contactBy: 'message' });
      const receipt = await desk.get('/api/v1/receipt', { receipt: opened });
      expect(receipt.json.ticket.steps.at(-1)).toMatchObject({ to: 'inProgress', note: message });
      expect((await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100')).text).not.toContain(message);
      expect(await view(opened.ticket)).toMatchObject({ contactedAt: desk.now() });
      const called = await working();
      expect((await desk.get('/api/v1/receipt', { receipt: called })).text).not.toContain('已电话联系');
    });

    test('messages reach the receipt alone, internal notes nobody outside the desk, and each is an audit row', async () => {
      const opened = await working({ text: '路灯不亮' });
      const sent = await note(opened.ticket, 'h-lianpu', 'message', '零件周五到，到货当天装。');
      expect(sent.json).toMatchObject({ notes: [{ kind: 'message', unit: 'lianpu', actor: 'h-lianpu' }] });
      await note(opened.ticket, 'mod-1', 'internal', '内部：盯一下');
      expect((await note(opened.ticket, 'mod-1', 'message', '越权')).status).toBe(404);
      expect((await note(opened.ticket, 'h-cgj', 'internal', '别的单位')).status).toBe(404);
      expect((await note(opened.ticket, 'aud-1', 'internal', '监督不写')).status).toBe(404);
      expect((await note(opened.ticket, 'h-lianpu', 'message', '{几时}到')).json).toMatchObject({ field: 'text' });
      const receipt = await desk.get('/api/v1/receipt', { receipt: opened });
      expect(receipt.json.ticket.messages).toEqual([
        { at: expect.any(Number), unit: 'lianpu', text: '零件周五到，到货当天装。' },
      ]);
      expect(receipt.text).not.toContain('内部：盯一下');
      const list = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
      expect(list.text).not.toMatch(/零件周五到|盯一下/);
      const told = (await desk.audit()).filter((row) => row.action === 'ticket.note' && row.subject === opened.ticket);
      expect(told.map((row) => JSON.parse(row.facts).kind)).toEqual(['message', 'internal']);
    });

    test('a message or a call is written from the first contact until the end, a note for the desk at any time', async () => {
      const opened = await desk.ticket({ kind: 'report' });
      const written = async () => {
        const each = [];
        for (const kind of ['message', 'call', 'internal'] as const)
          each.push((await note(opened.ticket, 'h-lianpu', kind, `${kind} ${desk.now()}`)).status);
        desk.advance(60);
        return each;
      };
      await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
      expect(await written()).toEqual([409, 409, 200]);
      await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
      expect(await written()).toEqual([409, 409, 200]);
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '已电话联系' });
      expect(await written()).toEqual([200, 200, 200]);
      await reply(opened.ticket);
      expect(await written()).toEqual([200, 200, 200]);
      const solved = { solved: true, rating: null, words: null };
      expect((await desk.post('/api/v1/receipt/follow-up', solved, { receipt: opened })).status).toBe(200);
      expect(await written()).toEqual([409, 409, 200]);
    });

    test('a template has a gap, and what has a gap is not sent', async () => {
      const put = (id: string, text: string, as = 'org-1') =>
        desk.put(`/api/v1/reply-templates/${id}`, { name: '整改答复', text }, { as });
      expect((await put('t1', '已办结。')).json).toMatchObject({ field: 'text', facts: { reason: 'NO_GAP' } });
      expect((await put('t1', '{时间}已{做了什么}。', 'h-lianpu')).status).toBe(403);
      expect((await put('t1', '依据莲府〔2026〕12号，{时间}已｛做了什么｝。')).status).toBe(200);
      const { json } = await desk.get('/api/v1/reply-templates', { as: 'h-lianpu' });
      expect(json.rows).toEqual([{ id: 't1', name: '整改答复', text: '依据莲府〔2026〕12号，{时间}已｛做了什么｝。' }]);
      const opened = await working();
      const send = (text: string) =>
        desk.tryMove(opened.ticket, 'h-lianpu', { to: 'replied', ...answered, note: text });
      expect((await send(json.rows[0].text)).json).toMatchObject({
        code: 'FIELD_INVALID',
        field: 'note',
        facts: { gaps: ['{时间}', '｛做了什么｝'] },
      });
      expect((await send('依据莲府〔2026〕12号，10月9日已停用喇叭。')).status).toBe(200);
      expect((await desk.delete('/api/v1/reply-templates/t1', { as: 'org-1' })).status).toBe(204);
      expect((await desk.delete('/api/v1/reply-templates/t1', { as: 'org-1' })).status).toBe(404);
    });

    test('a reply has a photo without metadata, which everybody sees', async () => {
      const opened = await working({ text: '井盖松动' });
      const tried = (bytes: string) =>
        desk.tryMove(opened.ticket, 'h-lianpu', { to: 'replied', ...answered, photo: { bytes, alt: '换好的井盖' } });
      const given = await jpeg;
      expect(strayPart(given, 'image/jpeg')).toBe('APP1');
      expect((await tried(given.subarray(0, -2).toString('base64'))).json).toMatchObject({ field: 'photo' });
      expect((await tried(given.toString('base64'))).status).toBe(200);
      const list = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
      const { photo } = list.json.rows.find((row: { text: string }) => row.text === '井盖松动').ticket.reply;
      expect(photo).toMatchObject({ width: 8, height: 6, alt: '换好的井盖' });
      const at = `/api/v1/tickets/${opened.ticket}/photos/`;
      const { bytes } = (await desk.get(at + photo.sha256)).json;
      expect(strayPart(Buffer.from(bytes, 'base64'), 'image/jpeg')).toBeNull();
      expect((await desk.get(`${at}${'0'.repeat(64)}`)).status).toBe(404);
    });

    test('a contact is sealed, seen by the handler of the open ticket alone with an audit row each time, and erased 30 days after the end', async () => {
      const contact = { text: '139-1234-5678', consent: true } as const;
      const opened = await working({ contact });
      expect(await desk.everything()).not.toContain('139-1234-5678');
      const look = (as: string) => desk.post(`/api/v1/tickets/${opened.ticket}/contact`, undefined, { as });
      expect((await view(opened.ticket)).hasContact).toBe(true);
      expect((await view(opened.ticket, 'org-1')).hasContact).toBe(false);
      for (const as of ['h-cgj']) expect((await look(as)).status).toBe(404);
      for (const as of ['mod-1', 'org-1', 'aud-1']) expect((await look(as)).status).toBe(403);
      expect((await look('h-lianpu')).json).toEqual({ contact: '139-1234-5678' });
      expect((await look('h-lianpu')).status).toBe(200);
      const looks = (await desk.audit()).filter((row) => row.action === 'ticket.contactLook');
      expect(looks.map((row) => [row.actor, row.subject])).toEqual([
        ['h-lianpu', opened.ticket],
        ['h-lianpu', opened.ticket],
      ]);
      await reply(opened.ticket);
      await desk.post('/api/v1/receipt/follow-up', { solved: true, rating: 5, words: null }, { receipt: opened });
      expect((await look('h-lianpu')).status).toBe(404);
      expect((await view(opened.ticket)).hasContact).toBe(false);
      const kept = () => desk.db.selectFrom('comment_contact').select('comment').execute();
      // Thirty days run from the end, not from the report.
      const long = await working({ contact });
      desk.advance(40 * 86_400);
      await desk.runJobs();
      expect((await kept()).map(({ comment }) => comment)).toEqual([await desk.idOf(long.number)]);
      await reply(long.ticket);
      await desk.post('/api/v1/receipt/follow-up', { solved: true, rating: 5, words: null }, { receipt: long });
      desk.advance(30 * 86_400 - 1);
      await desk.runJobs();
      expect((await kept()).length).toBe(1);
      desk.advance(1);
      await desk.runJobs();
      expect(await kept()).toEqual([]);
      const withdrawn = await desk.comment({ kind: 'report', contact });
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: withdrawn });
      expect(await kept()).toEqual([]);
      expect((await desk.send({ kind: 'question', contact })).json).toMatchObject({ field: 'contact' });
    });

    test('a reminder and each missed deadline are told once, whatever number of processes look', async () => {
      desk.set(desk.seconds('2026-11-02T09:00:00'));
      const waits = await desk.ticket({ kind: 'question' });
      const silent = await accepted({ kind: 'question' });
      const held = await working();
      await desk.move(held.ticket, 'h-lianpu', { to: 'onHold', note: '等供电', public: true, date: '2026-11-05' });
      await desk.put(
        `/api/v1/tickets/${held.ticket}/actions/a1`,
        { unit: 'cgj', text: '接电', date: '2026-11-04', state: 'open', reason: null },
        { as: 'h-lianpu' },
      );
      const told = async () => {
        await Promise.all([desk.runJobs(), desk.runJobs()]);
        const mine = [waits, silent, held].map(({ ticket }) => ticket);
        const rows = await desk.audit();
        return rows
          .filter((row) => row.actor === 'system' && mine.includes(row.subject) && row.action !== 'ticket.move')
          .map((row) => `${['waits', 'silent', 'held'][mine.indexOf(row.subject)]} ${row.action.slice(7)}`)
          .sort();
      };
      expect(await told()).toEqual([]);
      // Monday's question is due on Thursday the 5th; on Tuesday that is two working days ahead.
      desk.set(desk.seconds('2026-11-03T08:00:00'));
      const reminded = ['silent dueSoon', 'waits dueSoon'];
      expect(await told()).toEqual(reminded);
      desk.set(desk.seconds('2026-11-03T17:30:00'));
      expect(await told()).toEqual(reminded);
      desk.set(desk.seconds('2026-11-03T17:30:01'));
      const first = [...reminded, 'silent contactOverdue', 'waits contactOverdue', 'waits dispatchOverdue'].sort();
      expect(await told()).toEqual(first);
      desk.set(desk.seconds('2026-11-05T08:00:00'));
      const second = [...first, 'held actionOverdue', 'held reviewDue'].sort();
      expect(await told()).toEqual(second);
      desk.set(desk.seconds('2026-11-05T17:30:01'));
      expect(await told()).toEqual([...second, 'silent overdue', 'waits overdue'].sort());
      expect((await view(silent.ticket)).alerts.map((alert: { kind: string }) => alert.kind)).toEqual([
        'dueSoon',
        'contactOverdue',
        'overdue',
      ]);
    });

    test('many tickets are moved with one note, each by its own version and with its own result', async () => {
      const three = [await desk.ticket({ kind: 'report' }), await desk.ticket({ kind: 'report' }), await working()];
      const [a, b, c] = three.map(({ ticket }) => ticket);
      const tickets = [
        { number: a, version: 1 },
        { number: b, version: 7 },
        { number: c, version: (await view(c ?? '')).version },
        { number: '2026-9999', version: 1 },
      ];
      const body = { tickets, to: 'assigned', unit: 'lianpu', note: '并在一起查', public: false };
      expect((await desk.post('/api/v1/tickets/moves', body, { as: 'h-lianpu' })).status).toBe(403);
      expect((await desk.post('/api/v1/tickets/moves', body, { as: 'org-1' })).json.results).toEqual([
        { number: a, code: null, allowed: [] },
        { number: b, code: 'VERSION_STALE', allowed: [] },
        { number: c, code: 'MOVE_NOT_ALLOWED', allowed: [] },
        { number: '2026-9999', code: 'NOT_FOUND', allowed: [] },
      ]);
      expect(await view(a ?? '')).toMatchObject({ state: 'assigned', unit: 'lianpu' });
    });

    test('the list is found by number, words, kind, unit, open and overdue, newest or nearest due first, in pages', async () => {
      desk.set(desk.seconds('2026-12-01T09:00:00'));
      const lamp = await desk.ticket({ kind: 'complaint', text: '100%的灯_都不亮，ABC路' });
      const soon = await desk.ticket({ kind: 'question', text: '灯几时修' });
      expect(await numbers(`find=${encodeURIComponent('100%的灯_')}`)).toEqual([lamp.ticket]);
      expect(await numbers(`find=${encodeURIComponent('灯几')}&kind=question`)).toEqual([soon.ticket]);
      expect(await numbers('find=abc')).toEqual([lamp.ticket]);
      expect(await numbers(`find=${lamp.ticket}`)).toEqual([lamp.ticket]);
      expect(await numbers(`find=${encodeURIComponent('%')}`)).toEqual([lamp.ticket]);
      expect((await numbers('sort=newest')).slice(0, 2)).toEqual([soon.ticket, lamp.ticket]);
      const byDue = await numbers('only=open&sort=due');
      expect(byDue.indexOf(soon.ticket)).toBeLessThan(byDue.indexOf(lamp.ticket));
      expect(await numbers('only=overdue&unit=lianpu&find=2026-')).not.toContain(soon.ticket);
      desk.set(desk.seconds('2026-12-05T09:00:00'));
      expect(await numbers('only=overdue&sort=due')).toContain(soon.ticket);
      expect(await numbers('only=overdue')).not.toContain(lamp.ticket);
      expect(await numbers('', 'h-cgj')).not.toContain(lamp.ticket);
      const { total } = await lines('sort=due');
      for (let n = 0; n < 55 - total; n += 1) await desk.ticket({ kind: 'report' });
      await desk.move(soon.ticket, 'org-1', { to: 'referred', note: '归市级部门管', public: true });
      for (const sort of ['newest', 'due']) {
        const first = await lines(`sort=${sort}`);
        const rest = await numbers(`sort=${sort}&after=${first.next}`);
        const all = [...first.rows.map((row: { number: string }) => row.number), ...rest];
        expect([first.rows.length, new Set(all).size, all.length]).toEqual([50, first.total, first.total]);
        // Nothing is left to do of a closed one, whatever its date.
        if (sort === 'due') expect(all.at(-1)).toBe(soon.ticket);
      }
      expect((await desk.get('/api/v1/tickets?after=x', { as: 'org-1' })).json).toMatchObject({ field: 'after' });
    });

    test('a unit with an action of its own sees the ticket and sets the state of the action, and nothing else', async () => {
      const opened = await working({ contact: { text: 'a@b.example', consent: true } });
      const put = (as: string, over: object) =>
        desk.put(
          `/api/v1/tickets/${opened.ticket}/actions/a1`,
          { unit: 'cgj', text: '22时后巡查', date: '2026-12-20', state: 'open', reason: null, ...over },
          { as },
        );
      expect((await put('h-cgj', {})).status).toBe(404);
      expect((await put('h-lianpu', {})).status).toBe(200);
      expect(await numbers('', 'h-cgj')).toContain(opened.ticket);
      expect((await put('h-cgj', { text: '少巡一点' })).json).toMatchObject({ code: 'FIELD_INVALID', field: 'text' });
      expect((await put('h-cgj', { state: 'done' })).json).toMatchObject({ actions: [{ state: 'done' }], allowed: [] });
      expect((await view(opened.ticket, 'h-cgj')).hasContact).toBe(false);
      expect((await desk.post(`/api/v1/tickets/${opened.ticket}/contact`, undefined, { as: 'h-cgj' })).status).toBe(
        404,
      );
      expect((await desk.tryMove(opened.ticket, 'h-cgj', { to: 'replied', ...answered })).json).toMatchObject({
        code: 'MOVE_NOT_ALLOWED',
        facts: { allowed: [] },
      });
      await reply(opened.ticket);
      expect((await put('h-lianpu', { text: '改口' })).json).toMatchObject({ field: 'text' });
    });

    test('who was merged follows the other ticket by the receipt', async () => {
      const head = await working({ text: '夜市放喇叭' });
      const twin = await desk.ticket({ kind: 'report', text: '夜市吵' });
      const { ticket: into } = head;
      await desk.move(twin.ticket, 'org-1', { to: 'merged', into, note: `并入${into}`, public: true });
      await note(into, 'h-lianpu', 'message', '只给他看');
      await desk.move(into, 'h-lianpu', { to: 'onHold', note: '等供电', public: true, date: '2027-03-01' });
      const seen = await desk.get('/api/v1/receipt', { receipt: twin });
      expect(seen.json.ticket).toMatchObject({ state: 'merged', leading: { number: into, state: 'onHold' } });
      expect(seen.json.ticket.leading.steps.at(-1)).toMatchObject({ to: 'onHold', note: '等供电' });
      expect(seen.text).not.toContain('只给他看');
      expect(await view(into)).toMatchObject({ mergedFrom: [twin.ticket] });
      expect(await view(twin.ticket, 'org-1')).toMatchObject({ mergedInto: into });
    });

    test('another clock moves what still runs, never what is missed, and is an audit row', async () => {
      desk.set(desk.seconds('2027-01-04T09:00:00'));
      const opened = await desk.ticket({ kind: 'report' });
      const change = async (clock: string, as = 'mod-1') =>
        desk.post(
          `/api/v1/tickets/${opened.ticket}/clock`,
          { version: (await view(opened.ticket, 'mod-1')).version, clock },
          { as },
        );
      expect((await change('complex', 'org-1')).status).toBe(403);
      expect((await change('complex')).json).toMatchObject({
        clock: 'complex',
        due: desk.seconds('2027-01-25T17:30:00'),
        contactDue: desk.seconds('2027-01-05T17:30:00'),
      });
      desk.set(desk.seconds('2027-01-06T09:00:00'));
      expect((await change('standard')).json).toMatchObject({
        due: desk.seconds('2027-01-18T17:30:00'),
        contactDue: desk.seconds('2027-01-05T17:30:00'),
      });
      desk.set(desk.seconds('2027-01-18T17:30:01'));
      expect((await change('complex')).json).toMatchObject({ due: desk.seconds('2027-01-18T17:30:00') });
      expect((await desk.audit()).filter((row) => row.action === 'ticket.clock').length).toBe(3);
      // Two hours from registration would be Monday 11:00: the first contact was missed on Tuesday and stays so.
      desk.set(desk.seconds('2027-01-04T09:00:00'));
      const late = await desk.ticket({ kind: 'report' });
      desk.set(desk.seconds('2027-01-05T17:30:01'));
      const { version } = await view(late.ticket, 'mod-1');
      const risk = desk.post(`/api/v1/tickets/${late.ticket}/clock`, { version, clock: 'risk' }, { as: 'mod-1' });
      expect((await risk).json).toMatchObject({ clock: 'risk', contactDue: desk.seconds('2027-01-05T17:30:00') });
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
