/** Who is signed in to the console. Times are milliseconds since the epoch. */
export interface SessionsTable {
  /** SHA-256 of the secret that the browser holds, so that whoever reads the table can sign in as nobody. */
  id: string;
  /** A session, or a link that opens one, once. */
  kind: 'session' | 'link';
  /** How its holder signed in; of a link, how whoever follows it will have. */
  via: 'key' | 'link' | 'oidc';
  /** The key that it is worth as much as; null for a person of the provider. */
  key_id: string | null;
  /** The person of the provider, by the name in `people`; null for the holder of a key. */
  person: string | null;
  /** The groups of that person at the provider, when they signed in. */
  groups_json: string | null;
  /** What tells the provider whom to sign out. */
  id_token: string | null;
  /** What was being typed when a sign-in was asked for; see `Draft` in `sign-in-drafts`. */
  draft_json: string | null;
  /** When its holder last proved who they are; 0 where the provider does not say. */
  authenticated_at: number;
  created_at: number;
  /** When its holder last did something, to the minute. */
  seen_at: number;
  expires_at: number;
  /** When it was signed out of, or the link was used. */
  ended_at: number | null;
}

/** Who has signed in by a provider. The name stays with the subject that came with it first. */
export interface PeopleTable {
  name: string;
  issuer: string;
  subject: string;
  created_at: number;
  /** The groups that the provider gave them last; null for somebody who has not signed in since they are kept. */
  groups_json: string | null;
  /** When it gave them: the last time that they came by it, whether that let them in or not. */
  groups_at: number | null;
}

/** Sign-ins that are under way at a provider. A row is gone with the first that comes back for it. */
export interface SignInsTable {
  /** SHA-256 of the secret that the browser holds. */
  id: string;
  data_json: string;
  expires_at: number;
}
