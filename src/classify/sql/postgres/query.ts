import type { Json } from '@gatehouse/sdk/contract';
import { callOf } from '../functions/call.ts';
import type { Effect, Place } from '../read/effect.ts';
import { deleteOf, updateOf } from '../read/row-changes.ts';
import type { Fields } from '../read/tree.ts';
import { at, fieldsOf, listOf, textOf } from '../read/tree.ts';
import { walkTree } from '../read/walk.ts';
import { columnOf, conditionOf } from './condition.ts';
import { partsOf, tableOf } from './nodes.ts';
import type { Source } from './source.ts';

type Look = (node: Fields, source: Source, place: Place | undefined) => Effect[];

/** Nodes that do something wherever in a query they stand: in a CTE, in a subquery, in a default of a column. */
const NODES: Readonly<Record<string, Look>> = {
  FuncCall: (node, source) =>
    callOf({ name: partsOf(node['funcname']), at: source.word(node['location']), dialect: 'postgresql' }),
  SelectStmt: select,
  // The halves of a UNION stand in it without their kind.
  larg: select,
  rarg: select,
  InsertStmt: insert,
  UpdateStmt: (node, source, place) => [updateOf(change(node, source, place))],
  DeleteStmt: (node, source, place) => [deleteOf(change(node, source, place))],
  MergeStmt: merge,
  A_Expr: operator,
};

/**
 * What a query does, with everything in it: functions that act, parts that write, locks. `place` is that of the statement
 * when `root` is one; parts that write then have their own.
 */
export function readQuery(root: Json, source: Source, place?: Place): Effect[] {
  const found: Effect[] = [];
  let isOutermost = true;
  walkTree(root, (kind, value) => {
    const node = fieldsOf(value);
    if (node === undefined) return true;
    if (kind === 'RangeVar' || kind === 'relation' || kind === 'rel') {
      const name = tableOf(node);
      if (name !== '') source.names.addTable(name);
    }
    if (kind === 'ColumnRef') source.names.addColumn(columnOf(node));
    const look = Object.hasOwn(NODES, kind) ? NODES[kind] : undefined;
    if (look !== undefined) {
      found.push(...look(node, source, isOutermost ? place : undefined));
      isOutermost = false;
    }
    return true;
  });
  return found;
}

function select(node: Fields, source: Source): Effect[] {
  return [...into(node), ...locks(node, source)];
}

function into(node: Fields): Effect[] {
  const clause = fieldsOf(node['intoClause']);
  if (clause === undefined) return [];
  const says = `it makes the table ${tableOf(clause['rel'])} out of what it reads`;
  const temporary = at(clause, 'rel', 'relpersistence') === 't';
  return [{ operation: temporary ? 'write' : 'administer', confidence: 'high', says }];
}

function locks(node: Fields, source: Source): Effect[] {
  return listOf(node['lockingClause']).map((clause): Effect => {
    const table = at(clause, 'LockingClause', 'lockedRels', 0);
    const which = table === undefined ? '' : ` of ${tableOf(table)}`;
    const place = source.word(at(table, 'RangeVar', 'location'));
    return {
      operation: 'write',
      confidence: 'high',
      ...atPlace(place),
      says: `it locks the rows${which} that it reads`,
    };
  });
}

function insert(node: Fields, source: Source, place: Place | undefined): Effect[] {
  const table = tableOf(node['relation']);
  const rows = listOf(at(node, 'selectStmt', 'SelectStmt', 'valuesLists')).length;
  const reach = rows === 0 ? {} : { reach: rows === 1 ? ('one' as const) : ('many' as const) };
  const where = atPlace(place ?? placeOf(node, source));
  const found: Effect[] = [
    { operation: 'write', confidence: 'high', ...reach, ...where, says: `it inserts into ${table}` },
  ];
  if (
    at(node, 'onConflictClause', 'OnConflictClause', 'action') === 'ONCONFLICT_UPDATE' ||
    onConflict(node) === 'ONCONFLICT_UPDATE'
  ) {
    found.push({
      operation: 'write',
      irreversible: true,
      confidence: 'high',
      ...where,
      says: `it updates rows of ${table} that exist`,
    });
  }
  return found;
}

const onConflict = (node: Fields): string => textOf(at(node, 'onConflictClause', 'action'));

function change(node: Fields, source: Source, place: Place | undefined) {
  const where = node['whereClause'] === undefined ? undefined : conditionOf(node['whereClause']);
  // A join chooses rows as a condition does.
  const joined = node['fromClause'] !== undefined || node['usingClause'] !== undefined;
  return {
    table: tableOf(node['relation']),
    where: where ?? (joined ? ({ is: 'other' } as const) : undefined),
    at: place ?? placeOf(node, source),
  };
}

const ACTIONS: Readonly<Record<string, Pick<Effect, 'operation' | 'destructive' | 'irreversible' | 'says'>>> = {
  CMD_INSERT: { operation: 'write', says: 'inserts into' },
  CMD_UPDATE: { operation: 'write', irreversible: true, says: 'updates rows of' },
  CMD_DELETE: { operation: 'delete', destructive: true, irreversible: true, says: 'deletes rows of' },
};

function merge(node: Fields, source: Source, place: Place | undefined): Effect[] {
  const table = tableOf(node['relation']);
  const where = atPlace(place ?? placeOf(node, source));
  const kinds = listOf(node['mergeWhenClauses']).map((clause) => textOf(at(clause, 'MergeWhenClause', 'commandType')));
  const found = [...new Set(kinds)].flatMap((kind): Effect[] => {
    const action = ACTIONS[kind];
    return action === undefined
      ? []
      : [{ ...action, confidence: 'high', ...where, says: `it ${action.says} ${table}` }];
  });
  return found.length > 0
    ? found
    : [{ operation: 'write', confidence: 'high', ...where, says: `it merges into ${table}` }];
}

/** OPERATOR(schema.+) names a function of that schema without a bracket. */
function operator(node: Fields, source: Source): Effect[] {
  const name = partsOf(node['name']);
  if (name.length < 2 || name[0] === 'pg_catalog') return [];
  const where = atPlace(source.word(node['location']));
  return [
    {
      operation: 'unknown',
      confidence: 'low',
      ...where,
      says: `it uses the operator ${name.join('.').slice(0, 60)}, which may do anything`,
    },
  ];
}

function placeOf(node: Fields, source: Source): Place | undefined {
  return source.word(at(node, 'relation', 'location'));
}

function atPlace(place: Place | undefined): { at?: Place } {
  return place === undefined ? {} : { at: place };
}
