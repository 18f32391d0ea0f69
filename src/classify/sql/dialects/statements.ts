import type { Json } from '@gatehouse/sdk/contract';
import type { Effect, Place } from '../read/effect.ts';
import { unknownStatement } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { at, fieldsOf, listOf, nodeOf } from '../read/tree.ts';
import { readDefinition } from './definitions.ts';
import { readFlow } from './flow.ts';
import { nameOf } from './nodes.ts';
import { readPragma } from './pragma.ts';
import { readQuery } from './query.ts';
import { readSession } from './session.ts';
import type { Source } from './source.ts';

type Read = (node: Fields, source: Source, place: Place) => Effect[];

const query =
  (kind: string): Read =>
  (node, source, place) =>
    readQuery({ [kind]: node }, source, place);

/** Procedures of SQL Server that only show what is there. */
const SHOWING = new Set(
  `sp_help sp_helptext sp_helpdb sp_helpindex sp_helpconstraint sp_helpfile sp_helpuser sp_helprole sp_helplogins sp_who sp_who2
   sp_columns sp_tables sp_databases sp_pkeys sp_fkeys sp_statistics sp_stored_procedures sp_spaceused sp_lock
   sp_describe_first_result_set sp_sproc_columns sp_server_info sp_depends`.split(/\s+/),
);

const STATEMENTS: Readonly<Record<string, Read>> = {
  Query: query('Query'),
  Insert: query('Insert'),
  Update: query('Update'),
  Delete: query('Delete'),
  Merge: query('Merge'),
  Explain: (node, source, place) => {
    const found = inner(node['statement'], source, place);
    return runsWhatItExplains(node) ? found : [];
  },
  Prepare: (node, source, place) => inner(node['statement'], source, place),
  Execute: execute,
  Call: (node, source, place) => [
    ...readQuery(node['args'] ?? null, source),
    {
      operation: 'execute',
      irreversible: true,
      confidence: 'high',
      at: place,
      says: `it calls the procedure ${nameOf(node['name'])}`,
    },
  ],
  Pragma: readPragma,
  Copy: copy,
  CopyIntoSnowflake: (node, _, place) => {
    const into = nameOf(node['into']);
    const leaves = node['kind'] === 'Location' ? ({ external: true, irreversible: true } as const) : {};
    return [{ operation: 'write', ...leaves, confidence: 'high', at: place, says: `it copies into ${into}` }];
  },
  Truncate: (node, source, place) => {
    const tables = listOf(node['table_names']).map((table) => nameOf(at(table, 'name')));
    for (const table of tables) source.names.addTable(table);
    const says = `it empties ${tables.join(', ').slice(0, 200)}`;
    return [
      { operation: 'delete', destructive: true, irreversible: true, reach: 'all', confidence: 'high', at: place, says },
    ];
  },
};

/** What one statement of another dialect does. One that is not known counts as something that runs. */
export function readStatement(statement: Json, source: Source, place: Place): Effect[] {
  const { kind, node } = nodeOf(statement) ?? { kind: 'nothing', node: null };
  const fields = fieldsOf(node) ?? {};
  const read = Object.hasOwn(STATEMENTS, kind) ? STATEMENTS[kind] : undefined;
  if (read !== undefined) return read(fields, source, place);
  const found =
    readFlow(kind, fields, source, place, readStatement) ??
    readSession(kind, fields, source, place) ??
    readDefinition(kind, node, source, place);
  return found ?? [unknownStatement(kind, place)];
}

function inner(statement: Json | undefined, source: Source, place: Place): Effect[] {
  return statement === undefined || statement === null ? [] : readStatement(statement, source, place);
}

function runsWhatItExplains(node: Fields): boolean {
  if (node['analyze'] === true) return true;
  return listOf(node['options']).some((option) => /analy[sz]e/i.test(JSON.stringify(at(option, 'name') ?? '')));
}

function execute(node: Fields, source: Source, place: Place): Effect[] {
  const name = nameOf(node['name'] ?? undefined);
  const params = readQuery(node['parameters'] ?? null, source);
  if (SHOWING.has(name.toLowerCase().split('.').at(-1) ?? '')) return params;
  const isText = name === '' || /^(sp_executesql|xp_\w+)$/i.test(name.split('.').at(-1) ?? '');
  const says = name === '' ? 'it runs a text as SQL' : `it runs ${name}`;
  return [
    ...params,
    {
      operation: 'execute',
      irreversible: true,
      ...(isText ? { destructive: true as const } : {}),
      confidence: 'high',
      at: place,
      says,
    },
  ];
}

function copy(node: Fields, source: Source, place: Place): Effect[] {
  const table = nameOf(at(node, 'source', 'Table', 'table_name'));
  if (table !== '') source.names.addTable(table);
  const found = readQuery(at(node, 'source', 'Query') ?? null, source, place);
  const target = nodeOf(node['target'])?.kind;
  const common = { confidence: 'high', at: place } as const;
  if (target === 'Program') {
    found.push({
      ...common,
      operation: 'execute',
      destructive: true,
      irreversible: true,
      external: true,
      says: 'it runs a program',
    });
  }
  if (node['to'] !== true) return [...found, { ...common, operation: 'write', says: `it loads rows into ${table}` }];
  if (target === 'File')
    found.push({
      ...common,
      operation: 'execute',
      destructive: true,
      irreversible: true,
      external: true,
      says: 'it writes a file',
    });
  return found;
}
