import type { Effect, Place } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { at } from '../read/tree.ts';
import { nameOf } from './nodes.ts';
import type { Source } from './source.ts';

type Says = readonly [operation: Effect['operation'] & string, says: string, more?: Partial<Effect>];

const LOSES = { destructive: true, irreversible: true } as const;
const LEAVES = { external: true, irreversible: true } as const;

/** Statements that do the same whatever stands in them. */
const PLAIN: Readonly<Record<string, Says>> = {
  Use: ['write', 'it changes the database or the role of the session'],
  AlterSession: ['write', 'it changes settings of the session'],
  Reset: ['write', 'it sets settings back'],
  Discard: ['write', 'it throws away what the session has prepared'],
  Deallocate: ['write', 'it throws away what the session has prepared'],
  LockTables: ['write', 'it locks tables'],
  UnlockTables: ['write', 'it gives locks back'],
  Lock: ['write', 'it locks tables'],
  LISTEN: ['write', 'it changes what the session listens to'],
  UNLISTEN: ['write', 'it changes what the session listens to'],
  NOTIFY: ['write', 'it sends a message', { irreversible: true }],
  Analyze: ['write', 'it makes statistics anew'],
  Vacuum: ['write', 'it maintains tables'],
  OptimizeTable: ['write', 'it maintains tables'],
  Msck: ['write', 'it maintains partitions'],
  Cache: ['write', 'it keeps a table in memory'],
  UNCache: ['write', 'it throws a table out of memory'],
  Flush: ['administer', 'it empties caches or logs of the server'],
  Kill: ['administer', 'it ends the work of another session', { irreversible: true }],
  Load: ['execute', 'it loads an extension'],
  Install: ['execute', 'it installs an extension', { external: true }],
  LoadData: ['write', 'it loads rows'],
  AttachDatabase: ['write', 'it opens another database file'],
  AttachDuckDBDatabase: ['write', 'it opens another database file'],
  DetachDuckDBDatabase: ['write', 'it closes a database file'],
  Unload: ['write', 'it writes rows to another place', LEAVES],
  ExportData: ['write', 'it writes rows to another place', LEAVES],
  Directory: ['write', 'it overwrites a directory', { ...LEAVES, destructive: true }],
  Remove: ['delete', 'it deletes files of a stage', LOSES],
};

/** Statements about the session, the server and its files; undefined for others. */
export function readSession(kind: string, node: Fields, _: Source, place: Place): Effect[] | undefined {
  if (kind.startsWith('Show') || kind === 'ExplainTable' || kind === 'List') return [];
  if (kind === 'Set') return [setting(node, place)];
  const plain = Object.hasOwn(PLAIN, kind) ? PLAIN[kind] : undefined;
  if (plain === undefined) return undefined;
  const [operation, says, more] = plain;
  return [{ ...more, operation, confidence: 'high', at: place, says }];
}

function setting(node: Fields, place: Place): Effect {
  const assignment = at(node, 'SingleAssignment');
  const scope = at(assignment, 'scope');
  const name = nameOf(at(assignment, 'variable'));
  const common = { confidence: 'high', at: place } as const;
  if (/^@@?(global|persist)/i.test(name) || scope === 'Global' || scope === 'Persist' || scope === 'PersistOnly') {
    return { ...common, operation: 'administer', says: `it changes the setting ${name} of the server` };
  }
  if (at(node, 'SetRole') !== undefined)
    return { ...common, operation: 'administer', says: 'it changes whose rights it has' };
  return { ...common, operation: 'write', says: name === '' ? 'it changes a setting' : `it changes ${name}` };
}
