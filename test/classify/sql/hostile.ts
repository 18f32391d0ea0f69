import { chanceOf, megabyteOf } from '../../../bench/fuzz/chance.ts';
import { HEAVY } from '../../../bench/fuzz/kind.ts';

const WORDS = [
  ...['SELECT', 'FROM', 'WHERE', 'INSERT INTO', 'UPDATE', 'DELETE FROM', 'DROP TABLE', 'SET', 'VALUES', 'WITH', 'AS'],
  ...[
    'UNION ALL',
    'JOIN',
    'ON',
    'AND',
    'OR',
    'NOT',
    'IN',
    'EXISTS',
    'CASE',
    'WHEN',
    'THEN',
    'END',
    'NULL',
    'IS',
    'LIKE',
  ],
  ...[
    'EXPLAIN ANALYZE',
    'COPY',
    'DO',
    'CALL',
    'EXECUTE',
    'PREPARE',
    'BEGIN',
    'COMMIT',
    'GRANT',
    'TO',
    'FOR UPDATE',
    'INTO',
  ],
  ...[
    'PRAGMA',
    'SHOW',
    'MERGE INTO',
    'USING',
    'TRUNCATE',
    'ALTER TABLE',
    'CREATE FUNCTION',
    'RETURNING',
    'LIMIT',
    'TOP 1',
  ],
];
const PARTS = [
  ...[
    'users',
    '"Users"',
    '`users`',
    '[users]',
    'a.b.c',
    '*',
    '1',
    "'x'",
    "E'\\''",
    "'\\''",
    '$$x$$',
    '$1',
    ':id',
    '?',
    '@x',
  ],
  ...[
    'nextval(1)',
    'pg_sleep(9)',
    'f(',
    ')',
    '(',
    ',',
    ';',
    '=',
    '||',
    '::int',
    '[1]',
    '{',
    '}',
    '--',
    '--1',
    '#',
    '\n',
    '\\',
  ],
  ...['/*', '*/', '/*!', '/*!50000', '/*M!', '//', "'", '"', '`', '0x', '1e9', '\\x00', "q'[", "'''", 'GO\n', '{{x}}'],
];
const STATEMENTS = [
  'SELECT a, count(*) FROM t WHERE id = 1 GROUP BY a',
  'DELETE FROM t WHERE 1 = 1',
  'WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone',
  "COPY t TO PROGRAM 'sh'",
  'EXPLAIN ANALYZE UPDATE t SET a = 1',
  "SELECT 1 /*! INTO OUTFILE '/tmp/x' */",
  'DO $$ BEGIN DROP TABLE t; END $$',
];
const CHAINS = [
  '(',
  '[',
  '{',
  '1+',
  'NOT ',
  '- ',
  'a AND ',
  'CASE WHEN ',
  '::int',
  ' IS NULL',
  'f(',
  'a.',
  "'a'||",
  '1,',
  '1;',
  '/*',
  "'",
  '$$',
  '\\',
];
const BLOCKS = [
  'SELECT 1;',
  "('a', 1),",
  'EXISTS (SELECT ',
  ' UNION SELECT 1',
  ' JOIN a ON 1',
  '"',
  '`',
  '--\n',
  '#',
  ' ',
  'é',
  '\ud800',
  '\0',
];
const ROUND = 200;

/** Hostile SQL, the same at every run of one seed: torn and mixed statements, chains, noise, and now and then a megabyte. */
export function* hostileSql(seed: number): Generator<string> {
  const chance = chanceOf(seed);
  const mixed = () =>
    Array.from({ length: 1 + chance.below(20) }, () => chance.pick(chance.once(2) ? WORDS : PARTS)).join(' ');
  const torn = () => {
    const statement = chance.pick(STATEMENTS);
    const at = chance.below(statement.length);
    return statement.slice(0, at) + chance.pick([...PARTS, chance.noise(3)]) + statement.slice(at + chance.below(4));
  };
  const chained = () => {
    const chain = chance.pick(CHAINS).repeat(1 + chance.below(chance.once(20) ? 5000 : 60));
    return `${chance.pick(['SELECT ', '', 'DELETE FROM t WHERE '])}${chain}${chance.pick(['1', ')', ''])}`;
  };
  const makers = [mixed, torn, chained, () => `${torn()}; ${mixed()}`, () => chance.noise(80)];
  for (let index = 0; index < ROUND; index += 1) {
    if (chance.once(HEAVY)) yield `SELECT ${megabyteOf(chance.pick([...CHAINS, ...BLOCKS]))}`;
    else yield chance.pick(makers)();
  }
}
