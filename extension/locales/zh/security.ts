/** Words of keys, devices, and the question who is there before signing. */
export const security = {};
