import type { Effect, Place } from '../read/effect.ts';
import type { Fields } from '../read/tree.ts';
import { nameOf } from './nodes.ts';
import type { Source } from './source.ts';

/** Pragmas of SQLite and DuckDB that only show, also with an argument. */
export const SHOWING_PRAGMAS: ReadonlySet<string> = new Set(
  `table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list foreign_key_check integrity_check
   quick_check database_list collation_list compile_options function_list module_list pragma_list show_tables
   show_tables_expanded show storage_info database_size version platform metadata_info`.split(/\s+/),
);
/** Pragmas that do something when they are only named. */
const ACTING = new Set(
  `optimize incremental_vacuum wal_checkpoint shrink_memory force_checkpoint enable_profiling
  disable_profiling enable_verification`.split(/\s+/),
);
/** Pragmas that protect the file, and those that let it be written to past the tables. */
const PROTECTING = new Set(
  `writable_schema foreign_keys ignore_check_constraints trusted_schema query_only journal_mode synchronous
  secure_delete key rekey cell_size_check recursive_triggers schema_version application_id user_version`.split(/\s+/),
);

/** What a PRAGMA does: one that sets something changes the session or the file. */
export function readPragma(node: Fields, _: Source, place: Place): Effect[] {
  const name = nameOf(node['name']).toLowerCase().split('.').at(-1) ?? '';
  if (SHOWING_PRAGMAS.has(name)) return [];
  const sets = node['value'] !== undefined && node['value'] !== null;
  if (!sets && !ACTING.has(name)) return [];
  const operation = PROTECTING.has(name) ? 'administer' : 'write';
  return [{ operation, confidence: 'high', at: place, says: sets ? `it sets ${name}` : `it runs ${name}` }];
}
