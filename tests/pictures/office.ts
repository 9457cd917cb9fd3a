/** A demonstration at the noon of Monday, 30 November 2026: comments wait, the list of the week before is locked, two units have not opened
 *  their nonces. Its clock goes on from there. */
import { join } from 'node:path';
import { start } from '../../server/commands/serve.ts';
import { configFrom } from '../../server/config.ts';
import { type DemoDiary, type DemoSet, lastWeek } from '../../server/demo/demo-set.ts';
import { sealWeek, weeksEnded } from '../../server/demo/robots.ts';
import { demoBegins, seedDemo } from '../../server/demo/seed.ts';
import { demoSettings } from '../../server/demo/settings.ts';
import { freeze, runDraw, sealDiary, witnessAll } from '../../server/demo/showings.ts';
import { at } from '../../server/demo/step.ts';
import { send, type World } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { openContext } from '../../server/open-context.ts';
import { getInvitations, postInvitation } from '../../shared/api/accounts.ts';
import { postComment } from '../../shared/api/comments.ts';
import { getOwnDossier, postDossier, postDossierNote, postDossierRelease } from '../../shared/api/dossiers.ts';
import { postLock } from '../../shared/api/draws.ts';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import type { Grant } from '../../shared/organisation/role.ts';
import { formatDay, parseDay } from '../../shared/time/civil.ts';
import { type Week, weekStart } from '../../shared/time/week.ts';
import { freePort } from '../fixtures/served.ts';

/** Who is invited, and as what. */
export interface Person {
  readonly name: string;
  readonly grants: readonly Omit<Grant, 'actor'>[];
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

const week = '2026-W48';
const draw = `d-${week.toLowerCase()}`;
const drawn = 'shibu';
/** From this day on its diary has entries: they fit into a picture. */
const thursday = '2026-11-26';

/** Written that morning under the newest diaries: nickname, kind, text. */
const waiting: readonly (readonly [diary: string, nickname: string, kind: CommentKind, text: string])[] = [
  ['w42/shibu', '打字慢', 'question', '听说充电棚要装烟感，棉纺新村二期什么时候轮到？'],
  ['w43/lianpu', '住三楼的', 'complaint', '夜市收摊以后垃圾车一点钟才来，楼下吵得睡不着，我是3幢201的'],
  ['w43/lianpu', '老张', 'report', '中学门口斑马线看不清了，昨天差点撞到人，电话13000000001'],
  ['w42/shibu', '骑车的', 'suggestion', '充电棚能不能夜里便宜一点'],
  ['w44/spj', '路过', 'sympathy', '写得实在，比看通稿强'],
  ['w42/shibu', '周家姆妈', 'question', '助餐点的菜单能不能提前一天贴出来？'],
  ['w43/lianpu', '快递小哥', 'complaint', '莲湖路围挡占了非机动车道'],
  ['w44/spj', '代办', 'sympathy', '代办营业执照，加微信马上办好，全区都能办'],
  ['w44/spj', '代办2', 'sympathy', '代办营业执照，加微信马上就办好，全区都能办'],
  ['w42/shibu', '七幢', 'report', '七幢西头的路灯从上个星期起就坏着，下雨天根本走不了'],
];

/** A diary of the set as if it were written in another week. */
export function moved(diary: DemoDiary | undefined, week: Week): DemoDiary {
  if (diary === undefined) throw new TypeError('the demonstration has no such diary');
  const days = weekStart(week) - weekStart(diary.week);
  const items = diary.items.map((item) => {
    const shift = (civil: string): string =>
      `${formatDay((parseDay(civil.slice(0, 10)) ?? 0) + days)}${civil.slice(10)}`;
    const { day, start, end } = item;
    if (day === undefined) return item;
    return { ...item, day: shift(day), ...(start && { start: shift(start) }), ...(end && { end: shift(end) }) };
  });
  return { ...diary, week, items };
}

/** Makes it in a folder; takes under a minute. */
export async function openOffice(set: DemoSet, folder: string) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const plenty = { count: 1000, seconds: 60 };
  const config = configFrom(
    { ...demoSettings(set), proofOfWork: { hashes: 0 }, limits: { comments: plenty, commentsOfDiary: plenty } },
    { SUNDIAL_DATA: join(folder, 'server'), SUNDIAL_ISSUER: issuer, PORT: String(port) },
  );
  const clock = { ms: demoBegins };
  let now = () => clock.ms;
  const context = await openContext(config, { now: () => now() });
  const { link } = await firstInvitation(context);
  const ended = weeksEnded(at('2026-11-23T09:00'), lastWeek(set));
  const cast = await seedDemo(context, clock, link, () => {}, ended);
  const goOnFrom = (civil: string): void => {
    const shift = at(civil) - Date.now();
    now = () => Date.now() + shift;
  };

  goOnFrom('2026-11-29T20:30');
  const running = await start(context);
  const world: World = { send: (request) => fetch(request), issuer, now: context.now, random: context.random };
  const missing = new Map([['hezhou', 'none']] as const);
  const diary = moved(set.diaries.get('2026-w42-shibu'), week);
  const items = diary.items.filter(({ day = thursday }) => day >= thursday);
  await sealDiary(cast, { ...diary, items }, draw, new Map());
  const others = set.organisation.units.flatMap(({ id: unit, kind }) => {
    const device = cast.leaders.get(unit);
    return device === undefined || unit === drawn ? [] : [{ unit, kind, device }];
  });
  await sealWeek(others, week);

  goOnFrom('2026-11-30T09:40');
  for (const [diary, nickname, kind, text] of waiting) {
    const [of = '', unit = ''] = diary.split('/');
    await send(world, postComment, {
      headers: { origin: issuer },
      body: { draw: `d-2026-${of}`, unit, item: null, kind, text, nickname, codeHash: 'A'.repeat(43), consent: true },
    });
  }

  goOnFrom('2026-11-30T12:10');
  await freeze(cast, week, missing, at('2026-12-01T21:15'));
  const offline = new Map([...missing, ['baidang', ''], ['yundu', '']]);
  await witnessAll(cast, offline);

  return {
    invite: async ({ name, grants }: Person): Promise<string> =>
      (await cast.organiser.call(postInvitation, { body: { name, grants: [...grants] } })).link,
    activate: async (): Promise<void> => {
      for (const row of (await cast.organiser.call(getInvitations)).rows)
        if (row.state === 'claimed') await cast.organiser.activate(row);
    },
    /** Makes a dossier of the leader of Shibu, who says something of it and hands it over; gives its id. */
    dossier: async (): Promise<string> => {
      const body = { term: 'shibu-1', from: '2026-07-01', to: '2026-11-29' };
      const { id } = await cast.organiser.call(postDossier, { body });
      const own = cast.leaders.get(drawn);
      const text = '7月那一周在防台风，静心思考少，夜里的事多，和平常的周不好比。';
      await own?.call(getOwnDossier, { params: { id } });
      await own?.call(postDossierNote, { params: { id }, body: { text } });
      await own?.call(postDossierRelease, { params: { id } });
      return id;
    },
    /** Goes on to Tuesday night: the lot falls on Shibu, whose diary waits for its review. */
    draw: async (): Promise<void> => {
      await witnessAll(cast, missing);
      await cast.organiser.call(postLock, { params: { draw } });
      await witnessAll(cast, missing);
      goOnFrom('2026-12-01T21:40');
      await runDraw(cast, draw, new Set([drawn]));
    },
    close: () => running.close(),
  };
}
