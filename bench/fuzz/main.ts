import { table } from '../table.ts';
import { content } from './content.ts';
import { files } from './files.ts';
import { http } from './http.ts';
import type { Kind } from './kind.ts';
import type { KindName } from './options.ts';
import { readOptions } from './options.ts';
import type { Outcome } from './run.ts';
import { fuzz, LIMIT } from './run.ts';
import { shellKind } from './shell.ts';
import { sqlKind } from './sql.ts';
import { tool } from './tool.ts';

const KINDS: Readonly<Record<KindName, () => Promise<Kind>>> = {
  sql: sqlKind,
  shell: shellKind,
  http: async () => http,
  files: async () => files,
  content: async () => content,
  tool: async () => tool,
};

const options = readOptions(process.argv.slice(2), Date.now() % 1_000_000);
process.stdout.write(`seed ${options.seed}, ${options.runs} inputs of each kind, at most ${LIMIT} ms for one\n`);
const outcomes: Outcome[] = [];
for (const name of options.kinds) outcomes.push(await fuzz(await KINDS[name](), options.runs, options.seed));

const head = [
  'kind',
  'inputs',
  'unreadable',
  'p50 ms',
  'p99.9 ms',
  'max ms',
  'threw',
  'slow',
  'waved through',
  'shown',
];
const rows = outcomes.map(({ name, runs, unreadable, p50, p999, slowest, counts }) => [
  ...[name, String(runs), String(unreadable), p50.toFixed(3), p999.toFixed(1), (slowest[0]?.ms ?? 0).toFixed(1)],
  ...[counts.threw, counts.slow, counts.waved, counts.shown].map(String),
]);
process.stdout.write(`\n${table(head, rows)}\n`);
for (const { name, slowest, violations } of outcomes) {
  process.stdout.write(`\n${name}, slowest:\n`);
  for (const { ms, shows } of slowest) process.stdout.write(`  ${ms.toFixed(1)} ms  ${shows}\n`);
  for (const { what, shows } of violations) process.stdout.write(`  VIOLATION ${what}: ${shows}\n`);
}
if (outcomes.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
