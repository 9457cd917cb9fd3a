/** Words of `sundial invite` in English. */
import { roles } from '../../../shared/organisation/role.ts';
import type { InviteWords } from '../zh/invite.ts';

export const invite: InviteWords = {
  usage: `sundial invite --name N --role R [--unit U]              invites somebody
sundial invite --again --name N [--role R] [--unit U]    lost or expired: a new invitation for the same person with the same roles;
                                                         the earlier one ends, unless its device is active

R: ${roles.join(', ')}; leaders and handlers belong to a unit. Names have at most 60 letters.
The link comes on standard output, is good for 72 hours and works once.
Exit codes: 0 printed, 1 not invited, 2 wrong usage.
`,
  until: (name, moment) => `An invitation for ${name}, good until ${moment}. Give it to nobody else.`,
  replaced: 'The earlier invitation has ended, unless its device is active.',
  unitUnknown: (unit) =>
    `There is no unit “${unit}”. Check its id; a new unit is added in the desk's settings or by sundial import units.`,
  noneBefore: (name) =>
    `No such invitation was made for “${name}”. Check name and role; a first invitation is made with --role, without --again.`,
  several: (name) =>
    `Several people are called “${name}”. Say which one by --role and --unit; where that does not tell them apart, the organiser invites again in the desk, under People.`,
  first: 'The log has not begun. Get its first invitation anew by sundial init; the earlier one ends with that.',
};
