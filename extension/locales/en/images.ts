/** Words of images of an entry. */
import type { images as zh } from '../zh/images.ts';

export const images: typeof zh = {
  title: 'Images',
  add: 'Add an image',
  addHint: 'Or drop or paste it; where it was taken is not kept',
  dropHere: 'Let go to add it to this entry',
  alt: 'What it shows',
  altHint: 'One line; the image counts once it is written',
  waits: (count) =>
    count === 1
      ? '1 image has no description and is not part of the entry yet'
      : `${count} images have no description and are not part of the entry yet`,
  working: (at, total) => `Working on ${at} of ${total}`,
  stop: 'Stop',
  stopped: (left) => `Stopped; ${left} left undone.`,
  file: {
    LARGE: 'Over 50 MB, not opened. Make it smaller first.',
    HEIC: 'This browser cannot open HEIC. Save it as JPEG on the phone first.',
    UNREADABLE: 'No readable image, or the file is damaged. JPEG, PNG and WebP work.',
    DENSE: 'It does not get below 1 MB. Crop it first.',
  },
  fileProblem: (name, sentence) => `${name}: ${sentence}`,
  problem: {
    TOO_MANY: 'An entry takes at most 20 images.',
    ALT_MISSING: 'Say in one line what it shows. If the image should go, remove it.',
  },
  earlier: 'Move forward',
  later: 'Move back',
  remove: 'Remove',
  removed: (alt) => `Removed '${alt}'`,
  enlarge: (alt) => `Enlarge: ${alt}`,
  noAlt: 'no description yet',
  elsewhere: 'The image is on another device and has not been fetched',
  fetch: 'Fetch it',
  heldStay: 'Images of a withheld entry stay on this device and in its backup.',
};
