import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';
import { judgeSql } from './sql-text.ts';

const REDIS = new Set(
  '-h -p -s -a -u -r -i -n -d -x --user --pass --pattern --cacert --cert --key --tls-ciphers --sni --eval --pipe-timeout'
    .split(' ')
    .filter((one) => one !== '-x'),
);
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
/** Commands of Redis by what they do, as its documentation groups them; what is in none writes. */
const REDIS_LOOKS =
  words(`get mget getrange strlen exists type ttl pttl expiretime pexpiretime keys scan randomkey dbsize info ping echo time lastsave hget hmget hgetall hkeys
  hvals hlen hexists hscan hstrlen hrandfield lrange llen lindex lpos smembers sismember smismember scard srandmember sscan sinter sunion sdiff sintercard zrange zrangebyscore
  zrangebylex zrevrange zrevrangebyscore zscore zmscore zcard zcount zlexcount zrank zrevrank zscan zrandmember zinter zunion zdiff xrange xrevrange xlen xinfo xpending xread
  bitcount bitpos getbit bitfield_ro geopos geodist geohash geosearch georadius_ro pfcount object dump memory command role lolwut subscribe psubscribe monitor
  substr touch wait pubsub latency hello quit select auth sort_ro eval_ro fcall_ro lcs ft.search ft.info ft._list ft.aggregate json.get json.mget json.type ts.range ts.get ts.info`);
const REDIS_LOSES =
  words(`flushall flushdb del unlink hdel lrem ltrim lpop rpop blpop brpop lmpop spop srem zrem zremrangebyrank zremrangebyscore zremrangebylex zpopmin zpopmax
  xdel xtrim getdel restore swapdb function json.del ft.drop ft.dropindex ts.del expire pexpire expireat pexpireat rename renamenx move migrate hgetdel xgroup`);
const REDIS_STOPS = words(
  `shutdown debug failover replicaof slaveof reset bgrewriteaof client module cluster sync psync`,
);
/** Of commands with sub-commands, the ones that only look. */
const REDIS_SUB_LOOKS =
  /^(config get|client (list|info|id|getname|no-evict|trackinginfo)|cluster (info|nodes|slots|shards|myid|keyslot|countkeysinslot|getkeysinslot|links|replicas|slaves)|acl (list|whoami|cat|users|getuser|log|help|dryrun)|slowlog (get|len|help)|script exists|module list|function (list|stats|dump)|debug object|latency (latest|history|doctor|graph|histogram)|memory (usage|stats|doctor|malloc-stats))\b/i;
const REDIS_SUB_STOPS =
  /^(config (set|resetstat|rewrite)|acl (setuser|deluser|load|save)|slowlog reset|script (flush|kill)|latency reset|memory purge)\b/i;

/** `redis-cli`: what its command does; without one it takes commands from a person or a pipe. */
export function redis(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: REDIS, stopsAtPlain: true });
  if (
    hasExactly(options, [
      '--help',
      '--version',
      '-v',
      '--scan',
      '--bigkeys',
      '--memkeys',
      '--hotkeys',
      '--stat',
      '--latency',
      '--latency-history',
      '--latency-dist',
      '--keystats',
    ])
  )
    return [deed('look', call.at, '"redis-cli" only looks')];
  if (hasOption(options, ['--rdb', '--functions-rdb'])) return [deed('write', call.at, 'saves the store in a file')];
  if (hasOption(options, ['--cluster'])) return [cluster(options.plain, call)];
  if (hasOption(options, ['--eval', '--pipe', '--ldb']))
    return [deed('blind', call.at, 'runs commands that nobody has read')];
  if (options.plain.length > 0)
    return [
      redisCommand(
        options.plain.map((arg) => arg.text),
        call,
      ),
    ];
  const { text, from } = call.input;
  if (text !== undefined)
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => redisCommand(line.trim().split(/\s+/), call));
  return [
    from === 'nothing'
      ? deed('run', call.at, 'opens "redis-cli"')
      : deed('blind', call.at, 'runs commands from a pipe or a file, which nobody has read'),
  ];
}

function cluster(plain: readonly Arg[], call: Call): Deed {
  const verb = plain[0]?.text ?? '';
  return /^(check|info|help)$/.test(verb)
    ? deed('look', call.at, 'looks at a cluster')
    : deed('disrupt', call.at, 'changes a cluster of stores');
}

function redisCommand(line: readonly string[], call: Call): Deed {
  const shown = line.slice(0, 3).join(' ').slice(0, 60);
  const name = (line[0] ?? '').toLowerCase();
  const pair = line.slice(0, 2).join(' ');
  const more = { kind: 'database' } as const;
  if (REDIS_SUB_LOOKS.test(pair) || REDIS_LOOKS.has(name))
    return deed('look', call.at, `"${shown}" only looks at a store`, more);
  if (REDIS_SUB_STOPS.test(pair) || REDIS_STOPS.has(name))
    return deed('disrupt', call.at, `"${shown}" stops or changes a store`, more);
  if (/^(eval|evalsha|fcall)$/.test(name)) return deed('blind', call.at, 'runs a script in a store', more);
  if (REDIS_LOSES.has(name)) return deed('lose', call.at, `"${shown}" loses data of a store`, more);
  return deed('write', call.at, `"${shown}" writes to a store`, more);
}

const DOCUMENT = new Set(
  '-u -p -h -e -f -k --username --password --host --port --eval --file --execute --keyspace --authenticationDatabase --authenticationMechanism --tlsCAFile --tlsCertificateKeyFile'.split(
    ' ',
  ),
);
const LOSES =
  /\b(drop(Database|Index(es)?|User|Role|AllUsersFromDatabase|AllRolesFromDatabase)?\s*\(|(delete|remove)(One|Many|Shard\w*|User)?\s*\(|findOneAndDelete|findAndModify|shutdownServer|fsyncLock|killOp|replSetReconfig|rs\.(remove|stepDown|reconfig)|sh\.(removeShard\w*|stopBalancer)|renameCollection|bulkWrite|dropConnections|replaceOne)/;
const WRITES =
  /\b(insert\w*|update\w*|replace\w*|save|create\w*|add\w*|grant\w*|revoke\w*|set\w*|enable\w*|disable\w*|adminCommand|runCommand|\$out|\$merge|load|eval|exec\w*|require|fs|process|mapReduce|convert\w*|compact|reIndex|use\w*|change\w*)\b/;

/** `mongosh`, `cqlsh`: judges the code or the statements that they are given. */
export function document(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: DOCUMENT });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, `asks "${call.name}" for help`)];
  const given = valuesOf(options, '--eval', '-e', '--execute');
  const files = [
    ...valuesOf(options, '-f', '--file'),
    ...options.plain.filter((arg) => /\.(js|cql|mongodb)$/.test(arg.text)),
  ];
  const kind = { kind: 'database' } as const;
  const texts =
    given.length > 0
      ? given
      : call.input.text === undefined
        ? []
        : [{ ...call.at, text: call.input.text, known: true, quoted: true }];
  const deeds = files.map((arg) => deed('run', arg, `runs "${arg.text.slice(0, 60)}"`, kind));
  for (const arg of texts)
    deeds.push(...(call.name === 'cqlsh' && arg.known ? judgeSql(arg.text, 'cql', arg) : [code(arg)]));
  if (deeds.length > 0) return deeds;
  const piped = call.input.from !== 'nothing';
  return [
    deed(
      piped ? 'blind' : 'run',
      call.at,
      piped ? 'runs code from a pipe or a file, which nobody has read' : `opens "${call.name}"`,
      kind,
    ),
  ];
}

function code(arg: Arg): Deed {
  const kind = { kind: 'database' } as const;
  if (!arg.known) return deed('blind', arg, 'runs code that only the running shell knows', kind);
  const text = arg.text.slice(0, 20_000);
  const loses = LOSES.exec(text);
  if (loses !== null) return deed('lose', arg, `has code that loses data: "${loses[0].slice(0, 40)}"`, kind);
  if (WRITES.test(text)) return deed('write', arg, 'has code that changes data', kind);
  const looks =
    /^[\s;]*(db\.(\w+\.)?(find|findOne|count\w*|stats|distinct|getIndexes|aggregate|estimatedDocumentCount|version|serverStatus|currentOp|getCollectionNames|getName)\(|show |print(json)?\(|rs\.(status|conf)\(|sh\.status\()/.test(
      text,
    );
  return looks ? deed('look', arg, 'has code that only looks at data', kind) : deed('run', arg, 'runs code', kind);
}
