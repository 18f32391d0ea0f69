import type { Dialect } from '../dialect.ts';
import type { Meaning } from './meaning.ts';
import { meanings } from './meaning.ts';

const WRITES = { operation: 'write', confidence: 'high' } as const;
const ADMINISTERS = { operation: 'administer', confidence: 'high', irreversible: true } as const;
const RUNS = { operation: 'execute', confidence: 'high', irreversible: true } as const;
const LOSES = { operation: 'delete', confidence: 'high', destructive: true, irreversible: true } as const;

/**
 * Functions that do more than give a value, as the manuals of PostgreSQL and its extensions, MySQL, SQLite, SQL Server,
 * Snowflake, BigQuery, DuckDB and ClickHouse describe them.
 */
const ACTING = meanings([
  ['nextval setval next_value_for', { ...WRITES, irreversible: true, says: 'moves a sequence on' }],
  ['set_config setseed', { ...WRITES, says: 'changes a setting of the session' }],
  [
    `pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock
     pg_try_advisory_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_advisory_unlock
     pg_advisory_unlock_all pg_advisory_unlock_shared get_lock release_lock release_all_locks sp_getapplock`,
    { ...WRITES, says: 'takes or gives back a lock' },
  ],
  ['pg_notify pg_logical_emit_message', { ...WRITES, irreversible: true, says: 'sends a message to others' }],
  ['pg_sleep pg_sleep_for pg_sleep_until sleep benchmark', { ...RUNS, says: 'holds the connection up' }],
  [
    `lo_creat lo_create lo_from_bytea lo_put lo_open lowrite lo_truncate lo_truncate64 lo_import`,
    { ...WRITES, irreversible: true, says: 'writes a large object' },
  ],
  ['lo_unlink', { ...LOSES, says: 'deletes a large object' }],
  [
    `lo_export pg_file_write pg_file_rename pg_file_sync writefile sys_exec sys_eval sys_set`,
    { ...RUNS, destructive: true, says: 'writes to the machine of the server' },
  ],
  ['pg_file_unlink', { ...LOSES, says: 'deletes a file of the server' }],
  [
    `pg_read_file pg_read_binary_file pg_read_file_old pg_read_file_v2 pg_ls_dir pg_stat_file pg_logdir_ls
     load_file readfile read_text read_blob edit fsdir lsdir bfilename`,
    { ...RUNS, says: 'reads files of the server' },
  ],
  [
    `load_extension fts3_tokenizer eval executable`,
    { ...RUNS, destructive: true, says: 'runs code that nobody has read' },
  ],
  [
    `query_to_xml query_to_xml_and_xmlschema query_to_xmlschema cursor_to_xml cursor_to_xmlschema ts_stat crosstab
     crosstab2 crosstab3 crosstab4 crosstabn connectby xpath_table pg_background_launch exec_sql run_sql execute_sql
     query_table json_query_table`,
    { ...RUNS, says: 'runs SQL that it is given as a text' },
  ],
  [
    `dblink dblink_exec dblink_connect dblink_connect_u dblink_disconnect dblink_open dblink_fetch dblink_close
     dblink_send_query dblink_get_result dblink_cancel_query postgres_fdw_disconnect postgres_fdw_disconnect_all
     external_query http http_get http_post http_put http_patch http_delete
     http_head remote remotesecure mysql jdbc odbc mongodb s3 s3cluster hdfs url urlcluster azureblobstorage
     postgres_scan postgres_query mysql_scan mysql_query sqlite_scan sqlite_query`,
    { ...RUNS, external: true, says: 'reaches another server' },
  ],
  [
    'pg_terminate_backend pg_cancel_backend system$cancel_query system$cancel_all_queries system$abort_session system$abort_transaction',
    { ...ADMINISTERS, says: 'ends the work of another session' },
  ],
  [
    `pg_reload_conf pg_rotate_logfile pg_rotate_logfile_old pg_switch_wal pg_switch_xlog pg_create_restore_point
     pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup pg_promote pg_wal_replay_pause pg_wal_replay_resume
     pg_xlog_replay_pause pg_xlog_replay_resume pg_log_backend_memory_contexts pg_import_system_collations
     pg_export_snapshot pg_nextoid pg_stop_making_pinned_objects pg_extension_config_dump pg_prewarm pg_sync_replication_slots
     pg_sync_replication_slot pg_log_standby_snapshot`,
    { ...ADMINISTERS, says: 'operates the server' },
  ],
  [
    `pg_create_physical_replication_slot pg_create_logical_replication_slot pg_copy_physical_replication_slot
     pg_copy_logical_replication_slot pg_replication_slot_advance pg_logical_slot_get_changes
     pg_logical_slot_get_binary_changes pg_logical_slot_peek_changes pg_logical_slot_peek_binary_changes
     pg_replication_origin_create pg_replication_origin_advance pg_replication_origin_session_setup
     pg_replication_origin_session_reset pg_replication_origin_xact_setup pg_replication_origin_xact_reset`,
    { ...ADMINISTERS, says: 'changes replication' },
  ],
  ['pg_drop_replication_slot pg_replication_origin_drop', { ...LOSES, says: 'drops a part of replication' }],
  [
    `pg_stat_reset pg_stat_reset_shared pg_stat_reset_single_table_counters pg_stat_reset_single_function_counters
     pg_stat_reset_slru pg_stat_reset_replication_slot pg_stat_reset_subscription_stats pg_stat_statements_reset
     pg_stat_clear_snapshot pg_stat_force_next_flush pg_stat_reset_backend_stats pg_clear_relation_stats
     pg_clear_attribute_stats pg_restore_relation_stats pg_restore_attribute_stats`,
    { ...ADMINISTERS, says: 'resets statistics' },
  ],
  [
    'brin_summarize_new_values brin_summarize_range brin_desummarize_range gin_clean_pending_list',
    { ...WRITES, says: 'maintains an index' },
  ],
]);

const FAMILIES: readonly (readonly [RegExp, Meaning])[] = [
  [/^binary_upgrade_/, { ...ADMINISTERS, says: 'operates the server' }],
  [/^dblink/, { ...RUNS, external: true, says: 'reaches another server' }],
  [/^lo_/, { ...WRITES, says: 'works with a large object' }],
  [/^[xs]p_/, { ...RUNS, destructive: true, says: 'is a procedure of the server' }],
];
/** Of families that act those that only look. */
const LOOKING = new Set(['lo_get', 'lo_tell', 'lo_tell64']);

/** Row sources of SQL Server: any other dialect has functions of these names only where somebody made them. */
const SQL_SERVER = new Set(['openrowset', 'opendatasource', 'openquery', 'openxml']);
const REACHES: Meaning = { ...RUNS, external: true, says: 'reaches another server' };

/** What a function does beside giving a value, by its name without a schema. */
export function actingOf(name: string, dialect: Dialect): Meaning | undefined {
  if (SQL_SERVER.has(name)) return dialect === 'postgresql' ? undefined : REACHES;
  if (LOOKING.has(name)) return undefined;
  return ACTING.get(name) ?? FAMILIES.find(([family]) => family.test(name))?.[1];
}
