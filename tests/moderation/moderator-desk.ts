/** A real server with one published diary and a moderator at the built desk, for tests and figures of the review queue. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { start } from '../../server/commands/serve.ts';
import { configFrom } from '../../server/config.ts';
import { enrol as enrolDevice } from '../../server/demo/cast.ts';
import { Device } from '../../server/demo/device.ts';
import { send, type World } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { openContext } from '../../server/open-context.ts';
import { getInvitations, postInvitation } from '../../shared/api/accounts.ts';
import { postComment } from '../../shared/api/comments.ts';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { writeDiary } from '../fixtures/published-diary.ts';
import { freePort } from '../fixtures/served.ts';
import { enrol, openDesk } from '../journey/people.ts';

const unit = 'lianpu';
export const draw = 'd-2026-w39';

export type ModeratorDesk = Awaited<ReturnType<typeof openModeratorDesk>>;

export interface Written {
  readonly kind: CommentKind;
  readonly text: string;
  readonly nickname: string;
  readonly item: number | null;
  /** A picture in base64. */
  readonly photo?: string;
}

/** Opens both; the moderator 李审核 has a browser, 张审核 a device that acts by program. */
export async function openModeratorDesk(lang = 'zh-CN') {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-moderation-'));
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const plenty = { count: 1_000_000, seconds: 60 };
  const config = configFrom(
    {
      name: { zh: '试验区', en: 'Test Area' },
      origin: 'moderation.example/log1',
      units: [{ id: unit, kind: 'subdistrict', name: { zh: '莲浦街道', en: 'Lianpu' } }],
      terms: [],
      proofOfWork: { hashes: 0 },
      limits: { comments: plenty, commentsOfDiary: plenty },
    },
    { SUNDIAL_DATA: folder, SUNDIAL_ISSUER: issuer, PORT: String(port) },
  );
  const context = await openContext(config);
  const running = await start(context);
  const world: World = { send: (request) => fetch(request), issuer, now: Date.now, random: context.random };
  const organiser = await Device.claim(world, (await firstInvitation(context)).link);
  const colleague = await enrolDevice(world, organiser, { name: '张审核', role: 'moderator', unit: null });
  await writeDiary(context.database.db, draw, unit, 0, [
    { kind: 'title', text: '有风度' },
    { kind: 'entry', text: '暗访飞线充电，棉纺新村拍到9处' },
    { kind: 'entry', text: '夜查夜市油烟' },
  ]);
  const profile: Profile = await openProfile(join(folder, 'moderator'), { lang });
  profile.context.setDefaultTimeout(30_000);
  const body = { name: '李审核', grants: [{ role: 'moderator' as const, unit: null }] };
  const page = await enrol(profile, (await organiser.call(postInvitation, { body })).link, false);
  for (let claimed = false; !claimed; )
    for (const row of (await organiser.call(getInvitations)).rows)
      if (row.state === 'claimed') {
        await organiser.activate(row);
        claimed = true;
      }
  await page.getByRole('link', { name: '留言审核' }).waitFor();
  await page.close();

  return {
    context,
    issuer,
    profile,
    organiser,
    colleague,
    openQueue: (): Promise<Page> => openDesk(profile, 'moderation'),
    /** Posts as a reader. */
    write: (comment: Written): Promise<unknown> =>
      send(world, postComment, {
        headers: { origin: issuer },
        body: { draw, unit, codeHash: 'A'.repeat(43), consent: true, ...comment },
      }),
    close: async (): Promise<void> => {
      await profile.close();
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
