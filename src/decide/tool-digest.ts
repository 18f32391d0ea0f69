import type { Tool } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/** A tool as its server describes it, without the server's name. */
export type ToolDefinition = Omit<Tool, 'server'>;

/**
 * The identity of a tool's definition: `sha256:` and the hex SHA-256 of the canonical JSON (RFC 8785) of its name,
 * description, schema and annotations. Throws for what JSON cannot hold.
 */
export function digestTool({ name, description, inputSchema, annotations }: ToolDefinition): string {
  const canonical = canonicalize({ name, description, inputSchema, annotations }) ?? '';
  return `sha256:${createHash('sha256').update(canonical, 'utf8').digest('hex')}`;
}
