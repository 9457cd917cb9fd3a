/** Words of reminders and notices. */
export const notices = {};
