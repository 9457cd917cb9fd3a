import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk, type Receipt } from '../fixtures/desk.ts';

/** What the page of closed-loop.md says of one comment, written down a second time: plain, slow, and without looking at the server's tables. */
interface Model {
  state: 'waiting' | 'published' | 'rejected' | 'removed' | 'withdrawn';
  version: number;
  text: string;
  by: string | null;
  /** Until when `by` may take it back. */
  undoUntil: number;
  appeal: 'none' | 'waiting' | 'granted' | 'refused';
  against: string | null;
}

const moderators = ['mod-1', 'mod-2'] as const;
const reasons = ['abuse', 'privacy'] as const;

const which = fc.nat(3);
const moderator = fc.constantFrom(...moderators);
const reason = fc.constantFrom(...reasons);
/** Half of the decisions are made on a version that is not the present one. */
const behind = fc.constantFrom(0, 0, 0, 1);

const action = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), which, behind }),
  fc.record({ kind: fc.constant('withdraw' as const), which }),
  fc.record({ kind: fc.constant('lease' as const), which, as: moderator }),
  fc.record({ kind: fc.constantFrom('publish' as const, 'restore' as const), which, as: moderator, behind }),
  fc.record({ kind: fc.constantFrom('reject' as const, 'remove' as const), which, as: moderator, reason, behind }),
  fc.record({ kind: fc.constant('wave' as const), as: moderator, isPublish: fc.boolean() }),
  fc.record({ kind: fc.constant('undo' as const), which, as: moderator }),
  fc.record({ kind: fc.constant('appeal' as const), which }),
  fc.record({ kind: fc.constant('judge' as const), which, as: moderator, isGranted: fc.boolean() }),
  fc.record({ kind: fc.constant('time' as const), seconds: fc.constantFrom(1, 60, 119, 200) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** What the model allows and makes of it; false where the server must refuse. */
function apply(one: Action, all: readonly Model[], now: number): readonly boolean[] {
  const end = (model: Model, state: 'rejected' | 'removed', as: string, why: string) => {
    const erases = why === 'privacy';
    if (erases) model.text = '';
    decided(model, state, as, erases ? -1 : now + 120);
  };
  const decided = (model: Model, state: Model['state'], as: string | null, undoUntil: number) => {
    Object.assign(model, { state, by: as, undoUntil, version: model.version + 1 });
    return true;
  };
  if (one.kind === 'time' || one.kind === 'lease') return [];
  if (one.kind === 'wave')
    return all.map((model) => {
      if (model.state !== 'waiting') return false;
      if (one.isPublish) return decided(model, 'published', one.as, now + 120);
      end(model, 'rejected', one.as, 'abuse');
      return true;
    });
  const model = all[one.which];
  if (model === undefined) throw new Error('no such comment');
  const isPresent = !('behind' in one) || one.behind === 0;
  switch (one.kind) {
    case 'edit':
      if (model.state !== 'waiting' || !isPresent) return [false];
      model.version += 1;
      return [true];
    case 'withdraw':
      if (model.state === 'withdrawn') return [true];
      if (model.state !== 'waiting' && model.state !== 'published') return [false];
      model.text = '';
      return [decided(model, 'withdrawn', model.by, -1)];
    case 'publish':
      return [model.state === 'waiting' && isPresent && decided(model, 'published', one.as, now + 120)];
    case 'restore':
      if (model.state !== 'removed' || model.text === '' || !isPresent) return [false];
      if (model.appeal === 'waiting') model.appeal = 'granted';
      return [decided(model, 'published', one.as, -1)];
    case 'reject':
    case 'remove':
      if (model.state !== (one.kind === 'reject' ? 'waiting' : 'published') || !isPresent) return [false];
      end(model, one.kind === 'reject' ? 'rejected' : 'removed', one.as, one.reason);
      return [true];
    case 'undo': {
      const to = { published: 'waiting', rejected: 'waiting', removed: 'published' } as const;
      if (model.state === 'waiting' || model.state === 'withdrawn') return [false];
      if (model.by !== one.as || now > model.undoUntil || model.appeal !== 'none') return [false];
      return [decided(model, to[model.state], null, -1)];
    }
    case 'appeal':
      // The same words again change nothing; once erased they are not the same.
      if (model.appeal !== 'none') return [model.state !== 'withdrawn'];
      if (model.state !== 'rejected' && model.state !== 'removed') return [false];
      Object.assign(model, { appeal: 'waiting', against: model.by });
      return [true];
    case 'judge':
      if (model.appeal !== 'waiting' || model.against === one.as) return [false];
      model.appeal = one.isGranted ? 'granted' : 'refused';
      model.undoUntil = -1;
      if (!one.isGranted || model.text === '') {
        model.version += 1;
        return [true];
      }
      return [decided(model, 'published', one.as, -1)];
  }
}

eachDatabase((_, open) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(await open());
  }, 60_000);

  test('whatever moderators and authors do, only what the page allows happens, and the tables hold what it makes', async () => {
    const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);
    console.log(`moderation queue: SUNDIAL_SEED=${seed}`);
    let done = 0;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40 }), async (actions) => {
        round += 1;
        const receipts: (Receipt & { id: string })[] = [];
        for (let n = 0; n < 4; n += 1) {
          const posted = await desk.comment({ text: `第${round}轮第${n}条` });
          receipts.push({ ...posted, id: await desk.idOf(posted.number) });
        }
        const models = receipts.map(
          (): Model => ({
            state: 'waiting',
            version: 1,
            text: 'there',
            by: null,
            undoUntil: -1,
            appeal: 'none',
            against: null,
          }),
        );
        let listed = (await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu')).json.total;
        for (const one of actions) {
          const before = models.map(({ version, state }) => ({ version, state }));
          const wished = apply(one, models, desk.now());
          const got = await act(desk, one, receipts, before, `${round} ${done}`);
          expect([one, got]).toEqual([one, wished]);
          done += 1;
          for (const [n, model] of models.entries()) {
            const row = await desk.db
              .selectFrom('comment')
              .leftJoin('comment_appeal', 'comment_appeal.comment', 'comment.id')
              .select(['comment.state', 'comment.version', 'comment.text', 'comment_appeal.state as appeal'])
              .where('comment.id', '=', receipts[n]?.id ?? '')
              .executeTakeFirstOrThrow();
            expect([one, row.state, row.version, row.text === '', row.appeal ?? 'none']).toEqual([
              one,
              model.state,
              model.version,
              model.text === '',
              model.appeal,
            ]);
          }
          const isListed = (state: string) => state === 'published' || state === 'removed';
          for (const [n, model] of models.entries()) {
            const was = before[n]?.state ?? 'waiting';
            // A stub stays in the list; only a publication that is taken back leaves it.
            if (!isListed(was) && isListed(model.state)) listed += 1;
            if (was === 'published' && model.state === 'waiting') listed -= 1;
          }
        }
        const { json } = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
        expect(json.total).toBe(listed);
        const queued = new Set((await desk.queue()).map(({ id }) => id));
        for (const [n, { state, appeal }] of models.entries())
          expect(queued.has(receipts[n]?.id ?? '')).toBe(state === 'waiting' || appeal === 'waiting');
      }),
      { seed, numRuns: 1000, interruptAfterTimeLimit: 5000, markInterruptAsFailure: false },
    );
    expect(done).toBeGreaterThan(0);
    expect(desk.reported).toEqual([]);
  });
});

/** Does it, and gives for each comment concerned whether the server did it. */
async function act(
  desk: Desk,
  one: Action,
  receipts: readonly (Receipt & { id: string })[],
  before: readonly { readonly version: number }[],
  words: string,
): Promise<readonly boolean[]> {
  if (one.kind === 'time') {
    desk.advance(one.seconds);
    return [];
  }
  const moderation = (path: string, body: object | undefined, as: string) =>
    desk.post(`/api/v1/moderation/${path}`, body, { as });
  const did = (answer: { json: { done: { id: string }[] } }) =>
    receipts.map(({ id }) => answer.json.done.some((each) => each.id === id));
  if (one.kind === 'wave') {
    const items = receipts.map(({ id }, n) => ({ id, version: before[n]?.version ?? 0 }));
    const body = one.isPublish
      ? { decision: 'publish', items }
      : { decision: 'reject', items, reason: 'abuse', note: null };
    return did(await moderation('wave-decision', body, one.as));
  }
  const receipt = receipts[one.which];
  const version = (before[one.which]?.version ?? 0) - ('behind' in one ? one.behind : 0);
  if (receipt === undefined) throw new Error('no such comment');
  const { id } = receipt;
  const isDone = (answer: { status: number }) => [answer.status < 300];
  switch (one.kind) {
    case 'lease':
      await moderation(`${id}/lease`, undefined, one.as);
      return [];
    case 'edit':
      return isDone(await desk.put('/api/v1/receipt/text', { version, text: `改过${words}` }, { receipt }));
    case 'withdraw':
      return isDone(await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt }));
    case 'publish':
      return isDone(await desk.decide({ id, version }, { decision: 'publish', masks: [] }, one.as));
    case 'restore':
      return isDone(await desk.decide({ id, version }, { decision: 'restore' }, one.as));
    case 'reject':
    case 'remove':
      return isDone(await desk.decide({ id, version }, { decision: one.kind, reason: one.reason, note: null }, one.as));
    case 'undo':
      return [did(await moderation('undo', { items: [{ id, version }] }, one.as))[one.which] ?? false];
    case 'appeal':
      return isDone(await desk.post('/api/v1/receipt/appeal', { words: '不同意' }, { receipt }));
    case 'judge': {
      const body = { version, outcome: one.isGranted ? 'granted' : 'refused', note: null };
      return isDone(await moderation(`${id}/appeal`, body, one.as));
    }
  }
}
