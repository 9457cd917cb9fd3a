/** Who may do what: one table, asked by server and screens alike. Roles are those of design.md 1. */

export const roles = ['leader', 'organiser', 'reviewer', 'moderator', 'handler', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Roles that sign records and therefore hold a log key of their own (verification.md 3). */
export const logRoles = ['leader', 'organiser', 'reviewer'] as const satisfies readonly Role[];
export type LogRole = (typeof logRoles)[number];

/** Roles that belong to one unit; the others stand outside every unit. */
export const unitRoles = ['leader', 'handler'] as const satisfies readonly Role[];

/** One role that a person holds. `actor` is the `iss` of what the role signs: the unit id for a leader, else an id of its own. */
export interface Grant {
  readonly role: Role;
  readonly unit: string | null;
  readonly actor: string;
}

const permissions = {
  'journal.write': ['leader'],
  'diary.mine': ['leader'],
  'acks.give': ['leader'],
  'records.sign': ['leader', 'organiser', 'reviewer'],
  'organisation.change': ['organiser'],
  'invitations.manage': ['organiser'],
  'draws.run': ['organiser'],
  'draws.read': ['leader', 'organiser', 'reviewer', 'moderator', 'handler', 'auditor'],
  'reviews.decide': ['reviewer'],
  'comments.moderate': ['moderator'],
  'comments.reply': ['handler', 'leader'],
  'mentions.answer': ['reviewer'],
  'tickets.register': ['moderator'],
  'tickets.dispatch': ['organiser'],
  'tickets.handle': ['handler'],
  'tickets.read': ['moderator', 'organiser', 'handler', 'auditor'],
  'tickets.close': ['moderator'],
  'rates.read': ['organiser', 'moderator', 'handler', 'auditor'],
  'dossiers.make': ['organiser'],
  'dossiers.mine': ['leader'],
  'audit.read': ['auditor', 'organiser'],
  'identities.open': ['auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

/** Whether a role may do an action. */
export function can(role: Role, action: Action): boolean {
  const allowed: readonly Role[] = permissions[action];
  return allowed.includes(role);
}

/** The first grant that allows the action, or null: several roles may be held by one person. */
export function grantFor(grants: readonly Grant[], action: Action): Grant | null {
  return grants.find((grant) => can(grant.role, action)) ?? null;
}

/** Whether a role signs records and needs a log key. */
export function isLogRole(role: Role): role is LogRole {
  return (logRoles as readonly Role[]).includes(role);
}

/** Whether a role belongs to one unit. */
export function isUnitRole(role: Role): boolean {
  return (unitRoles as readonly Role[]).includes(role);
}
