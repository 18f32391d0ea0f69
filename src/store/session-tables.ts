/** Who is signed in to the console. Times are milliseconds since the epoch. */
export interface SessionsTable {
  /** SHA-256 of the secret that the browser holds, so that whoever reads the table can sign in as nobody. */
  id: string;
  /** A session, or a link that opens one, once. */
  kind: 'session' | 'link';
  key_id: string;
  created_at: number;
  expires_at: number;
  /** When it was signed out of, or the link was used. */
  ended_at: number | null;
}
