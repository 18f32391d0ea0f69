import type { Json } from '@gatehouse/sdk/contract';
import { callOf } from '../functions/call.ts';
import type { Effect, Place } from '../read/effect.ts';
import { deleteOf, updateOf } from '../read/row-changes.ts';
import type { Fields } from '../read/tree.ts';
import { at, fieldsOf, listOf, nodeOf, textOf } from '../read/tree.ts';
import { walkTree } from '../read/walk.ts';
import { conditionOf } from './condition.ts';
import { nameOf, numberOf, partsOf, tableOf } from './nodes.ts';
import type { Source } from './source.ts';

type Look = (node: Fields, source: Source, place: Place | undefined) => Effect[];

/** Nodes that do something wherever in a query they stand. */
const NODES: Readonly<Record<string, Look>> = {
  Function: called,
  TableFunction: (node, source) => (node['name'] === undefined ? [] : called(node, source)),
  Table: (node, source) => {
    source.names.addTable(nameOf(node['name']));
    return fieldsOf(node['args']) === undefined ? [] : called(node, source);
  },
  Insert: insert,
  Update: update,
  Delete: remove,
  Merge: merge,
  into: (node) => {
    const table = nameOf(node['name']);
    if (table === '') return [];
    const says = `it makes or fills ${table} with what it reads`;
    return [{ operation: /^[#@]/.test(table) ? 'write' : 'administer', confidence: 'high', says }];
  },
  BinaryOp: (node) =>
    node['op'] === 'Assignment'
      ? [{ operation: 'write', confidence: 'high', says: 'it sets a variable of the session' }]
      : [],
};

/** What a query does, with everything in it. `place` is that of the statement; parts that write within it have none. */
export function readQuery(root: Json, source: Source, place?: Place): Effect[] {
  const found: Effect[] = [];
  walkTree(root, (kind, value) => {
    if (kind === 'locks' && listOf(value).length > 0) found.push(locks(place));
    if (kind === 'CompoundIdentifier') found.push(...sequence(value, source));
    const node = fieldsOf(value);
    if (node === undefined) return true;
    if (kind === 'Identifier') source.names.addColumn(textOf(node['value']));
    const look = Object.hasOwn(NODES, kind) ? NODES[kind] : undefined;
    if (look !== undefined) found.push(...look(node, source, place));
    return kind !== 'span';
  });
  return found;
}

function called(node: Fields, source: Source): Effect[] {
  const first = at(node, 'name', 0, 'Identifier');
  return callOf({ name: partsOf(node['name']), at: source.placeOf(first), dialect: source.dialect });
}

function sequence(value: Json, source: Source): Effect[] {
  const parts = partsOf(value);
  source.names.addColumn(parts.join('.'));
  if (parts.at(-1)?.toLowerCase() !== 'nextval') return [];
  return [
    { operation: 'write', irreversible: true, confidence: 'high', says: `${parts.join('.')} moves a sequence on` },
  ];
}

function locks(place: Place | undefined): Effect {
  return { operation: 'write', confidence: 'high', ...atPlace(place), says: 'it locks the rows that it reads' };
}

function insert(node: Fields, source: Source, place: Place | undefined): Effect[] {
  // The same word wraps a statement in a query, and names a right in a GRANT.
  if (node['table'] === undefined) return [];
  const table = tableOf(node['table']) || 'what a function gives';
  const rows = listOf(at(node, 'source', 'body', 'Values', 'rows')).length;
  const reach = rows === 0 ? {} : { reach: rows === 1 ? ('one' as const) : ('many' as const) };
  const where = atPlace(place);
  const found: Effect[] = [
    { operation: 'write', confidence: 'high', ...reach, ...where, says: `it inserts into ${table}` },
  ];
  const external = at(node, 'table', 'TableFunction') !== undefined;
  if (external)
    found.push({
      operation: 'write',
      external: true,
      confidence: 'high',
      ...where,
      says: 'it writes to another place',
    });
  if (node['overwrite'] === true) {
    found.push({
      operation: 'delete',
      destructive: true,
      irreversible: true,
      reach: 'all',
      confidence: 'high',
      ...where,
      says: `it overwrites ${table}`,
    });
  }
  if (node['replace_into'] === true || node['or'] === 'Replace' || fieldsOf(node['on']) !== undefined) {
    found.push({
      operation: 'write',
      irreversible: true,
      confidence: 'high',
      ...where,
      says: `it replaces rows of ${table} that exist`,
    });
  }
  source.names.addTable(table);
  return found;
}

function update(node: Fields, _: Source, place: Place | undefined): Effect[] {
  if (node['table'] === undefined) return [];
  return [updateOf({ ...scope(node, [node['table']], place), table: tableOf(node['table']) })];
}

function remove(node: Fields, _: Source, place: Place | undefined): Effect[] {
  const from = listOf(nodeOf(node['from'])?.node);
  if (from.length === 0) return [];
  const table = nameOf(at(node, 'tables', 0)) || tableOf(from[0]);
  return [deleteOf({ ...scope(node, from, place), table })];
}

function scope(node: Fields, tables: readonly (Json | undefined)[], place: Place | undefined) {
  const joins = tables.some((table) => listOf(at(table, 'joins')).length > 0);
  const joined =
    joins ||
    fieldsOf(node['using']) !== undefined ||
    listOf(node['using']).length > 0 ||
    fieldsOf(node['from'])?.['AfterSet'] !== undefined;
  const selection = node['selection'] ?? undefined;
  const where = selection === undefined ? undefined : conditionOf(selection);
  return {
    where: where ?? (joined ? ({ is: 'other' } as const) : undefined),
    limit: numberOf(node['limit'] ?? undefined) ?? numberOf(at(node, 'top', 'quantity')),
    at: place,
  };
}

function merge(node: Fields, _: Source, place: Place | undefined): Effect[] {
  if (node['clauses'] === undefined) return [];
  const table = tableOf(node['table']);
  const common = { confidence: 'high', ...atPlace(place) } as const;
  const found: Effect[] = [{ ...common, operation: 'write', irreversible: true, says: `it merges into ${table}` }];
  const actions = listOf(node['clauses']).map((clause) => at(clause, 'action'));
  const deletes = actions.some(
    (action) =>
      action === 'Delete' ||
      at(action, 'Delete') !== undefined ||
      fieldsOf(at(action, 'Update', 'delete_predicate')) !== undefined,
  );
  if (deletes)
    found.push({
      ...common,
      operation: 'delete',
      destructive: true,
      irreversible: true,
      says: `it deletes rows of ${table}`,
    });
  return found;
}

function atPlace(place: Place | undefined): { at?: Place } {
  return place === undefined ? {} : { at: place };
}
