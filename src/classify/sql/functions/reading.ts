import { OTHERS_READING } from './reading-others.ts';
import { POSTGRES_READING } from './reading-postgres.ts';

const anyOf = (list: string): string => list.split(/\s+/).join('|');

/** What follows `pg_` in functions that look: the prefix is reserved for the system. */
const POSTGRES_OWN = anyOf(
  `aios available backend_pid basetype blocking buffercache char_to client_encoding collation column conf_load
   config control current cursor database describe encoding event_trigger extension_update filenode freespace
   get has_role hba ident_file identify index indexam indexes input is isolation_test jit last listening
   lock_status ls_archive_status ls_log ls_logical ls_repl ls_tmp ls_wal lsn mcv my_temp nextoid
   notification_queue numa options_to partition postmaster prepared relation safe sequence settings_get show
   size snapshot stat_get stat_have statistics table tablespace timezone total trigger_depth ts type typeof
   visibility visible wal_lsn walfile_name xact`,
);
/** Functions that operators, casts and types are made of: `int4pl`, `text_larger`, `numeric`. */
const TYPES = anyOf(
  String.raw`int[248]+ float[48]+ numeric text char bpchar varchar name oid oidvector bool bytea bit varbit date time
   timetz timestamp timestamptz interval cash money uuid macaddr8? inet cidr network point box lseg path poly
   polygon circle line pg_lsn xid8? cid tid jsonb? xml enum array record range multirange tsvector tsquery
   boolean float integer bigint smallint decimal real double number`,
);
const OPERATIONS = anyOf(
  String.raw`pl mi mul div mod um up abs eq ne lt le gt ge cmp and or not xor shl shr in out send recv larger smaller cat
   like nlike iclike icnlike regexeq regexne icregexeq icregexne same contain contained overlap left right above
   below inter distance center length add sub uminus uplus power sqrt exp ln log hash extended pattern_\w+
   pl_\w+ mi_\w+ eq_\w+ ne_\w+ lt_\w+ le_\w+ gt_\w+ ge_\w+ cmp_\w+ sum avg accum int[248] float[48] numeric text
   bool date time timestamp timestamptz interval serialize deserialize combine`,
);

/** Names of which all members of the family only look or compute: they are reserved, or nobody else would choose them. */
const FAMILIES = [
  new RegExp(`^pg_(${POSTGRES_OWN})`),
  /^has_\w+_privilege$/,
  /^pg_\w+_is_visible$/,
  /^jsonb?_(agg|array\w*|build_(array|object)|each(_text)?|exists\w*|extract_path\w*|object\w*|path_(exists|match|query)\w*|populate_record(set)?\w*|pretty|query|set(_lax)?|strip_nulls|to_(record|recordset|tsvector)|typeof|insert|concat|delete(_path)?|contain(s|ed)?|value|hash\w*|eq|ne|lt|gt|le|ge|cmp|scalar|table)$/,
  /^(array|hstore|regexp|regr|xml|ts|tsvector|tsquery|bit|bool|uuid|inet|network|range|multirange|enum|record)_(agg|to|eq|ne|lt|le|gt|ge|cmp|send|recv|out|in|hash|larger|smaller|and|or|not|contains|overlaps|union|intersect|minus|before|after|adjacent|match|like|count|avgx|avgy|intercept|r2|slope|sxx|sxy|syy|is_well_formed\w*|forest|element|rank|headline|debug|lexize|parse|token_type|filter|append|cat|first|last|range)$/,
  /^xml(agg|attributes|comment|concat|element|exists|forest|parse|pi|query|root|serialize|table|text|validate)$/,
  new RegExp(`^(${TYPES})_?(${OPERATIONS})?$`),
  // PostGIS, and the spatial functions of other databases.
  /^st_[a-z0-9_]+$/,
];
/** Spatial functions are a family, but a name of it is easily made up. */
const ACTS = /(delete|drop|insert|update|remove_all|truncate|write|create_table|exec)/;

/** True for a function that is known to give a value and do nothing else, by its name without a schema. */
export function onlyReads(name: string): boolean {
  if (POSTGRES_READING.has(name) || OTHERS_READING.has(name)) return true;
  return (
    name.length < 64 && FAMILIES.some((family) => family.test(name)) && !(name.startsWith('st_') && ACTS.test(name))
  );
}
