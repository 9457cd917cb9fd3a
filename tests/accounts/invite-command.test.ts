/** `sundial invite` as an operator meets it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '../../server/commands/invite.ts';
import { Device } from '../../server/demo/device.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { getInvitations, getMe } from '../../shared/api/accounts.ts';
import { issuer, openServer, settings } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { beginLog, invitationSeen, worldOf } from '../fixtures/people.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The command on a test's database, in Chinese. */
function commandOn(opened: OpenedDatabase) {
  const config = join(opened.folder, 'sundial.config.json');
  writeFileSync(config, JSON.stringify(settings));
  const environment = { SUNDIAL_CONFIG: config, SUNDIAL_DATA: opened.folder, DATABASE_URL: opened.address };
  for (const [name, value] of Object.entries({ ...environment, SUNDIAL_ISSUER: issuer, LC_ALL: 'zh_CN.UTF-8' }))
    vi.stubEnv(name, value);
  return async (...args: string[]) => {
    const said = { out: '', err: '' };
    const into = (name: 'out' | 'err') => (chunk: unknown) => {
      said[name] += String(chunk);
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
    const code = await run(args);
    vi.restoreAllMocks();
    return { code, ...said };
  };
}

eachDatabase((_, open) => {
  test('who lost an invitation gets another with the same roles, and the lost one opens nothing any more', async () => {
    const opened = await open();
    const server = await openServer(opened);
    server.clock.ms = Date.now();
    const organiser = await beginLog(server);
    const invite = commandOn(opened);
    const lost = await invite('--name', '张伟', '--role', 'handler', '--unit', 'u02');
    expect(lost).toMatchObject({ code: 0, out: expect.stringContaining(`${issuer}/enrol#`) });
    expect(lost.err).toContain('张伟');
    const again = await invite('--again', '--name', '张 伟');
    expect(again.code).toBe(0);
    expect(again.err).toContain('之前的邀请若还没有激活，就此作废');
    // Also for a process whose clock is a minute behind.
    server.clock.ms -= 60_000;
    await expect(Device.claim(worldOf(server), lost.out.trim())).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
    const device = await Device.claim(worldOf(server), again.out.trim());
    const [row] = (await organiser.call(getInvitations)).rows;
    await organiser.activate(await invitationSeen(organiser, row?.id ?? ''));
    expect(await device.call(getMe)).toMatchObject({
      person: { name: '张伟' },
      grants: [{ role: 'handler', unit: 'u02', actor: 'h-u02' }],
    });
  });

  test('what cannot be done again is said in words, and nobody is invited', async () => {
    const opened = await open();
    const server = await openServer(opened);
    server.clock.ms = Date.now();
    const invite = commandOn(opened);
    const made = async () => (await server.context.database.db.selectFrom('invitation').select('id').execute()).length;
    await beginLog(server);
    for (const role of ['moderator', 'moderator', 'auditor']) await invite('--name', '王芳', '--role', role);
    const before = await made();
    const cases = [
      [['--again', '--name', '李娜'], 1, '没有给“李娜”发过这样的邀请'],
      [['--again', '--name', '王芳', '--role', 'reviewer'], 1, '没有给“王芳”发过这样的邀请'],
      [['--again', '--name', '王芳', '--role', 'moderator'], 1, '叫“王芳”的不止一位'],
      [['--name', '王芳', '--role', 'leader', '--unit', 'u99'], 1, '没有“u99”这个单位'],
      [['--name', '王芳', '--role', 'leader'], 2, '用法'],
      [['--name', '王芳', '--role', 'boss'], 2, '用法'],
      [['--name', '', '--role', 'auditor'], 2, '用法'],
      [['--name', '长'.repeat(61), '--role', 'auditor'], 2, '用法'],
    ] as const;
    for (const [args, code, words] of cases) {
      const said = await invite(...args);
      expect({ code: said.code, out: said.out }, args.join(' ')).toEqual({ code, out: '' });
      expect(said.err).toContain(words);
    }
    expect(await made()).toBe(before);
    expect(await invite('--again', '--name', '王芳', '--role', 'auditor')).toMatchObject({ code: 0 });
  });

  test('before the log has begun its first invitation is left to sundial init', async () => {
    const opened = await open();
    const server = await openServer(opened);
    const invite = commandOn(opened);
    await firstInvitation(server.context, '局长');
    const said = await invite('--again', '--name', '局长');
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.err).toContain('sundial init');
  });
});
