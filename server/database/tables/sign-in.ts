/** Sign-in of readers. Times are Unix seconds. Secrets are kept as b64u(SHA-256); `identity` is sealed under a key outside the database
 *  (identity/seal.ts), each time anew, so that equal persons do not look equal. */

/** A sign-in under way, from the opened window to the token. */
export interface SignInTable {
  /** Of the `state` that travels through the provider or the forms. */
  state_hash: string;
  /** b64u(SHA-256) of what only the widget knows. */
  challenge: string;
  /** Of the page that asked: the only one that is handed anything. */
  origin: string;
  lang: 'zh' | 'en';
  /** `open`: at the provider, or a number is asked for; `called`: its answer is being judged, or a message is under way; `ready`: a code waits to be
   *  changed. */
  stage: 'open' | 'called' | 'ready';
  /** Wrong codes. */
  tries: number;
  code_hash: string | null;
  digits_hash: string | null;
  identity: string | null;
  expires_at: number;
}

interface ReaderSessionTable {
  /** Of the token. */
  hash: string;
  identity: string;
  expires_at: number;
}

/** Who is behind a comment. */
interface ReaderIdentityTable {
  comment: string;
  identity: string;
  at: number;
}

export interface SignInTables {
  sign_in: SignInTable;
  reader_session: ReaderSessionTable;
  reader_identity: ReaderIdentityTable;
}
