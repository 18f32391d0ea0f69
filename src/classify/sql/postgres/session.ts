import type { Effect, Place } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { at, listOf, textOf } from '../read/tree.ts';
import { tableOf } from './nodes.ts';
import type { Source } from './source.ts';

const POWERS = new Set('role session_authorization session_replication_role row_security'.split(' '));

/** Statements about the session, its locks and its messages, and those that maintain the server; undefined for others. */
export function readSession(kind: string, node: Fields, source: Source, place: Place): Effect[] | undefined {
  const does = (operation: 'write' | 'administer' | 'execute', says: string): Effect[] => [
    { operation, confidence: 'high', at: place, says },
  ];
  const tables = (list: string): string => {
    const names = listOf(node[list]).map((item) => tableOf(at(item, 'VacuumRelation', 'relation') ?? item));
    for (const name of names) if (name !== '') source.names.addTable(name);
    return names.filter(Boolean).join(', ').slice(0, 200) || 'the database';
  };
  switch (kind) {
    case 'VariableShowStmt':
    case 'ClosePortalStmt':
      return [];
    case 'VariableSetStmt': {
      const name = textOf(node['name']);
      if (POWERS.has(name)) return does('administer', `it changes whose rights it has, by ${name}`);
      return does('write', name === '' ? 'it sets all settings back' : `it changes the setting ${name}`);
    }
    case 'ConstraintsSetStmt':
      return does('write', 'it changes when constraints are checked');
    case 'DeallocateStmt':
    case 'DiscardStmt':
      return does('write', 'it throws away what the session has prepared');
    case 'LockStmt':
      return does('write', `it locks ${tables('relations')}`);
    case 'ListenStmt':
    case 'UnlistenStmt':
      return does('write', 'it changes what the session listens to');
    case 'NotifyStmt':
      return [{ ...notified(node, place) }];
    case 'LoadStmt':
      return does('execute', `it loads the library ${textOf(node['filename']).slice(0, 100)}`);
    case 'CheckPointStmt':
      return does('administer', 'it writes a checkpoint');
    case 'VacuumStmt':
      return does('write', `it maintains ${tables('rels')}`);
    case 'ClusterStmt':
    case 'ReindexStmt':
    case 'RefreshMatViewStmt':
      return does('write', `it makes ${tableOf(node['relation']) || 'the database'} anew`);
    default:
      return undefined;
  }
}

function notified(node: Fields, place: Place): Effect {
  const says = `it sends a message on ${textOf(node['conditionname'])}`;
  return { operation: 'write', irreversible: true, confidence: 'high', at: place, says };
}
