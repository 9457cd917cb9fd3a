/** Words of images of an entry. */
export const images = {};
