/** Words of images of an entry. */
import type { images as zh } from '../zh/images.ts';

export const images: typeof zh = {};
