import type { Json } from '@gatehouse/sdk/contract';
import type { Effect, Place } from '../read/effect.ts';
import { unknownStatement } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { at, fieldsOf, listOf, nodeOf, textOf } from '../read/tree.ts';
import { readDefinition } from './definitions.ts';
import { isOn, tableOf } from './nodes.ts';
import { readQuery } from './query.ts';
import { readSession } from './session.ts';
import type { Source } from './source.ts';

type Read = (node: Fields, source: Source, place: Place) => Effect[];

const query =
  (kind: string): Read =>
  (node, source, place) =>
    readQuery({ [kind]: node }, source, place);

const STATEMENTS: Readonly<Record<string, Read>> = {
  SelectStmt: query('SelectStmt'),
  InsertStmt: query('InsertStmt'),
  UpdateStmt: query('UpdateStmt'),
  DeleteStmt: query('DeleteStmt'),
  MergeStmt: query('MergeStmt'),
  ExplainStmt: (node, source, place) => {
    const found = inner(node['query'], source, place);
    return isOn(node['options'], 'analyze') ? found : [];
  },
  PrepareStmt: (node, source, place) => {
    const name = textOf(node['name']);
    source.prepared.add(name);
    const says = `it prepares the statement ${name} in the session`;
    return [...inner(node['query'], source, place), { operation: 'write', confidence: 'high', at: place, says }];
  },
  ExecuteStmt: (node, source, at) => {
    const name = textOf(node['name']);
    const params = readQuery(node['params'] ?? null, source);
    if (source.prepared.has(name)) return params;
    return [
      ...params,
      {
        operation: 'execute',
        confidence: 'high',
        irreversible: true,
        at,
        says: `it runs the prepared statement ${name}`,
      },
    ];
  },
  DeclareCursorStmt: (node, source, place) => {
    source.cursors.add(textOf(node['portalname']));
    return inner(node['query'], source, place);
  },
  FetchStmt: (node, source, at) => {
    const name = textOf(node['portalname']);
    if (source.cursors.has(name)) return [];
    return [
      {
        operation: 'read',
        confidence: 'low',
        at,
        says: `it reads on from the cursor ${name}, which was opened elsewhere`,
      },
    ];
  },
  CallStmt: (node, source, place) => {
    const name = listOf(at(node, 'funccall', 'funcname')).map((part) => textOf(at(part, 'String', 'sval')));
    const params = readQuery(at(node, 'funccall', 'args') ?? null, source);
    return [
      ...params,
      {
        operation: 'execute',
        confidence: 'high',
        irreversible: true,
        at: place,
        says: `it calls the procedure ${name.join('.')}`,
      },
    ];
  },
  DoStmt: (_, __, at) => [
    {
      operation: 'execute',
      destructive: true,
      irreversible: true,
      confidence: 'high',
      at,
      says: 'it runs a block of code',
    },
  ],
  CopyStmt: copy,
  TruncateStmt: (node, source, at) => {
    const tables = listOf(node['relations']).map((table) => tableOf(table));
    for (const table of tables) source.names.addTable(table);
    const says = `it empties ${tables.join(', ').slice(0, 200)}`;
    return [{ operation: 'delete', destructive: true, irreversible: true, reach: 'all', confidence: 'high', at, says }];
  },
  TransactionStmt: (node, { transactions }, place) => {
    const chain = node['chain'] === true;
    switch (node['kind']) {
      case 'TRANS_STMT_BEGIN':
      case 'TRANS_STMT_START':
        return transactions.begin(place);
      case 'TRANS_STMT_COMMIT':
      case 'TRANS_STMT_ROLLBACK':
        return transactions.end(place, chain);
      case 'TRANS_STMT_SAVEPOINT':
      case 'TRANS_STMT_RELEASE':
      case 'TRANS_STMT_ROLLBACK_TO':
        return transactions.inside(place);
      default:
        transactions.end(place);
        return [{ operation: 'write', confidence: 'high', at: place, says: 'it is a step of a two-phase commit' }];
    }
  },
};

/** What one statement of PostgreSQL does. One that is not known counts as something that runs. */
export function readStatement(kind: string, node: Json, source: Source, place: Place): Effect[] {
  const fields = fieldsOf(node) ?? {};
  const read = Object.hasOwn(STATEMENTS, kind) ? STATEMENTS[kind] : undefined;
  if (read !== undefined) return read(fields, source, place);
  const found = readSession(kind, fields, source, place) ?? readDefinition(kind, fields, source, place);
  return found ?? [unknownStatement(kind, place)];
}

function inner(node: Json | undefined, source: Source, place: Place): Effect[] {
  const statement = nodeOf(node);
  return statement === undefined ? [] : readStatement(statement.kind, statement.node, source, place);
}

function copy(node: Fields, source: Source, place: Place): Effect[] {
  const table = tableOf(node['relation']);
  if (table !== '') source.names.addTable(table);
  const found = node['query'] === undefined ? [] : inner(node['query'], source, place);
  const file = textOf(node['filename']).slice(0, 100);
  const common = { confidence: 'high', at: place } as const;
  if (node['is_program'] === true) {
    const says = `it runs "${file}" on the machine of the server`;
    found.push({ ...common, operation: 'execute', destructive: true, irreversible: true, external: true, says });
  }
  if (node['is_from'] === true)
    return [...found, { ...common, operation: 'write', says: `it loads rows into ${table}` }];
  if (file !== '' && node['is_program'] !== true) {
    const says = `it writes the file "${file}" on the machine of the server`;
    found.push({ ...common, operation: 'execute', destructive: true, irreversible: true, external: true, says });
  }
  return found;
}
