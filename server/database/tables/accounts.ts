/** Rows of people, their devices and their way in (design.md 5 "Officials' sign-in"). */

interface PersonTable {
  id: string;
  name: string;
  /** The name by which a second invitation finds the same person. */
  match: string;
  added_at: number;
}

/** Which actor ids are given, and to whom. */
interface ActorTable {
  actor: string;
  role: string;
  unit: string | null;
  person: string;
}

/** An invitation. `grants` and `log_keys` are JSON (`GrantRow[]`, `LogKeyClaim[]`). The code's first half finds the row, its second half is
 *  kept as a hash only. `state` is invited, claimed or active; expired follows from `expires_at` and `wrong`. */
export interface InvitationTable {
  id: string;
  locator: string;
  code_hash: string;
  person: string;
  name: string;
  grants: string;
  state: string;
  first: number;
  wrong: number;
  created_at: number;
  expires_at: number;
  device: string | null;
  log_keys: string;
}

/** One browser profile. `grants` is JSON: what this device may do. `state` is claimed, active or revoked. */
export interface DeviceTable {
  id: string;
  kid: string;
  jwk: string;
  person: string;
  invitation: string;
  grants: string;
  state: string;
  added_at: number;
  last_seen: number | null;
}

interface AccessTokenTable {
  hash: string;
  device: string;
  expires_at: number;
}

/** A client assertion that was used. */
interface AssertionTable {
  subject: string;
  jti: string;
  expires_at: number;
}

export interface AccountTables {
  person: PersonTable;
  actor: ActorTable;
  invitation: InvitationTable;
  device: DeviceTable;
  access_token: AccessTokenTable;
  assertion: AssertionTable;
}
