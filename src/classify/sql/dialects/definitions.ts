import type { Json } from '@gatehouse/sdk/contract';
import type { Effect, Place } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { fieldsOf, listOf, nodeOf, textOf } from '../read/tree.ts';
import { nameOf } from './nodes.ts';
import { readQuery } from './query.ts';
import type { Source } from './source.ts';

const DEFINES = /^(Create|Alter|Grant|Revoke|Deny|Comment|RenameTable)/;
const LOSING = /^Drop(Column|Partition|Partitions|Part|Projection)/;
const RIGHTS = new Set(['Grant', 'Revoke', 'Deny']);

/** DDL and rights; undefined for what is neither. */
export function readDefinition(kind: string, value: Json, source: Source, place: Place): Effect[] | undefined {
  const node = fieldsOf(value) ?? {};
  const name = nameIn(node);
  const common = { confidence: 'high', at: place } as const;
  const lost = { ...common, operation: 'delete', destructive: true, irreversible: true } as const;
  if (kind.startsWith('Drop')) {
    const what = (textOf(node['object_type']) || kind.slice(4)).toLowerCase();
    for (const table of listOf(node['names'])) source.names.addTable(nameOf(table));
    return [{ ...lost, says: `it drops the ${what} ${name}`.trimEnd() }];
  }
  if (!DEFINES.test(kind)) return undefined;
  const found: Effect[] = [];
  for (const operation of listOf(node['operations'])) {
    const change = nodeOf(operation);
    if (change !== undefined && LOSING.test(change.kind)) found.push({ ...lost, says: `it drops a part of ${name}` });
  }
  if (kind === 'CreateTable' && node['or_replace'] === true)
    found.push({ ...lost, says: `it replaces the table ${name}` });
  const own = node['temporary'] === true || name.startsWith('#');
  found.push({ ...common, operation: own ? 'write' : 'administer', says: `it is ${spoken(kind)} ${name}`.trimEnd() });
  if (RIGHTS.has(kind)) return found;
  if (kind.endsWith('Table')) source.names.addTable(name);
  // The query that fills a table, or makes a view, is part of it; what a trigger or a function would do is not done yet.
  return [...found, ...readQuery(node['query'] ?? null, source)];
}

function nameIn(node: Fields): string {
  const listed = listOf(node['names'])
    .map((item) => nameOf(item))
    .filter(Boolean)
    .join(', ');
  const names = ['name', 'table_name', 'object_name', 'schema_name', 'db_name', 'role_name'].map((key) => {
    const value = node[key];
    return Array.isArray(value) ? nameOf(value) : textOf(fieldsOf(value)?.['value'] ?? value);
  });
  return [listed, ...names].find(Boolean)?.slice(0, 200) ?? '';
}

/** `CreateTable` as `CREATE TABLE`. */
function spoken(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();
}
