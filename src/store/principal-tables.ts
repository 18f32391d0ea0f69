/** Who is known here by name. Every key's holder is; so is whoever was given an owner, a parent or a place. */
export interface PrincipalsTable {
  name: string;
  kind: 'agent' | 'person' | 'service';
  /** Who answers for it. */
  owner: string | null;
  team: string | null;
  /** Labels that rules may match; null for none. */
  tags_json: string | null;
  /** Where an agent runs, e.g. `production`. */
  environment: string | null;
  /** The agent on whose behalf it acts. */
  parent: string | null;
  created_at: number;
  /** From when on none of its keys is known any more; null as long as they are. */
  disabled_at: number | null;
}
