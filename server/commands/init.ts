/** `sundial init`: prints the one invitation that begins the log. */
import { Refusal } from '../../shared/api/refusal.ts';
import { openContext } from '../context.ts';
import { firstInvitation } from '../features/accounts/first-invitation.ts';
import { readConfig } from './serve.ts';

/** Exit codes: 0 printed, 1 the log has begun already, 2 the configuration does not fit. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write('sundial init\n');
    return 0;
  }
  const config = readConfig();
  if (config === null) return 2;
  const context = await openContext(config);
  try {
    const { link, expiresAt } = await firstInvitation(context);
    process.stdout.write(`${link}\n`);
    process.stderr.write(
      `组织部门的第一张邀请，${new Date(expiresAt * 1000).toISOString()} 前有效。请在扩展里粘贴。 / The organiser's first invitation: paste it into the extension.\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'ALREADY_DONE') throw error;
    process.stderr.write(
      '存证日志已经开始，请由组织部门在扩展里邀请。 / The log has begun: an organiser invites from the extension.\n',
    );
    return 1;
  } finally {
    await context.database.close();
  }
}
