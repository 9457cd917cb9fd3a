/** Rows of the review: waves of copies, appeals, and who has an item open. Times are Unix seconds. */
import type { AppealState } from '../../../shared/feedback/moderation.ts';

/** A wave of copies: the marks of its first comment (shared/feedback/similar.ts). `signature` is JSON. */
interface CommentWaveTable {
  wave: string;
  comment: string;
  signature: string;
  at: number;
}

interface CommentWaveKeyTable {
  key: string;
  wave: string;
}

/** That a moderator has an item open, until then unless said again. */
interface CommentLeaseTable {
  comment: string;
  actor: string;
  until: number;
}

/** The author's one appeal against a rejection or removal. `words` with private numbers masked, empty once erased; `against`: the actor whose
 *  decision it is; `note` is told to the author. */
export interface CommentAppealTable {
  comment: string;
  words: string;
  state: AppealState;
  against: string | null;
  at: number;
  decide_by: number;
  decided_by: string | null;
  decided_at: number | null;
  note: string | null;
}

export interface ModerationTables {
  comment_wave: CommentWaveTable;
  comment_wave_key: CommentWaveKeyTable;
  comment_lease: CommentLeaseTable;
  comment_appeal: CommentAppealTable;
}
