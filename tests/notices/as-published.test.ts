import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { logSigner } from '../../extension/device/key.ts';
import { diaryAsPublished } from '../../extension/store/as-published.ts';
import { sealWeek } from '../../shared/proof/make-seal.ts';
import { openProfile } from '../extension/profile-double.ts';

test('a drawn week is shown as readers will see it: what its leader withheld has its ground and no text', async () => {
  const { context } = await openProfile(async () => new Response(null, { status: 503 }));
  const signer = await logSigner('leader', context);
  if (signer === null) throw new Error('no key');
  const day = '2026-07-20';
  const entry = { kind: 'entry', day, start: `${day}T08:30`, end: `${day}T10:00` };
  const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
  const sealed = await sealWeek(
    {
      iss: 'u01',
      iat: 1_784_600_000,
      week: '2026-W30',
      rev: 1,
      zone: 'Asia/Shanghai',
      nonce: context.random(32),
      coverSalt: context.random(16),
      items: [
        { ...entry, salt: context.random(16), item: { text: '局周例会' } },
        { ...entry, hold, salt: context.random(16), item: { text: '与张某谈话' } },
      ],
    },
    signer,
  );
  if (!sealed.ok) throw new Error(sealed.problem);
  const { jws, hash: seal, cover, disclosures } = sealed.value;
  const copy = {
    seal,
    week: '2026-W30',
    rev: 1,
    iat: 1_784_600_000,
    jws,
    disclosures: [cover, ...disclosures],
    kept: [2],
    manifest: [],
    items: [],
    state: 'logged' as const,
    refusal: null,
    receipt: null,
    confirmed: null,
  };
  await context.database.seals.put(copy);
  // Signed and not in the log yet: nothing of it can have been drawn.
  expect(await diaryAsPublished(context.database, '2026-W30')).toBeNull();
  const receipt = { seal, week: '2026-W30', rev: 1, index: 7, checkpoint: '' };
  await context.database.seals.put({ ...copy, receipt });
  const diary = await diaryAsPublished(context.database, '2026-W30');
  expect(diary?.items).toEqual([
    { ...entry, item: { text: '局周例会' } },
    { ...entry, withheld: hold },
  ]);
  expect(JSON.stringify(diary)).not.toContain('张某');
});
