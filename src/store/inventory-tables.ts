import type { Generated } from 'kysely';

export type SourceKind = 'mcp' | 'openapi' | 'tools';

/** Where the capabilities of a server were read last, by whom. */
export interface InventorySourcesTable {
  server: string;
  kind: SourceKind;
  location: string;
  version: string | null;
  imported_at: number;
  imported_by: string;
}

/** Every definition that was ever seen, by its digest, so that what changed can be shown. */
export interface ToolDefinitionsTable {
  digest: string;
  tool_json: string;
}

export interface CapabilitiesTable {
  id: string;
  server: string;
  name: string;
  /** Of the definition in the last import that had it. */
  digest: string;
  /** Of the definition that was accepted, or, while nobody has looked, of the first. */
  baseline_digest: string;
  first_seen_at: number;
  last_seen_at: number;
  /** When an import of its server first came without it; null while it is there. */
  gone_at: number | null;
  accepted_at: number | null;
  accepted_by: string | null;
  accept_reason: string | null;
}

export interface InventoryEventsTable {
  seq: Generated<number>;
  kind: 'imported' | 'accepted';
  server: string;
  actor: string;
  at: number;
  data_json: string;
}
