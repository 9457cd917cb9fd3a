/** Rows beside a comment: photos, readers' reports, mentions, and what proof of work needs. Times are Unix seconds; `unproven` is 0 or 1. */
import type { RejectionReason } from '../../../shared/feedback/comment.ts';

/** The JPEG of a report, base64; gone with rejection, removal and withdrawal. */
export interface CommentPhotoTable {
  comment: string;
  sha256: string;
  width: number;
  height: number;
  bytes: string;
}

/** That a reader reported a comment. `reader` is b64u(SHA-256) of the number that the reader's browser keeps and the comment's id, so that
 *  two reports of one reader cannot be told to be. */
export interface CommentFlagTable {
  comment: string;
  reader: string;
  reason: RejectionReason;
  unproven: number;
  at: number;
  decide_by: number;
  closed_at: number | null;
}

/** Somebody says that a diary names them. `text` is empty once withdrawn. */
export interface MentionTable {
  id: string;
  number: string;
  code_hash: string;
  draw: string;
  unit: string;
  item: number | null;
  text: string;
  state: 'waiting' | 'answered' | 'withdrawn';
  version: number;
  unproven: number;
  at: number;
  decide_by: number;
  answer: string | null;
  answered_by: string | null;
  answered_at: number | null;
}

/** A challenge that was used, until it would be too old anyway. */
interface UsedChallengeTable {
  nonce: string;
  until: number;
}

/** Secrets that the server makes for itself and every process shares: `challenge` signs challenges. */
interface ServerSecretTable {
  name: string;
  secret: string;
}

export interface TalkTables {
  comment_photo: CommentPhotoTable;
  comment_flag: CommentFlagTable;
  mention: MentionTable;
  used_challenge: UsedChallengeTable;
  server_secret: ServerSecretTable;
}
