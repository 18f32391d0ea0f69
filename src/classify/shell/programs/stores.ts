import type { Programs } from '../program.ts';
import { document, redis } from '../special/stores.ts';

/** Stores, queues and search engines that are no SQL databases, and the tools beside databases. */
export const STORES: Programs = {
  'redis-cli valkey-cli keydb-cli': { kind: 'database', special: redis },
  'mongo mongosh': { kind: 'database', special: document },
  'mongodump mysqlpump': {
    kind: 'database',
    otherwise: 'write',
    valued: '-h -d -c -o --host --db --collection --out --uri',
    writes: '-o --out --archive',
  },
  mongorestore: {
    kind: 'database',
    otherwise: 'overwrite',
    instead: [{ has: '--dryRun', is: 'rehearse' }],
    also: [{ has: '--drop', is: 'lose' }],
  },
  mongoexport: { kind: 'database', otherwise: 'write', writes: '-o --out' },
  mongoimport: {
    kind: 'database',
    otherwise: 'write',
    also: [
      { has: '--drop', is: 'lose' },
      { has: '--mode=upsert --mode=delete --upsert', is: 'overwrite' },
    ],
  },
  'mongostat mongotop pg_isready pg_controldata pg_config pg_test_timing pg_waldump pg_amcheck pgbadger mysqlshow': {
    otherwise: 'look',
    kind: 'database',
  },
  'pg_dump pg_dumpall mysqldump mariadb-dump pg_basebackup': {
    kind: 'database',
    otherwise: 'look',
    valued:
      '-h -p -U -u -d -n -t -N -T -F -f -D --host --port --username --dbname --schema --table --format --file --user --databases --result-file',
    writes: '-f --file -r --result-file -D --pgdata --log-error',
    also: [
      { has: '-c --clean --add-drop-database --add-drop-table', is: 'lose' },
      { has: '--delete-master-logs --flush-logs --master-data --delete-source-logs', is: 'disrupt' },
    ],
  },
  pg_restore: {
    kind: 'database',
    otherwise: 'overwrite',
    instead: [{ has: '-l --list', is: 'look' }],
    also: [{ has: '-c --clean', is: 'lose' }],
  },
  'dropdb dropuser': { kind: 'database', otherwise: 'lose' },
  'createdb createuser createlang': { kind: 'database', otherwise: 'admin' },
  'reindexdb vacuumdb clusterdb': { kind: 'database', otherwise: 'write', also: [{ has: '-f --full', is: 'disrupt' }] },
  'pg_ctl pg_ctlcluster': {
    kind: 'database',
    does: { look: 'status', disrupt: 'stop, restart, promote, kill, reload, logrotate', run: 'start, init, initdb' },
  },
  'pg_resetwal pg_rewind pg_archivecleanup pg_upgrade initdb pg_dropcluster mysql_install_db mysql_upgrade pg_surgery':
    { kind: 'database', otherwise: 'lose' },
  'mysqladmin mariadb-admin': {
    kind: 'database',
    valued: '-h -P -u -S --host --port --user --socket -i -c',
    does: {
      look: 'status, extended-status, variables, processlist, ping, version',
      write: 'create',
      lose: 'drop',
      disrupt:
        'shutdown, kill, password, flush-hosts, flush-logs, flush-privileges, flush-tables, flush-status, flush-threads, refresh, reload, stop-slave, stop-replica, start-slave, start-replica, old-password',
    },
  },
  'mysqlcheck mysqlimport myisamchk mysqlbinlog innochecksum': {
    kind: 'database',
    otherwise: 'write',
    instead: [{ has: '-c --check --check-only-changed', lacks: '--auto-repair -r --repair', is: 'look' }],
    also: [{ has: '-r --repair --replace -d --delete -o --optimize', is: 'overwrite' }],
  },
  'etcdctl zookeeper-shell zkCli.sh zkcli': {
    kind: 'database',
    valued: '--endpoints --cacert --cert --key --user --dial-timeout -w --write-out -server',
    does: {
      look: 'get, member list, endpoint health, endpoint status, endpoint hashkv, alarm list, user list, user get, role list, role get, lease list, lease timetolive, version, check perf, check datascale, ls, stat, getAcl, snapshot status, auth status, ls2',
      write:
        'put, txn, snapshot save, lease grant, lease keep-alive, lock, elect, create, set, make-mirror, user add, role add, set-acl, setAcl, user grant-role, role grant-permission, auth enable, learner, member add',
      lose: 'del, defrag, compaction, member remove, user delete, role delete, lease revoke, delete, deleteall, rmr, snapshot restore, rm, rmdir',
      disrupt:
        'auth disable, alarm disarm, move-leader, member update, member promote, role revoke-permission, user revoke-role, user passwd, downgrade',
    },
  },
  cqlsh: {
    kind: 'database',
    valued: '-e -f -u -p -k --execute --file --username --password --keyspace',
    special: (call) => document(call),
  },
  nodetool: {
    kind: 'database',
    valued: '-h -p -u -pw --host --port',
    does: {
      look: 'status, info, ring, tpstats, netstats, compactionstats, describecluster, describering, gossipinfo, version, cfstats, tablestats, cfhistograms, tablehistograms, proxyhistograms, getendpoints, gettimeout, statusgossip, statusbinary, listsnapshots, toppartitions, getcompactionthroughput, viewbuildstatus',
      write:
        'flush, snapshot, repair, compact, cleanup, scrub, upgradesstables, refresh, enablegossip, enablebinary, setcompactionthroughput, rebuild, import',
      lose: 'clearsnapshot, removenode, assassinate, decommission, truncatehints, invalidatekeycache, invalidaterowcache, garbagecollect, resetlocalschema',
      disrupt:
        'drain, stop, stopdaemon, disablegossip, disablebinary, disablethrift, disablehandoff, disableautocompaction, move, pausehandoff',
    },
  },
  'kafka-topics kafka-topics.sh': {
    kind: 'messaging',
    valued: '--bootstrap-server --zookeeper --topic --partitions --replication-factor --config --command-config',
    otherwise: 'run',
    instead: [{ has: '--list --describe', is: 'look' }],
    also: [
      { has: '--delete', is: 'lose' },
      { has: '--alter', is: 'disrupt' },
      { has: '--create', is: 'write' },
    ],
  },
  'kafka-consumer-groups kafka-consumer-groups.sh kafka-configs kafka-configs.sh kafka-acls kafka-acls.sh kafka-reassign-partitions kafka-reassign-partitions.sh kafka-delete-records kafka-delete-records.sh kafka-leader-election kafka-leader-election.sh kafka-streams-application-reset':
    {
      kind: 'messaging',
      valued: '--bootstrap-server --group --topic --to-offset --entity-type --entity-name --command-config',
      otherwise: 'disrupt',
      instead: [
        {
          has: '--list --describe --verify --dry-run --generate --members --state',
          lacks: '--execute --delete --alter --remove --reset-offsets',
          is: 'rehearse',
        },
      ],
      also: [{ has: '--delete --remove --delete-config --reset-offsets --delete-offsets --execute', is: 'lose' }],
    },
  'kafka-console-consumer kafka-console-consumer.sh kafka-dump-log kafka-log-dirs kafka-broker-api-versions kafka-get-offsets kafka-run-class kcat kafkacat':
    {
      kind: 'messaging',
      valued: '-b -t -o -p -c -G -X -f --bootstrap-server --topic --group --partition --offset --max-messages',
      otherwise: 'look',
      also: [{ has: '-P --delete-config', is: 'send' }],
    },
  'kafka-console-producer kafka-console-producer.sh kafka-producer-perf-test kafka-mirror-maker': {
    kind: 'messaging',
    otherwise: 'send',
  },
  'kafka-server-stop kafka-server-stop.sh zookeeper-server-stop zookeeper-server-stop.sh': { otherwise: 'disrupt' },
  rpk: {
    kind: 'messaging',
    does: {
      look: 'topic list, topic describe, topic consume, cluster info, cluster health, cluster metadata, group list, group describe, acl list, version, cluster config get, cluster config status, security acl list',
      send: 'topic produce, topic create, topic add-partitions',
      lose: 'topic delete, topic trim-prefix, group delete, group seek, group offset-delete, acl delete, security acl delete, acl user delete, security user delete',
      disrupt:
        'topic alter-config, cluster config set, cluster config edit, cluster config import, cluster config reset, redpanda stop, redpanda admin brokers decommission, cluster maintenance enable',
    },
  },
  'rabbitmqctl rabbitmq-plugins rabbitmq-diagnostics rabbitmq-queues rabbitmq-upgrade': {
    kind: 'messaging',
    valued: '-n -p -t --node --vhost --timeout',
    verbs: true,
    does: {
      look: `status, cluster_status, list_queues, list_exchanges, list_bindings, list_users, list_vhosts, list_permissions, list_connections, list_channels, list_consumers, environment, report, ping, node_health_check, list_policies, list_parameters, list, check_running, check_local_alarms, check_port_connectivity, memory_breakdown, is_running, version, list_user_permissions, list_topic_permissions, quorum_status`,
      lose: 'reset, force_reset, delete_queue, purge_queue, delete_user, delete_vhost, clear_password, clear_permissions, clear_policy, clear_parameter, forget_cluster_node, clear_user_limits, clear_vhost_limits, delete_member, remove_classic_queue',
      disrupt:
        'stop, stop_app, shutdown, restart_vhost, close_connection, close_all_connections, rotate_logs, suspend_listener, suspend_all_listeners, change_password, set_user_tags, set_permissions, disable, drain, force_boot, set_vm_memory_high_watermark, set_disk_free_limit, hipe_compile, cancel_sync_queue',
      admin:
        'start_app, add_user, add_vhost, set_policy, set_parameter, enable, join_cluster, sync_queue, resume_listener, set_cluster_name, authenticate_user',
    },
  },
  rabbitmqadmin: {
    kind: 'messaging',
    does: { look: 'list, show, help, get', send: 'declare, publish, import', lose: 'delete, purge', disrupt: 'close' },
    valued: '-H -P -u -p -V -f -d -S --host --port --username --password --vhost',
  },
  nats: {
    kind: 'messaging',
    valued: '-s --server --user --password --creds --context',
    verbs: true,
    groups: 'stream consumer kv object server account context auth',
    does: {
      look: 'stream ls, stream list, stream info, stream view, stream get, stream report, stream state, stream subjects, consumer ls, consumer list, consumer info, consumer report, kv ls, kv get, kv status, kv history, kv watch, kv list, object ls, object info, server ping, server list, server info, server check, server report, account info, context ls, context show, sub, subscribe, rtt, events, s ls, s info, c ls, c info',
      send: 'pub, publish, request, reply, stream add, stream create, stream copy, consumer add, consumer next, kv add, kv put, kv create, kv update, object add, object put, stream backup, object get',
      lose: 'stream rm, stream delete, stream purge, stream rmm, consumer rm, consumer delete, kv del, kv rm, kv purge, kv compact, object rm, object del, object delete, account purge, stream restore, s rm, s purge, c rm, stream cluster peer-remove',
      disrupt:
        'stream edit, stream seal, object seal, consumer edit, consumer pause, stream cluster step-down, server raft step-down, server raft peer-remove, kv revert',
    },
  },
  'mc mcli': {
    kind: 'cloud',
    verbs: true,
    groups: 'admin alias',
    does: {
      look: 'ls, cat, head, stat, find, du, diff, tree, version info, alias list, alias ls, admin info, admin user list, admin policy list, ilm ls, tag list, ping, ready, event list, retention info, legalhold info, watch, admin trace, admin console, ilm rule ls, replicate status',
      send: 'cp, mb, put, share, pipe, tag set, alias set, alias import, event add, get, od, sql, admin user add, admin policy create, ilm add, anonymous set, policy set, encrypt set, version enable, retention set, legalhold set, ilm rule add',
      lose: 'rm, rb, mv, admin user remove, admin policy remove, admin policy rm, admin bucket remote rm, event remove, event rm, ilm rm, ilm rule rm, tag remove, tag rm, alias remove, alias rm, retention clear, encrypt clear, anonymous set none, replicate rm, undo, admin user rm, admin group rm, admin replicate rm',
      disrupt:
        'admin service stop, admin service restart, admin user disable, version suspend, admin config set, admin config reset, admin config restore, admin decommission start, admin heal, admin group disable, legalhold clear, admin policy detach, admin update, admin service freeze, admin prometheus',
    },
    also: [
      { on: 'mirror', has: '--remove --overwrite', is: 'lose' },
      { on: 'mirror', is: 'send' },
    ],
  },
  's3cmd s5cmd': {
    kind: 'cloud',
    valued: '-c --config --access_key --secret_key --region --host',
    does: {
      look: 'ls, la, du, info, cat, head, version, signurl, multipart, listmp, select',
      send: 'put, mb, cp, modify, setacl, sync, get, pipe',
      lose: 'del, rm, rb, mv, expire, dellifecycle, delpolicy, delcors, abortmp, fixbucket',
      disrupt: 'setpolicy, setlifecycle, setcors, accesslog, setownership',
    },
    also: [{ on: 'sync', has: '--delete-removed --delete', is: 'lose' }],
  },
  'influx influxd': {
    kind: 'database',
    verbs: true,
    does: {
      look: 'bucket list, org list, query, ping, version',
      lose: 'delete, bucket delete, org delete, user delete',
      overwrite: 'restore',
      write: 'write, bucket create, backup',
    },
  },
  memcflush: { otherwise: 'lose' },
  'memcstat memcdump memccat': { otherwise: 'look' },
  'elasticdump curator': { otherwise: 'run', kind: 'database', also: [{ has: '--delete', is: 'lose' }] },
  'prisma sequelize knex alembic flyway liquibase dbmate goose typeorm drizzle-kit atlas sqitch diesel': {
    kind: 'database',
    does: {
      look: 'validate, format, info, status, history, current, heads, branches, show, version, migrate status, migrate diff, db:migrate:status, migrate:status, migrate:list, migration:show, db:version, check, list, migrate:currentVersion, schema inspect, schema diff, plan, log, verify, updateSQL, update-sql',
      write:
        'generate, init, migrate dev, migrate deploy, db pull, db seed, upgrade, up, migrate, update, revision, stamp, db:migrate, seed:run, migration:run, migrate:latest, migrate:up, migrate:make, deploy, new, create, migration:generate, migration:create, migrate apply, migrate resolve, migration generate, migration run, push, introspect, baseline',
      lose: 'migrate reset, db push, clean, dropAll, drop-all, drop, downgrade, down, rollback, revert, undo, rollback-count, db:drop, db:migrate:undo, db:migrate:undo:all, migrate:rollback, migrate:down, migration:revert, schema:drop, schema:sync, database reset, database drop, reset, down-to, migration revert, migration redo, schema clean, schema apply, db:seed:undo, db:seed:undo:all, schema drop, redo, repair',
      run: 'studio, db execute',
    },
  },
};
