import type { JsonObject } from '@gatehouse/sdk/contract';
import type { Finding } from '../finding.ts';

/**
 * A tool's own hints (MCP's `annotations`). They come from whoever wrote the tool: they raise what the tool is taken for,
 * and never lower it, so `readOnlyHint: true` is no evidence of anything.
 */
export function findInAnnotations(annotations: JsonObject | undefined): Finding[] {
  const hint = (name: string, says: string, finding: Omit<Finding, 'part' | 'says'>): Finding => ({
    ...finding,
    confidence: 'low',
    part: `tool.annotations.${name}`,
    says,
  });
  const found: Finding[] = [];
  if (annotations?.['readOnlyHint'] === false) {
    found.push(hint('readOnlyHint', 'the tool says that it changes something', { operation: 'write' }));
  }
  if (annotations?.['destructiveHint'] === true) {
    const finding = { operation: 'write', destructive: true } as const;
    found.push(hint('destructiveHint', 'the tool says that it may destroy', finding));
  }
  if (annotations?.['openWorldHint'] === true) {
    found.push(hint('openWorldHint', 'the tool says that it reaches the outside', { external: true }));
  }
  return found;
}
