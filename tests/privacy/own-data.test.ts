import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';

eachDatabase((name, open) => {
  test(`on ${name} a reader exports everything under a receipt and erases it: the stub and the steps of the ticket stay, no word does`, async () => {
    const desk = await openDesk(await open());
    const { number, code, ticket } = await desk.ticket({
      kind: 'report',
      text: '夜市喇叭吵到两点',
      nickname: '睡不着的人',
      place: '莲浦路口',
    });
    const receipt = { number, code };
    await desk.publish(number);
    await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
    await desk.move(ticket, 'h-cgj', { to: 'accepted' });
    await desk.move(ticket, 'h-cgj', { to: 'inProgress', note: '已电话联系睡不着的人' });
    const reply = { resolutionKind: 'fixed', rootCause: 'workGap', public: true } as const;
    await desk.move(ticket, 'h-cgj', { to: 'replied', note: '喇叭已拆除', ...reply });
    const said = { solved: true, rating: 5, words: '终于睡着了' };
    expect((await desk.post('/api/v1/receipt/follow-up', said, { receipt })).status).toBe(200);

    const exported = await desk.get('/api/v1/receipt/export', { receipt });
    expect(exported.headers.get('cache-control')).toBe('no-store');
    expect(exported.json).toMatchObject({
      format: 'sundial-own-data-1',
      organisation: { zh: '试验区' },
      notice: 'https://diary.example/privacy',
      number,
      text: '夜市喇叭吵到两点',
      nickname: '睡不着的人',
      place: '莲浦路口',
      photo: null,
      contact: null,
      identityKeptUntil: null,
      ticket: { number: ticket, reply: { text: '喇叭已拆除' } },
    });

    const erased = await desk.post('/api/v1/receipt/erasure', undefined, { receipt });
    expect(erased.json).toMatchObject({ state: 'withdrawn', text: '', nickname: '' });
    const left = await desk.everything();
    for (const word of ['夜市', '睡不着', '莲浦路口', '终于睡着']) expect(left).not.toContain(word);
    const { rows } = (await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu')).json;
    expect(rows).toMatchObject([{ state: 'withdrawn', text: null, nickname: null }]);
    const steps = erased.json.ticket.steps.map(({ to }: { to: string }) => to);
    expect(steps).toEqual(['registered', 'assigned', 'accepted', 'inProgress', 'replied', 'closedLoop']);
    expect(erased.json.ticket.reply.text).toBe('喇叭已拆除');
    expect((await desk.audit()).at(-1)).toMatchObject({ actor: 'reader', action: 'comment.erase' });

    expect((await desk.post('/api/v1/receipt/erasure', undefined, { receipt })).status).toBe(200);
    expect((await desk.get('/api/v1/receipt/export', { receipt })).json.text).toBe('');
  });

  test(`on ${name} what was rejected or written about a mention is erased as well; a wrong code neither shows nor erases`, async () => {
    const desk = await openDesk(await open());
    const rejected = await desk.comment({ text: '没有公开的话' });
    await desk.decide(await desk.waiting(rejected.number), { decision: 'reject', reason: 'abuse', note: '请换个说法' });
    const wrong = { number: rejected.number, code: '0000000000000000' };
    expect((await desk.get('/api/v1/receipt/export', { receipt: wrong })).json.code).toBe('RECEIPT_INVALID');
    expect((await desk.post('/api/v1/receipt/erasure', undefined, { receipt: wrong })).json.code).toBe(
      'RECEIPT_INVALID',
    );
    expect(await desk.everything()).toContain('没有公开的话');
    const done = await desk.post('/api/v1/receipt/erasure', undefined, { receipt: rejected });
    expect(done.json).toMatchObject({ state: 'rejected', reason: 'abuse', text: '', note: null });
    expect(await desk.everything()).not.toContain('没有公开的话');
  });

  test(`on ${name} the full notice says in both languages who, what for, how long and how to have it erased`, async () => {
    const privacy = { contact: { zh: '晴湖路1号', en: '1 Qinghu Road' }, backupDays: 45 };
    const desk = await openDesk(await open(), { privacy });
    const { text, headers } = await desk.page('/privacy');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const said of ['试验区', '晴湖路1号', '7天', '180天', '未满十四周岁', '删除我的数据', '45天'])
      expect(text).toContain(said);
    for (const said of [
      'Test Area',
      '1 Qinghu Road',
      '7 days',
      '180 days',
      'fourteen',
      'Erase my data',
      '45 more days',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('登录身份');
  });
});
