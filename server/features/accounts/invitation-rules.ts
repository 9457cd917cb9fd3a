/** How long an invitation may be claimed and activated, in seconds, and after how many wrong codes it is void. */
export const invitationSeconds = 72 * 3600;
export const wrongCodesAllowed = 5;

/** Everything that gives ids to people waits for this lock. */
export const accountsLock = 'accounts';
