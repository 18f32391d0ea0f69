/** Standing permissions, as people gave them. Of a row only `used` and the revocation ever change. */
export interface GrantsTable {
  /** Made from the id of the approval that it came with: an approval gives one at most. */
  id: string;
  name: string;
  agent: string;
  type: string;
  target: string;
  /** What an action must have in its arguments to fit. */
  arguments_json: string;
  /** 1 where it must have nothing beside. */
  exact: number;
  /** The ids of the rules that people were asked for. */
  rules_json: string;
  uses: number;
  used: number;
  approval_id: string;
  given_by: string;
  given_at: number;
  expires_at: number;
  revoked_by: string | null;
  revoked_at: number | null;
}
