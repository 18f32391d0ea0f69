import type { Effect, Place } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { at, listOf, textOf } from '../read/tree.ts';
import { walkTree } from '../read/walk.ts';
import { objectOf, partsOf, tableOf } from './nodes.ts';
import { readQuery } from './query.ts';
import type { Source } from './source.ts';

const DROPS = /^Drop|^DropdbStmt$/;
/** Statements that make, change or give away what is in the catalogue: all that the grammar has beside the named ones. */
const DEFINES =
  /^(Create|Alter|Define|Composite|View|Rule|Index|Rename|Comment|SecLabel|Grant|ReassignOwned|Import|ReplicaIdentity)/;
/** What a change of a table loses. */
const LOSING = new Set(['AT_DropColumn', 'AT_DropPartition']);
const LEAVING = new Set([
  'CreateSubscriptionStmt',
  'CreateForeignServerStmt',
  'CreateUserMappingStmt',
  'ImportForeignSchemaStmt',
]);

/** DDL and rights; undefined for what is neither. */
export function readDefinition(kind: string, node: Fields, source: Source, place: Place): Effect[] | undefined {
  const name = nameIn(node);
  noteTables(node, source);
  if (DROPS.test(kind)) {
    const what =
      textOf(node['removeType']).replace('OBJECT_', '').toLowerCase().replaceAll('_', ' ') || spoken(kind).slice(5);
    const says = `it drops the ${what} ${name}`.trimEnd();
    return [{ operation: 'delete', destructive: true, irreversible: true, confidence: 'high', at: place, says }];
  }
  if (!DEFINES.test(kind)) return undefined;
  const says = `it is ${spoken(kind).toUpperCase()} ${name}`.trimEnd();
  const found: Effect[] = [];
  if (listOf(node['cmds']).some((cmd) => LOSING.has(textOf(at(cmd, 'AlterTableCmd', 'subtype'))))) {
    const lost = listOf(node['cmds'])
      .map((cmd) => textOf(at(cmd, 'AlterTableCmd', 'name')))
      .filter(Boolean)
      .join(', ');
    const loses = `it drops ${lost.slice(0, 100)} of ${name}`;
    found.push({
      operation: 'delete',
      destructive: true,
      irreversible: true,
      confidence: 'high',
      at: place,
      says: loses,
    });
  }
  const temporary = at(node, 'relation', 'relpersistence') === 't' || at(node, 'into', 'rel', 'relpersistence') === 't';
  found.push({
    operation: temporary ? 'write' : 'administer',
    confidence: 'high',
    at: place,
    says,
    ...(LEAVING.has(kind) ? { external: true } : {}),
  });
  // A table that is filled by a query, a view, a default: the query is part of it.
  return [...found, ...readQuery({ definition: node }, source).filter(({ operation }) => operation !== 'unknown')];
}

function nameIn(node: Fields): string {
  const listed = listOf(node['objects']).map((item) => objectOf(item));
  const roles = [...listOf(node['roles']), node['role'] ?? null].map((role) =>
    textOf(at(role, 'RoleSpec', 'rolename')),
  );
  const named = ['relation', 'view', 'into'].map((key) => tableOf(key === 'into' ? at(node, key, 'rel') : node[key]));
  const plain = [
    'name',
    'extname',
    'schemaname',
    'dbname',
    'subname',
    'pubname',
    'idxname',
    'role',
    'tablespacename',
  ].map((key) => textOf(node[key]));
  const lists = ['funcname', 'defnames', 'typeName', 'domainname', 'typevar'].map((key) =>
    partsOf(node[key]).join('.'),
  );
  const sequence = tableOf(node['sequence'] ?? node['typevar']);
  return (
    [listed.filter(Boolean).join(', '), ...named, objectOf(node['object']), ...plain, ...lists, sequence, ...roles]
      .find(Boolean)
      ?.slice(0, 200) ?? ''
  );
}

function noteTables(node: Fields, source: Source): void {
  if (node['removeType'] === 'OBJECT_TABLE')
    for (const item of listOf(node['objects'])) source.names.addTable(objectOf(item));
  walkTree({ node }, (kind, value) => {
    if (kind === 'RangeVar') source.names.addTable(tableOf(value));
    return true;
  });
}

/** `AlterTableStmt` as `alter table`. */
function spoken(kind: string): string {
  return kind
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replace(/db$/, ' database')
    .toLowerCase();
}
