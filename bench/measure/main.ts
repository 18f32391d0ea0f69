// npm run measure -- mcp|sql|commands|tau2|all --data DIR   how well the classifiers do on labelled data that you bring
// --misses N prints the first N misses of each figure; --json prints everything as JSON. Exit code 1: a target is missed.
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { figureLine, isMet } from './figure.ts';

type Measure = (dir: string) => Figure[] | Promise<Figure[]>;

const MEASURES: Record<string, () => Promise<Measure>> = {
  mcp: async () => (await import('./mcp.ts')).measureMcp,
  sql: async () => (await import('./sql.ts')).measureSql,
  commands: async () => (await import('./commands.ts')).measureCommands,
  tau2: async () => (await import('./tau2.ts')).measureTau2,
};

const USAGE = `Usage: npm run measure -- ${Object.keys(MEASURES).join('|')}|all --data DIR [--misses N] [--json]`;

try {
  const figures = await run();
  process.exitCode = figures.some((figure) => isMet(figure) === false) ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function run(): Promise<Figure[]> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { data: { type: 'string' }, misses: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [which] = positionals;
  const names = which === 'all' ? Object.keys(MEASURES) : [which ?? ''];
  const misses = Number(values.misses ?? 0);
  if (values.data === undefined || positionals.length !== 1 || !Number.isInteger(misses) || misses < 0) {
    throw new Error(USAGE);
  }
  const all: Figure[] = [];
  for (const name of names) {
    const measure = await MEASURES[name]?.();
    if (measure === undefined) throw new Error(USAGE);
    const figures = await measure(values.data);
    all.push(...figures);
    if (!values.json) print(figures, misses);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  return all;
}

function print(figures: readonly Figure[], misses: number): void {
  for (const figure of figures) {
    process.stdout.write(`${figureLine(figure)}\n`);
    for (const { id, kind, text } of figure.misses.slice(0, misses)) {
      process.stdout.write(`    ${kind.padEnd(11)}  ${id}  ${text.replace(/\s+/g, ' ')}\n`);
    }
  }
}
