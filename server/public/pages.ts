/** How many pages of the feed's size hold so many diaries. */
import { feedPageSize } from '../../shared/api/published.ts';

export const pagesOf = (total: number): number => Math.ceil(total / feedPageSize);
