import type { Finding } from '../finding.ts';
import { tokenize } from '../tokens.ts';
import { effectsOf } from './effects.ts';
import type { SchemaReading } from './schema.ts';
import { changing } from './verbs.ts';

const PART = 'tool.inputSchema';
const MAX_FOUND = 20;

/**
 * What the arguments of a tool say. `isChosen`: the call itself says which of the tool's operations it wants; otherwise the
 * tool is what the strictest of them is. `reads`: the tool reads by its other signs, so that a `dry_run` is none.
 */
export function findInSchema(
  schema: SchemaReading,
  { isChosen, reads }: { isChosen: boolean; reads: boolean },
): Finding[] {
  const { writes, chooser } = schema;
  const found: Finding[] = [];
  if (writes !== undefined && !reads) {
    found.push({ operation: 'write', confidence: 'low', part: `${PART}.${writes}`, says: `it takes "${writes}"` });
  }
  if (chooser === undefined || isChosen) return found;
  const part = `${PART}.${chooser.name}`;
  if (chooser.values.length === 0 && !reads) {
    found.push({
      destructive: true,
      part,
      says: `what it may do is chosen by "${chooser.name}", which takes anything`,
    });
  }
  for (const value of chooser.values) {
    const words = tokenize(value.slice(0, 100));
    for (const word of words) {
      const operation = changing(word);
      if (operation === undefined || found.length >= MAX_FOUND) continue;
      found.push({
        ...effectsOf(word, operation, words),
        operation,
        confidence: 'low',
        part,
        says: `it may be "${value}"`,
      });
    }
  }
  return found;
}

/** For a call of which nothing else is known: that it chooses one of the tool's operations that only read. */
export function findChoice(value: string): Finding[] {
  return [{ operation: 'read', confidence: 'medium', part: 'context', says: `it chooses "${value}"` }];
}
