/** `sundial invite`: prints an invitation, as the operator does who has no extension at hand. */
import { Refusal } from '../../shared/api/refusal.ts';
import { isUnitRole, type Role, roles } from '../../shared/organisation/role.ts';
import { parsed } from '../command-line.ts';
import { invite } from '../features/accounts/invitations.ts';
import { openContext } from '../open-context.ts';
import { readConfig } from './serve.ts';

const usage = `sundial invite --name N --role R [--unit U]
  R: ${roles.join(', ')}; leaders and handlers belong to a unit
`;

/** Who the audit names for an invitation made on the command line. */
const operator = { role: 'organiser', unit: null, actor: 'operator' } as const;

/** Exit codes: 0 printed, 1 refused, 2 wrong usage. */
export async function run(args: string[]): Promise<number> {
  const given = parsed({
    args,
    options: {
      name: { type: 'string' },
      role: { type: 'string' },
      unit: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (given === null) {
    process.stderr.write(usage);
    return 2;
  }
  const { values } = given;
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const role = roles.find((each): each is Role => each === values.role);
  if (values.name === undefined || role === undefined || isUnitRole(role) !== (values.unit !== undefined)) {
    process.stderr.write(usage);
    return 2;
  }
  const config = readConfig();
  if (config === null) return 2;
  const context = await openContext(config);
  try {
    const { link } = await invite(context, operator, {
      name: values.name,
      grants: [{ role, unit: values.unit ?? null }],
    });
    process.stdout.write(`${link}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`sundial invite: ${error.code}${error.field === undefined ? '' : ` ${error.field}`}\n`);
    return 1;
  } finally {
    await context.database.close();
  }
}
