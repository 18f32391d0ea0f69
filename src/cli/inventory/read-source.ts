import type { ToolDefinition } from '../../decide/tool-digest.ts';

/** What was read of a source, ready to be sent to the gate. */
export interface ReadSource {
  kind: 'mcp' | 'openapi' | 'tools';
  /** What the source calls itself. */
  title: string;
  version: string | undefined;
  /** Where it was read, without secrets. */
  location: string;
  tools: ToolDefinition[];
  /** What is wrong with the source and does not keep it from being read. */
  warnings: string[];
}
