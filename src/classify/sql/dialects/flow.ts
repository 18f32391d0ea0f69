import type { Json } from '@gatehouse/sdk/contract';
import type { Effect, Place } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { fieldsOf, listOf } from '../read/tree.ts';
import { walkTree } from '../read/walk.ts';
import { readQuery } from './query.ts';
import type { Source } from './source.ts';

const BRANCHES = new Set(['If', 'While', 'Case', 'BeginEnd', 'Loop', 'Repeat', 'For', 'Begin']);
const HARMLESS = new Set([
  ...['Declare', 'Assert', 'Print', 'Raise', 'RaisError', 'Return', 'Throw', 'ThrowStatement'],
  ...['Open', 'Close', 'Fetch', 'Leave', 'Iterate'],
]);

/** Blocks, branches and transactions: what they hold is read statement by statement; undefined for others. */
export function readFlow(
  kind: string,
  node: Fields,
  source: Source,
  place: Place,
  read: (statement: Json, source: Source, place: Place) => Effect[],
): Effect[] | undefined {
  const { transactions } = source;
  if (kind === 'StartTransaction') {
    // BEGIN … END of a script has the same name as the beginning of a transaction.
    const block = node['has_end_keyword'] === true;
    return [...(block ? [] : transactions.begin(place)), ...held(node, source, place, read)];
  }
  if (kind === 'Commit') return transactions.end(place, node['chain'] === true);
  if (kind === 'Rollback') {
    const savepoint = fieldsOf(node['savepoint']) !== undefined;
    return savepoint ? transactions.inside(place) : transactions.end(place, node['chain'] === true);
  }
  if (kind === 'Savepoint' || kind === 'ReleaseSavepoint') return transactions.inside(place);
  if (HARMLESS.has(kind)) return readQuery({ held: node }, source, place);
  if (kind === 'WaitFor') {
    return [{ operation: 'execute', confidence: 'high', at: place, says: 'it holds the connection up' }];
  }
  return BRANCHES.has(kind) ? held(node, source, place, read) : undefined;
}

/** The statements of a block, at any depth, and the expressions beside them. */
function held(
  node: Fields,
  source: Source,
  place: Place,
  read: (statement: Json, source: Source, place: Place) => Effect[],
): Effect[] {
  const found: Effect[] = [];
  walkTree({ block: node }, (name, value) => {
    if (name === 'statements') {
      found.push(...listOf(value).flatMap((statement) => read(statement, source, place)));
      return false;
    }
    if (name === 'condition' || name === 'match_expr') {
      found.push(...readQuery({ condition: value }, source, place));
      return false;
    }
    return true;
  });
  return found;
}
